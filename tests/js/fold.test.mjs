// The phone's fold and the server's are one: both are tested against the same cases.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EVENT_TYPES, fold } from "../../livestream/frontend/_fold.js";

const cases = JSON.parse(readFileSync(new URL("../payloads/live_fold.json", import.meta.url), "utf8"));

for (const { name, snapshot, events, folded } of cases) {
  test(name, () => {
    assert.deepEqual(fold(snapshot, events), folded);
  });
}

test("folding in two steps ends where one step does", () => {
  for (const { snapshot, events, folded } of cases) {
    const half = fold(snapshot, events.slice(0, 1));
    assert.deepEqual(fold(half, events.slice(1)), folded);
  }
});

test("the snapshot that was given is left as it was", () => {
  const { snapshot, events } = cases[0];
  const before = JSON.stringify(snapshot);
  fold(snapshot, events);
  assert.equal(JSON.stringify(snapshot), before);
});

test("a gap is refused", () => {
  const { snapshot, events } = cases[0];
  assert.throws(() => fold(snapshot, events.slice(1)), RangeError);
});

test("every type of event has a case", () => {
  const seen = new Set(cases.flatMap(({ events }) => events.map((event) => event.type)));
  assert.deepEqual([...seen].sort(), [...EVENT_TYPES].sort());
});
