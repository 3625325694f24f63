// Says new paid orders aloud, so that a host who looks into the camera hears them. Off until it is asked
// for: the press is also what lets a browser speak. Only with a Vietnamese voice, or it would be noise.
import { fill } from "../../core/frontend/_say.js";

const SHELF = "paid-voice";
const LANG = "vi-VN";
const MOST_AT_ONCE = 3;

// 1250000 → "1.250 nghìn đồng" is read badly by many voices: no dots, and đồng only where there are some.
export function sumInWords(words, vnd) {
  return vnd % 1000 ? fill(words.voice_dong, { n: vnd }) : fill(words.voice_thousands, { n: vnd / 1000 });
}

// "Có đơn vừa trả 130 nghìn đồng: A1, 2 phần."
export function sentence(words, order) {
  const goods = order.items.map(({ code, qty }) => fill(words.voice_goods, { code, n: qty })).join("; ");
  return fill(words.voice_paid, { sum: sumInWords(words, order.goods_vnd), goods });
}

export class PaidVoice {
  constructor(button, words, voice = globalThis.speechSynthesis) {
    this.button = button;
    this.words = words;
    this.voice = voice;
    this.known = null;
    if (!voice || !button) return;
    voice.addEventListener?.("voiceschanged", () => this.#offer());
    button.addEventListener("click", () => this.#turn());
    this.#offer();
  }

  get on() {
    return this.button?.getAttribute("aria-pressed") === "true";
  }

  // The orders that are paid now, newest first; those of the first call were there before and are not said.
  hear(orders) {
    const fresh = this.known ? orders.filter(({ order }) => !this.known.has(order)) : [];
    this.known = new Set(orders.map(({ order }) => order));
    if (this.on) for (const order of fresh.slice(0, MOST_AT_ONCE).reverse()) this.#say(sentence(this.words, order));
  }

  #vietnamese() {
    return this.voice.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("vi"));
  }

  #offer() {
    this.button.hidden = !this.#vietnamese();
    this.#show(localStorage.getItem(SHELF) === "1");
  }

  #turn() {
    this.#show(!this.on);
    localStorage.setItem(SHELF, this.on ? "1" : "0");
    if (this.on) this.#say(this.words.voice_test);
    else this.voice.cancel();
  }

  #show(on) {
    this.button.setAttribute("aria-pressed", String(on));
    this.button.querySelector("span").textContent = on ? this.words.voice_on : this.words.voice_off;
  }

  #say(text) {
    const saying = new SpeechSynthesisUtterance(text);
    saying.lang = LANG;
    saying.voice = this.#vietnamese();
    this.voice.speak(saying);
  }
}
