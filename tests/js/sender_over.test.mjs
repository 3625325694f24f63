// What an engine says of a slice reaches the host: closed for good and not knocked at again, or shown and not kept.
import assert from "node:assert/strict";
import test from "node:test";
import { lineOf } from "../../livestream/frontend/_camera_face.js";
import { Sender } from "../../livestream/frontend/_sender.js";

class Recorder extends EventTarget {
  static isTypeSupported = () => true;
  state = "recording";
  start() {
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["x"]) }));
  }
  stop() {
    this.state = "inactive";
    this.dispatchEvent(new Event("stop"));
  }
}

// All that a phone tells its host while the engine gives this one answer, and how it stands then.
async function sentTo(answer) {
  const told = [];
  Object.assign(globalThis, { MediaStream: class {}, addEventListener() {}, removeEventListener() {} });
  globalThis.fetch = async () => answer;
  const grant = { url: "https://engine.example/s", token: "t", now: () => 1_000_000, renewSoon() {} };
  const stream = { getTracks: () => [{}], getAudioTracks: () => [{}] };
  const sender = new Sender({ grant, Recorder, resize: async () => {}, told: (news) => told.push(news) });
  await sender.start(stream, { hasPicture: true });
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  const { status } = sender;
  await sender.stop();
  return { status, told: told.filter(({ kind }) => kind !== "status") };
}

for (const code of ["closed", "taken_over"]) {
  test(`a phone that is told "${code}" stops at once and says so`, async () => {
    const { told } = await sentTo({ ok: false, status: 403, json: async () => ({ code }) });
    assert.deepEqual(told, [{ kind: "over", code }]);
  });
}

for (const unrecorded of [undefined, true]) {
  test(`an engine that says ${unrecorded ? "its disk is full" : "nothing of its disk"} is repeated to the host`, async () => {
    const { status } = await sentTo({ ok: true, status: 200, json: async () => ({ next: 1, unrecorded }) });
    const words = { rungs: ["sharp"], net_good: "good", unrecorded: "not kept" };
    const line = lineOf(words, { ...status, rung: 0, weather: "good" });
    assert.equal(line, unrecorded ? "good · sharp · not kept" : "good · sharp");
  });
}
