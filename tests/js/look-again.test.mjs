// A page looks for news while somebody looks at it, patiently where nothing answers.
import assert from "node:assert/strict";
import test from "node:test";
import { lookAgain } from "../../core/frontend/_look_again.js";

// A page with a clock of its own: `waits` are the pauses asked for, `tick()` ends the last one.
function page() {
  const heard = {};
  const waits = [];
  let due = null;
  const listen = (name, act) => {
    heard[name] = act;
  };
  globalThis.document = { hidden: false, addEventListener: listen };
  globalThis.addEventListener = listen;
  globalThis.setTimeout = (act, ms) => {
    waits.push(ms);
    due = act;
    return 1;
  };
  globalThis.clearTimeout = () => {
    due = null;
  };
  return { heard, waits, tick: () => due?.(), waiting: () => Boolean(due) };
}

test("pauses double while nothing answers, up to the slowest, and begin anew with an answer", async () => {
  const { waits, tick } = page();
  const answers = [false, false, false, true];
  lookAgain({ look: async () => assert.ok(answers.shift()), everyMs: () => 10, slowestMs: 40 });
  while (answers.length) await tick();
  assert.deepEqual(waits, [10, 20, 40, 40, 10]);
});

test("nobody is asked while nobody looks, and at once when they come back", async () => {
  const { heard, waiting } = page();
  let looks = 0;
  const look = async () => {
    looks += 1;
  };
  lookAgain({ look, everyMs: () => 10, slowestMs: 40 });
  document.hidden = true;
  await heard.visibilitychange();
  assert.equal(waiting(), false);
  document.hidden = false;
  heard.visibilitychange();
  heard.online();
  assert.equal(looks, 2);
});

test("what has come to its end is asked for no more", async () => {
  const { heard, waits } = page();
  let looks = 0;
  const look = async () => {
    looks += 1;
  };
  lookAgain({ look, everyMs: () => 0, slowestMs: 40 });
  heard.visibilitychange();
  heard.online();
  assert.deepEqual([looks, waits], [0, []]);
});
