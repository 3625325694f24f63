// What the keypad makes of a sale: packs, base units, đồng.
import assert from "node:assert/strict";
import test from "node:test";
import { amountOf, press, quantityOf, sumOf } from "../../catalog/frontend/_sale.js";

const typed = (keys) => keys.reduce(([text, fresh], key) => [press(text, key, fresh), false], ["1", true])[0];

test("the first key replaces the one that stands there", () => {
  assert.equal(typed(["2"]), "2");
  assert.equal(typed(["1", "2"]), "12");
  assert.equal(typed([",", "5"]), "0,5");
});

test("there is one comma, and back takes the last digit", () => {
  assert.equal(typed(["1", ",", ",", "5"]), "1,5");
  assert.equal(typed(["1", "2", "back"]), "1");
  assert.equal(typed(["back"]), "");
});

test("packs become whole base units or nothing", () => {
  assert.equal(quantityOf("2", 200), 400);
  assert.equal(quantityOf("1,5", 1000), 1500);
  assert.equal(quantityOf("0,5", 1), null);
  for (const text of ["", "0", "0,", ",5", "1,2345", "-1"]) assert.equal(quantityOf(text, 1000), null, text);
});

test("a line costs its part of the pack's price, half up", () => {
  assert.equal(amountOf(400, 200, 65_000), 130_000);
  assert.equal(amountOf(1500, 1000, 95_001), 142_502);
  assert.equal(sumOf([{ amount: 1 }, { amount: 2 }]), 3);
});
