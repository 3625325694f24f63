// What a phone sends and when that changes: chunks arrive once each and in order, rungs go down and come back.
import assert from "node:assert/strict";
import test from "node:test";
import { Line } from "../../livestream/frontend/_sender_line.js";
import { backOffMs, chunkPath, kindFor, Ladder, RUNGS, recorderOptions, weather } from "../../livestream/frontend/_sender_rules.js";

const settled = async () => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
};

// An engine that takes what it is given while `away` is false; `answers` are given first, in turn.
function lineWith({ answers = [], timers = [] } = {}) {
  const made = { sent: [], refused: [], away: false, nowMs: 1000, timers, hanging: [] };
  made.line = new Line({
    put: async (chunk) => {
      made.sent.push(`${chunk.run}/${chunk.number}`);
      if (made.slow) await new Promise((done) => made.hanging.push(done));
      if (made.away) throw new Error("offline");
      return answers.shift() ?? { ok: true, next: chunk.number + 1 };
    },
    refused: (chunk, answer) => made.refused.push([chunk.run, answer.code]),
    now: () => made.nowMs,
    later: (again) => timers.push(again),
    random: () => 1,
  });
  made.add = (run, count = 1, size = 1000) => {
    for (let at = 0; at < count; at += 1) made.line.add({ run, data: new Blob(["x".repeat(size)]) });
  };
  return made;
}

test("slices are numbered in their order, and each run begins at 0", async () => {
  const { line, add, sent } = lineWith();
  for (const run of [7, 7, 8, 8]) {
    add(run);
    await settled();
  }
  assert.deepEqual(sent, ["7/0", "7/1", "8/0", "8/1"]);
  assert.ok(line.isEmpty);
});

test("four are in the air at once, and what waits meanwhile is joined to one", async () => {
  const made = lineWith();
  made.slow = true;
  made.add(1, 9);
  await settled();
  assert.deepEqual(made.sent, ["1/0", "1/1", "1/2", "1/3"]);
  made.slow = false;
  for (const done of made.hanging.splice(0)) done();
  await settled();
  assert.deepEqual(made.sent.slice(4), ["1/4"]);
  assert.equal(made.line.sentBytes, 9000);
});

test("a later run waits until the one before has wholly arrived", async () => {
  const made = lineWith();
  made.slow = true;
  made.add(1, 2);
  made.add(2, 1);
  await settled();
  assert.deepEqual(made.sent, ["1/0", "1/1"]);
  made.slow = false;
  for (const done of made.hanging.splice(0)) done();
  await settled();
  assert.deepEqual(made.sent.at(-1), "2/0");
});

test("what an outage swallowed is sent again under its number, one at a time until something is answered", async () => {
  const made = lineWith();
  made.away = true;
  made.add(1, 3);
  await settled();
  assert.ok(made.line.isLost);
  made.nowMs += 5000;
  assert.equal(made.line.behindMs, 5000);
  made.away = false;
  made.line.hurry();
  await settled();
  assert.deepEqual(made.sent.slice(3).sort(), ["1/0", "1/1", "1/2"]);
  assert.ok(made.line.isEmpty && !made.line.isLost);
});

test("the next try comes by itself, later after each failure", async () => {
  const made = lineWith();
  made.away = true;
  made.add(1);
  await settled();
  made.away = false;
  made.timers.shift()();
  await settled();
  assert.deepEqual(made.sent, ["1/0", "1/0"]);
  assert.deepEqual([1, 2, 3, 9].map((failures) => backOffMs(failures, () => 1)), [400, 800, 1600, 5000]);
});

test("silence is a loss also before anything failed", async () => {
  const made = lineWith();
  made.slow = true;
  made.add(1);
  made.nowMs += 4001;
  assert.ok(made.line.isLost);
});

test("a refusal holds the line until somebody has decided", async () => {
  const made = lineWith({ answers: [{ ok: false, code: "expired" }] });
  made.add(1);
  await settled();
  made.add(1);
  await settled();
  assert.deepEqual(made.refused, [[1, "expired"]]);
  assert.deepEqual(made.sent, ["1/0"]);
  made.line.resume();
  await settled();
  assert.deepEqual(made.sent.slice(1, 3), ["1/0", "1/1"]);
});

test("slices of a run that is over are dropped, the new run goes on", async () => {
  const made = lineWith({ answers: [{ ok: false, code: "old_run" }] });
  made.add(1);
  await settled();
  made.add(1);
  made.add(2);
  made.line.drop(2);
  await settled();
  assert.deepEqual(made.sent, ["1/0", "2/0"]);
});

const look = (ladder, fromMs, seconds, state) => {
  const said = [];
  for (let at = 0; at < seconds * 2; at += 1) {
    const way = ladder.look(fromMs + at * 500, { isLost: false, behindMs: 0, ...state(at * 500) });
    if (way) said.push(way);
  }
  return said;
};

test("a queue that grows goes down rung by rung, then says that the lowest is too much", () => {
  const ladder = new Ladder(1);
  const said = look(ladder, 10_000, 30, (ms) => ({ behindMs: 1600 + ms / 10 }));
  assert.deepEqual(said.slice(0, 3), ["down", "down", "not_enough"]);
  assert.equal(ladder.rung, RUNGS.length - 1);
});

test("neither an outage nor the queue it left takes the picture down", () => {
  const ladder = new Ladder(1);
  assert.deepEqual(look(ladder, 10_000, 10, () => ({ isLost: true, behindMs: 9000 })), []);
  assert.deepEqual(look(ladder, 20_000, 8, (ms) => ({ behindMs: Math.max(0, 9000 - 1.5 * ms) })), []);
  assert.equal(ladder.rung, 1);
});

test("a calm minute climbs one rung, and a climb that did not hold makes the next minute longer", () => {
  const ladder = new Ladder(2);
  assert.deepEqual(look(ladder, 10_000, 65, () => ({})), ["up"]);
  assert.deepEqual(look(ladder, 75_000, 3, (ms) => ({ behindMs: 1600 + ms })), ["down"]);
  assert.deepEqual(look(ladder, 78_000, 100, () => ({})), []);
  assert.deepEqual(look(ladder, 180_000, 40, () => ({})), ["up"]);
});

test("the best kind that the browser makes is taken, and the engine is told what it is", () => {
  const only = (...mimes) => (mime) => mimes.includes(mime);
  assert.equal(kindFor(() => true, true).mime, "video/x-matroska;codecs=avc1,opus");
  const vp8 = kindFor(only("video/webm;codecs=vp8,opus"), true);
  assert.equal(chunkPath({ run: 3, number: 4, kind: vp8, hasSound: true }), "/runs/3/chunks/4?container=matroska&sound=1&video=vp8");
  assert.equal(kindFor(() => false, true), undefined);
});

test("sound alone says nothing of a picture and takes a tenth of the lowest rung", () => {
  const kind = kindFor(() => true, false);
  assert.equal(chunkPath({ run: 1, number: 0, kind, hasSound: true }), "/runs/1/chunks/0?container=matroska&sound=1");
  assert.deepEqual(recorderOptions(kind, RUNGS[3]), { mimeType: kind.mime, audioBitsPerSecond: 28_000 });
});

test("the net is good, weak or lost", () => {
  assert.deepEqual([{ behindMs: 200 }, { behindMs: 1600 }, { behindMs: 200, isLost: true }].map(weather), ["good", "weak", "lost"]);
});
