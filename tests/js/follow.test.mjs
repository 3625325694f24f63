// A viewer who was cut off catches up without gap or repeat.
import assert from "node:assert/strict";
import test from "node:test";
import { Follower } from "../../livestream/frontend/_follow.js";

const said = (seq) => ({ seq, type: "announcement", at: "2026-11-21T13:00:00.000Z", data: { text: `lời ${seq}` } });
const from = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => said(first + index));
const empty = { session: "live1", seq: 0, announcement: "", pins: [], claims: [], counters: {} };

function following(missed = async () => []) {
  const heard = [];
  const follower = new Follower(empty, missed, (_snapshot, events) => heard.push(...events.map((event) => event.seq)));
  return { follower, heard };
}

test("frames in order are heard once each", () => {
  const { follower, heard } = following();
  follower.take(from(1, 2));
  follower.take(from(3, 3));
  assert.deepEqual(heard, [1, 2, 3]);
});

test("a frame that overlaps repeats nothing", () => {
  const { follower, heard } = following();
  follower.take(from(1, 3));
  follower.take(from(2, 5));
  assert.deepEqual(heard, [1, 2, 3, 4, 5]);
});

test("what is missing is asked for, and frames meanwhile wait their turn", async () => {
  let bring;
  const asked = [];
  const { follower, heard } = following((after) => {
    asked.push(after);
    return new Promise((done) => {
      bring = done;
    });
  });
  follower.take(from(1, 1));
  follower.take(from(5, 6));
  follower.take(from(7, 7));
  bring(from(2, 6));
  await new Promise(setImmediate);
  assert.deepEqual(asked, [1]);
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 7]);
});

test("an older snapshot does not take the room back", () => {
  const { follower } = following();
  follower.take(from(1, 4));
  follower.replace({ ...empty, seq: 2 });
  assert.equal(follower.snapshot.seq, 4);
});

// A little generator of our own, so that a failing run can be played again by its number.
function chanceOf(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

test("whatever is lost, doubled or late, each event is heard once and in order, and the end is reached", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = chanceOf(seed);
    const waiting = [];
    let last = 0;
    const { follower, heard } = following((after) => {
      const upTo = last; // what the server knows when it is asked, not when the answer arrives
      return new Promise((done) => waiting.push(() => done(from(after + 1, Math.min(upTo, after + 4)))));
    });
    for (let step = 0; step < 60; step += 1) {
      const first = last + 1;
      last += 1 + chance(3);
      const fate = chance(6);
      if (fate > 0) follower.take(from(first, last));
      if (fate === 1) follower.take(from(first, last));
      if (fate === 2) follower.replace({ ...empty, seq: chance(last) });
      if (chance(3) === 0) waiting.shift()?.();
      await new Promise(setImmediate);
    }
    last += 1;
    follower.take(from(last, last));
    while (waiting.length) {
      waiting.shift()();
      await new Promise(setImmediate);
    }
    assert.equal(follower.snapshot.seq, last, `seed ${seed}`);
    for (const [place, seq] of heard.entries()) assert.ok(!place || seq > heard[place - 1], `seed ${seed}`);
  }
});
