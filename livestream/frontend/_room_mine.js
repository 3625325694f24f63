// What this buyer has: a strip per basket, and a sheet with every claim, to lower or to give up.
import { clock, vnd } from "./_goods.js";
import { fill } from "../../core/frontend/_say.js";

const SOON_MS = 3 * 60_000;
const CHANGEABLE = new Set(["held", "split", "waitlisted"]);

export class Mine {
  // `change(claim, qty)` asks for a claim to be lowered; 0 gives it up.
  constructor(root, words, change) {
    this.strips = root.querySelector("[data-mine]");
    this.stripTemplate = root.querySelector("[data-strip-template]");
    this.sheet = root.querySelector("#mine");
    this.none = root.querySelector("[data-mine-none]");
    this.list = root.querySelector("[data-my-claims]");
    this.claimTemplate = root.querySelector("[data-my-claim-template]");
    this.words = words;
    this.change = change;
    this.strips.addEventListener("click", (event) => this.#openSheet(event));
    this.sheet.addEventListener("submit", (event) => this.#submit(event));
  }

  // `room`: snapshot, mine (claims, baskets), now in ms.
  render(room) {
    this.room = room;
    const { claims, baskets } = room.mine;
    const strips = baskets.map((basket) => this.#stripOf(basket));
    const waiting = claims.reduce((sum, claim) => sum + claim.waiting, 0);
    if (waiting && strips.length) this.#addWaiting(strips[strips.length - 1], waiting);
    else if (waiting) strips.push(this.#waitingStrip(waiting));
    this.strips.replaceChildren(...strips);
    this.none.hidden = claims.length > 0;
    this.list.replaceChildren(...[...claims].reverse().map((claim) => this.#claimOf(claim)));
  }

  get isOpen() {
    return this.sheet.open;
  }

  get numbers() {
    return new Set(this.room?.mine.claims.map((claim) => claim.number));
  }

  #stripOf(basket) {
    const until = basket.order ? basket.pay_by : basket.expires_at;
    const packs = basket.packs ? `${fill(this.words.strip, { n: basket.packs, unit: this.#unitOf(basket.seller) })} · ` : "";
    const time = clock(until, this.room.now);
    const strip = this.#strip({
      what: `${packs}${vnd(basket.amount_vnd)}`,
      how: fill(basket.order ? this.words.ordered : this.words.until, { time }),
      pay: this.words.pay,
      url: basket.order ? `/orders/${basket.order}` : `/live/${this.room.snapshot.session}/basket/${basket.seller}`,
    });
    strip.toggleAttribute("data-soon", Date.parse(until) - this.room.now < SOON_MS);
    return strip;
  }

  // One line says it all while there is a basket: the chat needs the room.
  #addWaiting(strip, waiting) {
    strip.querySelector("[data-how]").append(` · ${fill(this.words.waiting_n, { n: waiting })}`);
  }

  #waitingStrip(waiting) {
    const unit = this.#unitOf(null);
    return this.#strip({ what: fill(this.words.waiting_strip, { n: waiting, unit }), how: this.words.waiting_how });
  }

  #strip({ what, how, pay, url }) {
    const strip = this.stripTemplate.content.cloneNode(true).firstElementChild;
    strip.querySelector("[data-what]").textContent = what;
    strip.querySelector("[data-how]").textContent = how;
    const link = strip.querySelector("[data-pay]");
    if (url) Object.assign(link, { href: url, textContent: pay });
    else link.remove();
    return strip;
  }

  // "gói" when all that is meant comes in the same pack, else "phần".
  #unitOf(seller) {
    const meant = this.room.mine.claims.filter((one) => (seller ? one.seller === seller && one.held : one.waiting));
    const units = new Set(meant.map((one) => this.#pinOf(one.code)?.unit_word));
    const [unit] = units;
    return units.size === 1 && unit ? unit : this.words.portion;
  }

  #pinOf(code) {
    return this.room.snapshot.pins.find((pin) => pin.code === code);
  }

  #claimOf(claim) {
    const article = this.claimTemplate.content.cloneNode(true).firstElementChild;
    article.dataset.claim = claim.claim;
    const packs = claim.held + claim.waiting;
    const texts = {
      what: `${packs ? `${packs} × ` : ""}${claim.code} ${claim.name}`,
      how: this.#standing(claim),
      sum: claim.held ? vnd(claim.held * claim.unit_price_vnd) : "",
    };
    for (const [name, text] of Object.entries(texts)) article.querySelector(`[data-${name}]`).textContent = text;
    article.querySelector("[data-do]").hidden = !CHANGEABLE.has(claim.status);
    const [less, none] = article.querySelectorAll("form");
    less.elements.qty.value = packs - 1;
    less.hidden = packs < 2;
    none.elements.qty.value = 0;
    return article;
  }

  #standing({ number, status, held, waiting, expires_at: expires }) {
    const parts = [fill(this.words.number, { n: number }), this.words.status[status]];
    if (held && expires) parts.push(fill(this.words.until, { time: clock(expires, this.room.now) }));
    if (held && waiting) parts.push(fill(this.words.waiting_n, { n: waiting }));
    return parts.join(" · ");
  }

  #openSheet(event) {
    if (!event.target.closest("[data-open-mine]")) return;
    event.preventDefault();
    this.sheet.showModal();
  }

  #submit(event) {
    event.preventDefault();
    const claim = event.target.closest("[data-claim]").dataset.claim;
    this.change(claim, Number(event.target.elements.qty.value));
  }
}
