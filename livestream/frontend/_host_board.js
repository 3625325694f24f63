// The host's numbers: what is pinned and left, what comes next, money by stage, who just paid.
import { countdown, flashAt } from "./_flash.js";
import { vnd } from "./_goods.js";
import { fill, roll } from "../../core/frontend/_say.js";

const LOW = 5;
const MINUTE_MS = 60_000;
const AT = 6;
const STAGES = ["claimed", "ordered", "paid"];
const OPEN = new Set(["queued", "side"]);

// What "Tiếp" shows: the open pin after the showing one, and after the last one the first.
export function nextPin(pins) {
  const start = pins.findIndex((pin) => pin.state === "showing") + 1;
  return [...pins.slice(start), ...pins.slice(0, start)].find((pin) => OPEN.has(pin.state)) ?? null;
}

// Claims of the last minute among the newest hundred.
export function claimsPerMinute(snapshot, nowMs) {
  return snapshot.claims.filter((line) => Date.parse(line[AT]) >= nowMs - MINUTE_MS).length;
}

export class Board {
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.paid = new Set();
    this.first = true;
  }

  // `board` is the host's own payload, `left` the newest pulse.
  render(board, left, stateName) {
    this.stateName = stateName;
    this.pins = board.pins.map((pin) => ({ ...pin, left: left[pin.code] ?? pin.left }));
    this.#renderMain(this.pins.find((pin) => pin.state === "showing"));
    for (const stage of STAGES) {
      roll(this.root.querySelector(`[data-host-sum=${stage}]`), board.totals[stage]);
      this.root.querySelector(`[data-host-vnd=${stage}]`).textContent = vnd(board.totals[`${stage}_vnd`]);
    }
    this.#renderPaid(board.paid_orders);
    for (const pin of this.pins) this.#renderPin(pin);
  }

  renderPace(snapshot, nowMs) {
    const pace = this.#part("pace");
    pace.hidden = !this.pins.some((pin) => pin.state === "showing");
    pace.textContent = ` · ${fill(this.words.per_minute, { n: claimsPerMinute(snapshot, nowMs) })}`;
  }

  // The flash of what is on show.
  renderFlash({ pins }, nowMs) {
    const main = pins.find((pin) => pin.state === "showing");
    const flash = flashAt(main, nowMs);
    const line = this.#part("flash");
    line.hidden = !flash;
    if (!flash) return;
    const said = flash.soon ? this.words.flash_soon : this.words.flash_on;
    line.textContent = fill(said, { sum: vnd(flash.price_vnd), time: countdown(flash.seconds) });
    line.toggleAttribute("data-soon", flash.soon);
  }

  #part(name) {
    return this.root.querySelector(`[data-host-${name}]`);
  }

  #renderMain(pin) {
    this.#part("name").textContent = pin ? `${pin.code} · ${pin.name}` : this.words.nothing[this.stateName];
    const left = this.#part("left");
    if (left.textContent !== String(pin?.left ?? "")) left.textContent = pin?.left ?? "";
    left.toggleAttribute("data-low", Boolean(pin) && pin.left <= LOW);
    this.#part("packs").textContent = pin ? fill(this.words.left, { packs: pin.packs }) : "";
    this.#part("waits").textContent = pin?.waiting ? ` · ${fill(this.words.waits, { n: pin.waiting })}` : "";
    const next = nextPin(this.pins);
    this.#part("next").textContent = next ? fill(this.words.next, next) : this.words.no_next;
  }

  // A new paid order lands on top like a stamp; those that were there stay as they are.
  #renderPaid(orders) {
    const items = orders.map((order) => {
      const item = document.createElement("li");
      item.dataset.order = order.order;
      const who = document.createElement("b");
      who.textContent = order.name_masked;
      const sum = document.createElement("span");
      sum.textContent = vnd(order.goods_vnd);
      const goods = document.createElement("small");
      goods.textContent = order.items.map(({ code, qty }) => `${code} ×${qty}`).join(", ");
      item.append(who, " ", sum, " ", goods);
      if (!this.first && !this.paid.has(order.order)) item.dataset.landing = "";
      return item;
    });
    this.paid = new Set(orders.map((order) => order.order));
    this.first = false;
    this.#part("paid").replaceChildren(...items);
    this.#part("paid-none").hidden = orders.length > 0;
  }

  #renderPin(pin) {
    const article = document.querySelector(`[data-host-pin="${pin.code}"]`);
    if (!article) return;
    article.dataset.pinState = pin.state;
    const [show, side] = article.querySelectorAll(".btn");
    show.disabled = pin.state === "showing";
    side.disabled = pin.state === "side";
    article.querySelector("[data-host-pin-state]").textContent = this.words.pin_states[pin.state];
    article.querySelector("[data-host-pin-left]").textContent = fill(this.words.pin_left, pin);
  }
}
