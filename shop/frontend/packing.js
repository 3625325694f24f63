// The packing table: one order after the other, ticked, weighed, closed. A box stands on the phone the moment
// it is closed and is sent once; what the market refuses comes back to the list with the reason, because
// somebody has to open that box again. Half an order (ticks, weights) survives a closed page.
import { show } from "../../catalog/frontend/_amount.js";
import { openUnsent, twice, written } from "../../core/frontend/_offline.js";
import { fill, readFacts } from "../../core/frontend/_say.js";
import { boxOf, judge, lotIn, packsOf, priced, vnd } from "./_box.js";

const facts = readFacts("packing-facts");
const { words } = facts;
const KIND = "packs";
const halfName = `desk:${facts.seller}:${facts.who}:packing`;
const rows = new Map([...document.querySelectorAll("[data-order]")].map((row) => [row.dataset.order, row]));
const counts = { done: document.querySelector("[data-done]"), bar: document.querySelector("[data-bar]") };
const doneBefore = Number(counts.done.textContent);
const packed = new Map(); // label by order: what the market took since the page came
const half = JSON.parse(localStorage.getItem(halfName) || "{}");

const unsent = openUnsent({ kind: KIND, words, draw, settled, changed: showRows });

function settled({ body }, answer) {
  packed.set(body.order, answer.waits ? "" : answer.label);
  forgetHalf(body.order);
  showRows();
}

// A row says what became of its order; one that was refused is open again, its reason stands on top.
function showRows(list = unsent) {
  const waiting = new Set();
  for (const one of list?.of(KIND) || []) if (one.state === "waiting") waiting.add(one.body.order);
  for (const [code, row] of rows) {
    const label = packed.get(code);
    const done = label !== undefined || waiting.has(code);
    row.querySelector("details").hidden = done;
    const line = row.querySelector("[data-kept-here]");
    line.hidden = !done;
    const name = row.querySelector("form").dataset.name;
    line.querySelector("span").textContent = `${name} · ${told(label)}`;
  }
  const done = doneBefore + [...packed.values()].filter(Boolean).length + [...waiting].filter((code) => !packed.has(code)).length;
  counts.done.textContent = done;
  counts.bar.value = done;
}

// `label` is undefined while the market has not answered, "" where the buyer waits for what is short.
function told(label) {
  if (label === undefined) return words.stored;
  return label ? fill(words.packed, { label }) : words.waits;
}

function draw(entry) {
  const { id, note } = entry;
  const title = fill(words.entry, { name: note.name, order: entry.body.order });
  const detail = note.said;
  if (entry.state === "waiting") return { title, detail };
  const buttons = [
    [words.again, () => unsent.again(id), "btn-primary"],
    [words.open, () => window.location.assign(`${facts.page}/${entry.body.order}`)],
    [words.drop, twice(words, () => unsent.forget(id)), "btn-ghost"],
  ];
  return { title, detail, told: entry.problem?.message || words.refused, buttons };
}

async function close(form) {
  const box = boxOf(form);
  const place = form.querySelector("[data-problem]");
  place.hidden = Boolean(box);
  if (!box) {
    place.textContent = words.unread;
    return;
  }
  const note = { name: form.dataset.name, said: saidOf(form) };
  const before = unsent.of(KIND).filter((one) => one.state === "refused" && one.body.order === box.order);
  try {
    await unsent.add([written(KIND, facts, box, note)]);
  } catch {
    document.querySelector("[data-trouble]").hidden = false; // the phone keeps nothing: the page's own form goes
    form.submit();
    return;
  }
  for (const one of before) await unsent.forget(one.id); // packed anew: the refused one is answered
  openNext(form.closest("[data-order]"));
}

function saidOf(form) {
  const sets = [...form.querySelectorAll("[data-line]")];
  return sets
    .map((set) => {
      const { name, of } = set.querySelector("[data-thing]").dataset;
      return fill(words.short, { name, n: packsOf(set), of });
    })
    .join(" · ");
}

function openNext(row) {
  const all = [...rows.values()];
  const after = [...all.slice(all.indexOf(row) + 1), ...all].find((one) => !one.querySelector("details").hidden && one !== row);
  if (!after) return;
  after.querySelector("details").open = true;
  after.scrollIntoView({ block: "start" });
}

function sayWeight(thing) {
  const input = thing.querySelector("input[name^='weight_']");
  if (!input) return;
  const { unit, size, each, of, price } = thing.dataset;
  const line = thing.querySelector("[data-read]");
  const packs = (Number(each) * packsOf(thing.closest("[data-line]"))) / Number(of);
  if (price) {
    thing.querySelector("[data-guess]").textContent = vnd(price * packs);
    const told = packs ? priced(input.value, unit, { price: Number(price), size: Number(size), packs }) : { state: "" };
    sayPrice(line, told, unit);
    // A box that would be refused hours later, when the network is back, is not closed now.
    input.required = packs > 0;
    input.setCustomValidity(["unread", "priced_light", "priced_heavy"].includes(told.state) ? line.textContent : "");
    return;
  }
  const { state, weighed, by } = judge(input.value, unit, packs * Number(size));
  line.dataset.state = state;
  line.textContent = state ? fill(words[state], { weighed: show(weighed || 0, unit), by: show(by || 0, unit) }) : "";
}

// What the scales make of the price, before the box is closed: the sum, and what goes back or is asked for.
function sayPrice(line, { state, weighed, sum, differs, least, most }, unit) {
  const said = { weighed: show(weighed || 0, unit), sum: vnd(sum || 0), differs: vnd(differs || 0), least: show(least || 0, unit), most: show(most || 0, unit) };
  line.dataset.state = state;
  line.textContent = state ? fill(words[state], said) : "";
}

// A lot that is scanned or typed is taken in hand; one that is not offered for this thing is said so.
function takeLot(thing, field) {
  const wanted = lotIn(field.value);
  if (!wanted) return;
  const radios = [...thing.querySelectorAll("input[type=radio][name^='lot_']")];
  const found = radios.find((one) => [one.dataset.lotCode.toUpperCase(), one.value.toUpperCase()].includes(wanted));
  field.setCustomValidity(found ? "" : fill(words.no_lot, { code: wanted }));
  field.reportValidity();
  if (!found) return;
  found.checked = true;
  field.value = "";
}

function remember(form) {
  const values = {};
  for (const one of form.elements) {
    if (/^(packs|weight)_/.test(one.name) || one.name === "reason") values[one.name] = one.value;
    if (one.type === "radio" && one.checked) values[one.name] = one.value;
  }
  half[form.dataset.box] = { values, ticks: [...form.querySelectorAll("[data-tick]")].map((one) => one.checked) };
  keepHalf();
}

function restore(form) {
  const known = half[form.dataset.box];
  if (!known) return;
  for (const one of form.elements) {
    const value = known.values[one.name];
    if (value === undefined) continue;
    if (one.type === "radio") one.checked = one.value === value;
    else one.value = value;
  }
  form.querySelectorAll("[data-tick]").forEach((one, at) => {
    one.checked = Boolean(known.ticks[at]) && !one.disabled;
  });
}

function forgetHalf(code) {
  delete half[code];
  keepHalf();
}

function keepHalf() {
  try {
    localStorage.setItem(halfName, JSON.stringify(half));
  } catch {
    document.querySelector("[data-trouble]").hidden = false;
  }
}

// The first tick tells the others who packs this order; without a network nobody hears, and nothing is lost.
function tellBegun(row) {
  const begin = row.querySelector("form[action$='/begin']");
  if (!begin || begin.dataset.told) return;
  begin.dataset.told = "1";
  fetch(begin.action, { method: "POST", body: new URLSearchParams(new FormData(begin)), redirect: "manual" }).catch(() => {
    delete begin.dataset.told;
  });
}

for (const [code, row] of rows) {
  const form = row.querySelector("form[data-box]");
  if (half[code]) restore(form);
  for (const thing of form.querySelectorAll("[data-thing]")) {
    sayWeight(thing);
    const scan = thing.querySelector("[data-scan]");
    if (!scan) continue;
    scan.hidden = false;
    const field = scan.querySelector("input");
    field.addEventListener("change", () => takeLot(thing, field));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // a scanner ends with one; it must not close the box
      takeLot(thing, field);
    });
  }
  form.addEventListener("input", () => {
    for (const thing of form.querySelectorAll("[data-thing]")) sayWeight(thing);
    remember(form);
    tellBegun(row);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close(form);
  });
}
for (const code of Object.keys(half)) if (!rows.has(code)) delete half[code];
showRows();
document.documentElement.dataset.packing = "ready";
