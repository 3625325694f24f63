// What a weight means, and which lot was scanned.
import assert from "node:assert/strict";
import test from "node:test";
import { judge, lotIn, priced, vnd } from "../../shop/frontend/_box.js";

test("a weight is judged against what the packs come to", () => {
  assert.deepEqual(judge("1", "g", 1000), { state: "exact", weighed: 1000, by: 0 });
  assert.deepEqual(judge("1,03", "g", 1000), { state: "over", weighed: 1030, by: 30 });
  assert.deepEqual(judge("980g", "g", 1000), { state: "light", weighed: 980, by: 20 });
});

test("a weight that says the price says the sum and what goes back, as the market does", () => {
  const meat = { price: 300_000, size: 1000, packs: 2 };
  assert.deepEqual(priced("1,94", "g", meat), { state: "priced_back", weighed: 1940, sum: 582_000, differs: 18_000, least: 1000, most: 2200 });
  assert.deepEqual(priced("2.05", "g", meat), { state: "priced_more", weighed: 2050, sum: 615_000, differs: 15_000, least: 1000, most: 2200 });
  assert.equal(priced("2kg", "g", meat).state, "priced_even");
  assert.equal(priced("50", "g", meat).state, "priced_heavy");
  assert.equal(priced("0,9", "g", meat).state, "priced_light");
  assert.equal(priced("213g", "g", { price: 65_000, size: 200, packs: 1 }).sum, 69_225);
  assert.equal(priced("", "g", meat).state, "");
  assert.equal(priced("hai", "g", meat).state, "unread");
  assert.equal(vnd(1_582_000), "1.582.000 đ");
});

test("an empty weight says nothing, nonsense is unread", () => {
  assert.deepEqual(judge(" ", "g", 1000), { state: "" });
  assert.deepEqual(judge("khoảng một", "g", 1000), { state: "unread" });
});

test("a lot is known by its code or by the address on its label", () => {
  assert.equal(lotIn(" t-221120-1 "), "T-221120-1");
  assert.equal(lotIn("https://cho.example/trace/ab12cd34ef56gh78?x=1"), "AB12CD34EF56GH78");
});
