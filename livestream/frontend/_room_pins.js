// The pinned card and the pins beside it. The card is a form that works alone; here it is kept current.
import { countdown, flashAt } from "./_flash.js";
import { artOf, packLabel, priceAt, unitPrice, vnd } from "./_goods.js";
import { fill, roll } from "../../core/frontend/_say.js";

const SHOWN = new Set(["showing", "side"]);
const RUNNING = new Set(["live", "interrupted"]);
const LOW = 5;

export class Pins {
  constructor(root, words, shipByVnd) {
    this.card = root.querySelector("[data-pin-card]");
    this.place = root.querySelector("[data-pin-place]");
    this.template = root.querySelector("[data-pin-template]");
    this.besides = root.querySelector("[data-besides]");
    this.besideTemplate = root.querySelector("[data-beside-template]");
    this.words = words;
    this.shipBySeller = shipByVnd;
    this.chosen = null;
    this.besides.addEventListener("click", (event) => this.#choose(event));
  }

  // `room`: snapshot, left by code, now in ms.
  render(room) {
    this.room = room;
    const pins = room.snapshot.pins;
    const main = this.#mainOf(pins);
    this.#renderCard(main);
    const others = pins.filter((pin) => SHOWN.has(pin.state) && pin !== main);
    this.besides.replaceChildren(...others.map((pin) => this.#besideOf(pin)));
  }

  // Only what a flash moves, each second; the rest waits for news.
  tick(nowMs) {
    if (!this.room || !this.card) return;
    this.room.now = nowMs;
    const pin = this.room.snapshot.pins.find((one) => one.code === this.code);
    if (!pin?.flash) return;
    this.#changePrice(pin);
    this.#changeFlash(pin);
  }

  get code() {
    return this.card?.elements.code.value ?? "";
  }

  // What the buyer picked to look at stays until the host shows something new or it closes.
  #mainOf(pins) {
    const showing = pins.find((pin) => pin.state === "showing");
    if (showing?.code !== this.showing) this.chosen = null;
    this.showing = showing?.code;
    const chosen = pins.find((pin) => pin.code === this.chosen && SHOWN.has(pin.state));
    return chosen ?? showing ?? pins.find((pin) => pin.state === "side") ?? null;
  }

  #choose(event) {
    const link = event.target.closest("[data-beside]");
    if (!link) return;
    event.preventDefault();
    this.chosen = link.dataset.beside;
    this.render(this.room);
    this.card.querySelector("[data-pin-go]").focus({ preventScroll: true });
  }

  // What stands where no goods are shown: nothing yet, the end, or an officer's stop.
  #emptyWords({ state, announcement }) {
    if (state !== "ended") return this.words.no_pin;
    return announcement === this.words.stop_line ? this.words.stopped_none : this.words.ended_none;
  }

  #renderCard(pin) {
    if (!pin) {
      if (this.room.snapshot.state === "checked") return; // what is coming stays as the page shows it
      this.card = null;
      const words = document.createElement("p");
      words.className = "pin";
      words.textContent = this.#emptyWords(this.room.snapshot);
      this.place.replaceChildren(words);
      return;
    }
    if (!this.card) {
      this.place.replaceChildren(this.template.content.cloneNode(true));
      this.card = this.place.querySelector("[data-pin-card]");
    }
    if (this.card.elements.code.value !== pin.code) this.#changeGoods(pin);
    this.#changePrice(pin);
    this.#changeFlash(pin);
    this.#changeLeft(pin);
    this.relabel();
  }

  #part(name) {
    return this.card.querySelector(`[data-pin-${name}]`);
  }

  #changeGoods(pin) {
    this.card.elements.code.value = pin.code;
    this.card.elements.packs.max = pin.limit;
    this.startAnew();
    this.#part("code").textContent = pin.code;
    this.#part("name").textContent = pin.name;
    this.#part("art").src = artOf(pin);
    this.#part("weighed").hidden = !pin.by_weight;
    this.#part("seller-name").textContent = pin.seller_name;
    this.#part("seller").hidden = pin.seller_name === this.room.snapshot.organiser.name;
    const ship = this.shipBySeller[pin.seller];
    this.#part("ship").textContent = ship === undefined ? "" : ship === null ? this.words.pickup : fill(this.words.ship, { sum: vnd(ship) });
  }

  // Back to one pack: a second press must not repeat a large claim by accident.
  startAnew() {
    if (!this.card) return;
    this.card.elements.packs.value = 1;
    this.card.elements.packs.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #changePrice(pin) {
    const price = priceAt(pin, this.room.now);
    const per = unitPrice(pin, price);
    roll(this.#part("price"), vnd(price));
    this.#part("was").hidden = pin.shop_price_vnd <= price;
    this.#part("was-sum").textContent = vnd(pin.shop_price_vnd);
    this.#part("unit").textContent = `/${packLabel(pin)}${per && ` · ${per}`}`;
  }

  #changeFlash(pin) {
    const flash = flashAt(pin, this.room.now);
    const line = this.#part("flash");
    line.hidden = !flash;
    if (!flash) return;
    const said = [fill(flash.soon ? this.words.flash_soon : this.words.flash_on, { sum: vnd(flash.price_vnd), time: countdown(flash.seconds) })];
    if (flash.packs) said.push(fill(this.words.flash_packs, { n: flash.packs }));
    if (flash.limit) said.push(fill(this.words.flash_limit, { n: flash.limit }));
    this.#part("flash-words").textContent = said.join(" · ");
    line.toggleAttribute("data-soon", flash.soon);
  }

  #changeLeft(pin) {
    const left = this.room.left[pin.code] ?? pin.packs;
    this.#part("left-words").textContent = left ? this.words.left : this.words.none_left;
    roll(this.#part("left"), left || "");
    this.#part("of").hidden = !left;
    roll(this.#part("packs"), pin.packs);
    const bar = this.#part("bar");
    bar.max = pin.packs || 1;
    bar.value = left;
    this.#part("facts").toggleAttribute("data-low", left <= LOW || left * 5 <= pin.packs);
  }

  // A claim flies from the card to what is mine; nothing moves for those who asked for calm.
  fly(target) {
    const picture = this.card?.querySelector("img");
    if (!picture || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const [from, to] = [picture, target].map((one) => one.getBoundingClientRect());
    const copy = picture.cloneNode();
    copy.className = "flying";
    picture.after(copy);
    const path = [{ transform: "none" }, { transform: `translate(${to.x - from.x}px, ${to.y - from.y}px) scale(0.25)`, opacity: 0.3 }];
    copy.animate(path, { duration: 600, easing: "cubic-bezier(0.4, 0, 0.8, 0.4)" }).onfinish = () => copy.remove();
  }

  // The button says what a press will do; the stepper asks for this too.
  relabel() {
    if (!this.card) return;
    const { snapshot, left } = this.room;
    const pin = snapshot.pins.find((one) => one.code === this.code);
    if (!pin) return;
    const button = this.#part("go");
    const open = RUNNING.has(snapshot.state) && SHOWN.has(pin.state);
    const waits = open && left[pin.code] === 0;
    const packs = Number(this.card.elements.packs.value) || 1;
    button.disabled = !open;
    button.classList.toggle("btn-warning", waits);
    button.classList.toggle("btn-primary", !waits);
    button.textContent = open
      ? fill(waits ? this.words.wait : this.words.claim, { n: packs, unit: pin.unit_word })
      : this.words[snapshot.state === "checked" ? "not_open" : "closed"];
  }

  #besideOf(pin) {
    const link = this.besideTemplate.content.cloneNode(true).firstElementChild;
    link.href = `?code=${pin.code}`;
    link.dataset.beside = pin.code;
    link.querySelector("img").src = artOf(pin);
    const left = this.room.left[pin.code] ?? pin.packs;
    const texts = {
      name: `${pin.code} · ${pin.name}`,
      price: vnd(priceAt(pin, this.room.now)),
      left: left ? fill(this.words.left_of, { n: left }) : this.words.gone,
    };
    for (const [name, text] of Object.entries(texts)) link.querySelector(`[data-beside-${name}]`).textContent = text;
    return link;
  }
}
