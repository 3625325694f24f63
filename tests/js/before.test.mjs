import assert from "node:assert/strict";
import test from "node:test";
import { lines } from "../../livestream/frontend/_show_picture.js";
import { leftWords } from "../../livestream/frontend/_time_left.js";

const words = { days: "{d}n {h}g", hours: "{h}g {m}p", minutes: "{m}p {s}s", due: "sắp" };
const cases = [
  [0, "sắp"],
  [-5, "sắp"],
  [59, "0p 59s"],
  [3599, "59p 59s"],
  [3600, "1g 0p"],
  [86_399, "23g 59p"],
  [90_000, "1n 1g"],
];

for (const [seconds, said] of cases) {
  test(`${seconds} seconds before a show it says "${said}"`, () => {
    assert.equal(leftWords(seconds, words), said);
  });
}

const letters = (text) => text.length;

test("words on the picture break where a line is full", () => {
  assert.deepEqual(lines("Phiên chợ cuối tuần", 10, letters, 3), ["Phiên chợ", "cuối tuần"]);
});

test("a title too long for the picture ends with dots", () => {
  assert.deepEqual(lines("một hai ba bốn", 4, letters, 2), ["một", "hai…"]);
});

test("a word longer than the line is not cut", () => {
  assert.deepEqual(lines("dàiquáthể a", 4, letters, 3), ["dàiquáthể", "a"]);
});
