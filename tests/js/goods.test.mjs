// Sums, packs and times read the same as on the pages the server writes.
import assert from "node:assert/strict";
import test from "node:test";
import { artOf, clock, exactClock, packLabel, priceAt, unitPrice, vnd } from "../../livestream/frontend/_goods.js";

const pack = (unit_word, pack_size, base_unit) => ({ unit_word, pack_size, base_unit });

test("đồng are grouped by points", () => {
  assert.equal(vnd(1250000), "1.250.000 đ");
  assert.equal(vnd(500), "500 đ");
});

test("a pack is called as farmers call it", () => {
  assert.equal(packLabel(pack("gói", 200, "g")), "gói 200 g");
  assert.equal(packLabel(pack("kg", 1000, "g")), "kg");
  assert.equal(packLabel(pack("thùng", 1500, "g")), "thùng 1,5 kg");
  assert.equal(packLabel(pack("chai", 500, "ml")), "chai 500 ml");
  assert.equal(packLabel(pack("hộp", 10, "piece")), "hộp 10");
  assert.equal(packLabel(pack("quả", 1, "piece")), "quả");
  assert.equal(packLabel(pack("chục", 10, "piece")), "chục");
  assert.equal(packLabel(pack("cặp", 2, "piece")), "cặp");
  assert.equal(packLabel(pack("chục", 12, "piece")), "chục 12");
});

test("the unit price is per kilo, half up, and left out where the pack is one", () => {
  assert.equal(unitPrice(pack("gói", 200, "g"), 65000), "325.000 đ/kg");
  assert.equal(unitPrice(pack("gói", 300, "g"), 50000), "166.667 đ/kg");
  assert.equal(unitPrice(pack("kg", 1000, "g"), 60000), "");
});

test("a flash price holds from its first moment until before its last", () => {
  const flash = { price_vnd: 50000, starts_at: "2026-11-21T13:00:00.000Z", ends_at: "2026-11-21T13:05:00.000Z" };
  const at = (iso) => priceAt({ price_vnd: 65000, flash }, Date.parse(iso));
  assert.equal(at("2026-11-21T12:59:59.999Z"), 65000);
  assert.equal(at("2026-11-21T13:00:00.000Z"), 50000);
  assert.equal(at("2026-11-21T13:05:00.000Z"), 65000);
});

test("times are Vietnam's, with the day when it is another one", () => {
  const now = Date.parse("2026-11-21T13:00:00.000Z");
  assert.equal(clock("2026-11-21T13:20:00.000Z", now), "20:20");
  assert.equal(clock("2026-11-21T17:30:00.000Z", now), "00:30 22/11");
  assert.equal(exactClock("2026-11-21T13:05:09.042Z"), "20:05:09.042");
});

test("a pin has the drawing that its product's pages show", () => {
  assert.equal(artOf({ art: "tea", product: "lst_8Kq2" }), "/static/art/tea-1.svg");
});
