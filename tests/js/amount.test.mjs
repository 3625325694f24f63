// Quantities typed at the shelf are read as the market reads them, or not at all.
import assert from "node:assert/strict";
import test from "node:test";
import { read, show } from "../../catalog/frontend/_amount.js";

test("a bare number counts kilos, litres or pieces", () => {
  assert.equal(read("2,5", "g"), 2500);
  assert.equal(read("2.5", "g"), 2500);
  assert.equal(read("3", "ml"), 3000);
  assert.equal(read("12", "piece"), 12);
});

test("a word after it wins, with or without a space", () => {
  assert.equal(read("300g", "g"), 300);
  assert.equal(read("3 lạng", "g"), 300);
  assert.equal(read("2 yến", "g"), 20_000);
  assert.equal(read("1 chục", "piece"), 10);
});

test("a point before three digits groups thousands, a comma never does", () => {
  assert.equal(read("1.250", "g"), 1_250_000);
  assert.equal(read("1,250", "g"), 1250);
});

test("what is no amount is not guessed", () => {
  for (const text of ["", "abc", "-1", "1,2345", "0,5", "1e3", "2 thúng", "1,5,2", "NaN"]) {
    assert.equal(read(text, text === "0,5" ? "piece" : "g"), null, text);
  }
  assert.equal(read("9999999999", "g"), null);
});

test("nothing at all is a count", () => {
  assert.equal(read("0", "g"), 0);
});

test("what is shown reads back", () => {
  for (const amount of [0, 1, 999, 1000, 1500, 12_345, 1_250_000]) {
    for (const unit of ["g", "ml", "piece"]) assert.equal(read(show(amount, unit), unit), amount);
  }
  assert.equal(show(1500, "g"), "1,5 kg");
  assert.equal(show(-1_250_000, "g"), "-1.250 kg");
});
