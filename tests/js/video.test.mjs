// What a buyer chose to see, what is played for it, and when less is offered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { remember, remembered, Stops, wanted } from "../../livestream/frontend/_video_choice.js";

const answer = {
  mode: "picture",
  list: [
    { kind: "mp4", what: "picture", url: "p.mp4" },
    { kind: "hls", what: "picture", url: "p.m3u8" },
    { kind: "mp4", what: "sound", url: "s.mp4" },
  ],
};

function shelf(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, value) => (kept[name] = value) };
}

test("a choice is remembered on the phone, and what is no choice is none", () => {
  const kept = shelf();
  assert.equal(remembered(kept), "picture");
  remember("sound", kept);
  assert.equal(remembered(kept), "sound");
  assert.equal(remembered(shelf({ "video-choice": "all" })), "picture");
});

test("a phone that keeps nothing still shows the picture", () => {
  assert.equal(remembered(null), "picture");
  remember("photo", null);
  remember("photo", { setItem: () => { throw new Error("full"); } });
});

test("what is played follows the choice, and a stream of sound alone has no picture", () => {
  assert.deepEqual(wanted(answer, "picture").map(({ url }) => url), ["p.mp4", "p.m3u8"]);
  assert.deepEqual(wanted(answer, "sound"), [{ kind: "mp4", url: "s.mp4" }]);
  assert.deepEqual(wanted({ ...answer, mode: "sound" }, "picture"), [{ kind: "mp4", url: "s.mp4" }]);
  assert.deepEqual(wanted(answer, "photo"), []);
});

test("less is offered after three stops within a minute", () => {
  const stops = new Stops();
  assert.deepEqual([0, 30_000, 61_000, 70_000].map((at) => stops.isWeak(at)), [false, false, false, true]);
  stops.forget();
  assert.equal(stops.isWeak(71_000), false);
});
