// What one box is, read from its form: lines with packs, things with a lot and a weight. Pure but for the
// elements it is given; refuses a weight it cannot read (answers null) rather than guess.
import { read } from "../../catalog/frontend/_amount.js";

// The body the market wants, or null where a weight is unread.
export function boxOf(form) {
  const lines = [];
  for (const set of form.querySelectorAll("[data-line]")) {
    const parts = [...set.querySelectorAll("[data-thing]")].map(partOf);
    if (parts.includes(null)) return null;
    lines.push({ line: set.dataset.line, packs: packsOf(set), parts });
  }
  return { order: form.dataset.box, reason: form.elements.reason.value.trim(), lines };
}

export function packsOf(set) {
  return Number(set.querySelector("input[name^='packs_']").value);
}

function partOf(thing) {
  const typed = thing.querySelector("input[name^='weight_']")?.value.trim() || "";
  const weighed = typed ? read(typed, thing.dataset.unit) : 0;
  if (weighed === null) return null;
  return { place: Number(thing.dataset.place), lot: lotOf(thing), weighed };
}

function lotOf(thing) {
  const field = thing.querySelector("input[name^='lot_']:checked, input[type=hidden][name^='lot_']");
  return field ? field.value : "";
}

// What a weight means: {state, by} in base units against what the packs come to.
export function judge(typed, unit, least) {
  if (!typed.trim()) return { state: "" };
  const weighed = read(typed, unit);
  if (weighed === null) return { state: "unread" };
  if (weighed < least) return { state: "light", weighed, by: least - weighed };
  return weighed === least ? { state: "exact", weighed, by: 0 } : { state: "over", weighed, by: weighed - least };
}

export function vnd(sum) {
  return `${String(sum).replace(/\B(?=(\d{3})+$)/g, ".")} đ`;
}

// What a weight that says the price comes to: {state, weighed, sum, differs, least, most}; half up to the đồng, as
// the market reckons (catalog.pricing.weighed_amount_vnd), within what it takes (catalog.modes.weight_limits).
export function priced(typed, unit, { price, size, packs }) {
  if (!typed.trim()) return { state: "" };
  const weighed = read(typed, unit);
  if (weighed === null) return { state: "unread" };
  const ordered = packs * size;
  const least = Math.max(Math.min(Math.ceil((9 * ordered) / 10), ordered - size), Math.ceil(size / 2));
  const most = Math.floor((11 * ordered) / 10);
  if (weighed < least) return { state: "priced_light", weighed, least, most };
  if (weighed > most) return { state: "priced_heavy", weighed, least, most };
  const sum = Math.floor((2 * price * weighed + size) / (2 * size));
  const differs = sum - price * packs;
  const state = differs < 0 ? "priced_back" : differs ? "priced_more" : "priced_even";
  return { state, weighed, sum, differs: Math.abs(differs), least, most };
}

// The lot's code in what was scanned (the address of its trace page, or its code) or typed.
export function lotIn(text) {
  const bare = text.trim().replace(/[?#].*$/, "").replace(/\/+$/, "");
  return bare.slice(bare.lastIndexOf("/") + 1).toUpperCase();
}
