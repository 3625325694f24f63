// What a weight means, and which lot was scanned.
import assert from "node:assert/strict";
import test from "node:test";
import { judge, lotIn } from "../../shop/frontend/_box.js";

test("a weight is judged against what the packs come to", () => {
  assert.deepEqual(judge("1", "g", 1000), { state: "exact", weighed: 1000, by: 0 });
  assert.deepEqual(judge("1,03", "g", 1000), { state: "over", weighed: 1030, by: 30 });
  assert.deepEqual(judge("980g", "g", 1000), { state: "light", weighed: 980, by: 20 });
});

test("an empty weight says nothing, nonsense is unread", () => {
  assert.deepEqual(judge(" ", "g", 1000), { state: "" });
  assert.deepEqual(judge("khoảng một", "g", 1000), { state: "unread" });
});

test("a lot is known by its code or by the address on its label", () => {
  assert.equal(lotIn(" t-221120-1 "), "T-221120-1");
  assert.equal(lotIn("https://cho.example/trace/ab12cd34ef56gh78?x=1"), "AB12CD34EF56GH78");
});
