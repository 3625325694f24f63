// A flash window at a moment, its countdown, and what the host's voice says of a paid order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countdown, flashAt } from "../../livestream/frontend/_flash.js";
import { PaidVoice, sentence, sumInWords } from "../../livestream/frontend/_paid_voice.js";

const STARTS = Date.parse("2026-11-21T13:00:00.000Z");
const pin = {
  flash: { price_vnd: 40000, starts_at: "2026-11-21T13:00:00.000Z", ends_at: "2026-11-21T13:02:00.000Z", packs: 5 },
};
const words = {
  voice_on: "on",
  voice_off: "off",
  voice_test: "test",
  voice_paid: "trả {sum}: {goods}",
  voice_goods: "{code}, {n}",
  voice_thousands: "{n} nghìn",
  voice_dong: "{n} đồng",
};

test("a flash is announced, on and over, to the millisecond", () => {
  assert.deepEqual([flashAt(pin, STARTS - 1).soon, flashAt(pin, STARTS - 1).seconds], [true, 1]);
  assert.deepEqual([flashAt(pin, STARTS).soon, flashAt(pin, STARTS).seconds], [false, 120]);
  assert.equal(flashAt(pin, STARTS + 120_000), null);
  assert.equal(flashAt({ flash: null }, STARTS), null);
  assert.equal(flashAt(undefined, STARTS), null);
});

test("a countdown is written in the fewest signs", () => {
  assert.deepEqual([42, 754, 3700].map(countdown), ["0:42", "12:34", "1:01:40"]);
});

test("a sum is said in thousands where it is round", () => {
  assert.deepEqual([sumInWords(words, 130_000), sumInWords(words, 130_500)], ["130 nghìn", "130500 đồng"]);
  const order = { goods_vnd: 65_000, items: [{ code: "A1", qty: 2 }, { code: "A3", qty: 1 }] };
  assert.equal(sentence(words, order), "trả 65 nghìn: A1, 2; A3, 1");
});

class Button {
  constructor() {
    this.pressed = "false";
    this.label = {};
  }
  getAttribute() {
    return this.pressed;
  }
  setAttribute(_name, value) {
    this.pressed = value;
  }
  addEventListener(_name, press) {
    this.press = press;
  }
  querySelector() {
    return this.label;
  }
}

function voiceOf(...langs) {
  const said = [];
  return { said, getVoices: () => langs.map((lang) => ({ lang })), speak: ({ text }) => said.push(text), cancel() {} };
}

globalThis.localStorage = { kept: {}, getItem: (key) => globalThis.localStorage.kept[key] ?? null, setItem: (key, value) => { globalThis.localStorage.kept[key] = value; } };
globalThis.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};

test("only orders paid after the page was opened are said, once, and only when asked for", () => {
  const order = (name) => ({ order: name, goods_vnd: 1000, items: [{ code: "A1", qty: 1 }] });
  const [button, voice] = [new Button(), voiceOf("en-US", "vi-VN")];
  const paid = new PaidVoice(button, words, voice);
  paid.hear([order("one")]);
  paid.hear([order("two"), order("one")]);
  assert.deepEqual(voice.said, []);
  button.press();
  paid.hear([order("three"), order("two"), order("one")]);
  paid.hear([order("three"), order("two"), order("one")]);
  assert.deepEqual(voice.said, ["test", "trả 1 nghìn: A1, 1"]);
});

test("without a Vietnamese voice it is not offered", () => {
  const button = new Button();
  new PaidVoice(button, words, voiceOf("en-US"));
  assert.equal(button.hidden, true);
});
