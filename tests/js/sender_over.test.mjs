// A stream that was closed for good, by an officer's order or the show's end, is not knocked at again.
import assert from "node:assert/strict";
import test from "node:test";
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

async function toldWhenRefusedWith(code) {
  const told = [];
  Object.assign(globalThis, { MediaStream: class {}, addEventListener() {}, removeEventListener() {} });
  globalThis.fetch = async () => ({ ok: false, status: 403, json: async () => ({ code }) });
  const grant = { url: "https://engine.example/s", token: "t", now: () => 1_000_000, renewSoon() {} };
  const stream = { getTracks: () => [{}], getAudioTracks: () => [{}] };
  const sender = new Sender({ grant, Recorder, resize: async () => {}, told: (news) => told.push(news) });
  await sender.start(stream, { hasPicture: true });
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  await sender.stop();
  return told.filter(({ kind }) => kind !== "status");
}

for (const code of ["closed", "taken_over"]) {
  test(`a phone that is told "${code}" stops at once and says so`, async () => {
    assert.deepEqual(await toldWhenRefusedWith(code), [{ kind: "over", code }]);
  });
}
