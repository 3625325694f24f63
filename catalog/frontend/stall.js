// The stall: tap a thing, type how many, take the money. A sale stands on the phone the moment it is made
// and is sent once; one that the book refuses stays on the list with what to do, because the goods are gone.
import { fill, readFacts } from "../../core/frontend/_say.js";
import { dong, show } from "./_amount.js";
import { make, openUnsent, twice, written } from "../../core/frontend/_offline.js";
import { amountOf, press, quantityOf, sumOf } from "./_sale.js";

const facts = readFacts("stall-facts");
const { words } = facts;
const find = (name) => document.querySelector(`[data-${name}]`);
const tiles = [...document.querySelectorAll("[data-listing]")];
const sheet = find("sheet");
const bookName = `desk:${facts.seller}:${facts.who}:today:${facts.point}`;
let lines = [];
let current = null;
let fresh = true;

const kind = `sales:${facts.point}`;
const sold = new Map(); // base units by product that the book took from this phone since the page came
const unsent = openUnsent({ kind, words, draw, settled: showLeft, changed: showLeft });

function choose(tile) {
  const { listing, product, name, pack, unit } = tile.dataset;
  const [size, price] = [Number(tile.dataset.size), Number(tile.dataset.price)];
  current = lines.find((line) => line.listing === listing);
  if (!current) {
    current = { listing, product, name, pack, unit, size, price, typed: "1" };
    lines.push(current);
  }
  fresh = true;
  showSheet();
}

function type(key) {
  current.typed = press(current.typed, key, fresh);
  fresh = false;
  showSheet();
}

function work(line) {
  line.quantity = quantityOf(line.typed, line.size);
  line.amount = line.quantity ? amountOf(line.quantity, line.size, line.price) : 0;
}

function showSheet() {
  lines.forEach(work);
  sheet.hidden = !lines.length;
  document.documentElement.toggleAttribute("data-selling", Boolean(lines.length));
  find("pad").hidden = !current;
  const wrong = lines.find((line) => !line.quantity);
  const tooMuch = sumOf(lines) > facts.most_vnd;
  find("pad-problem").hidden = !(wrong?.typed || tooMuch);
  find("pad-problem").textContent = wrong ? fill(words.unread, { pack: wrong.pack }) : words.too_much;
  if (current) {
    find("pad-name").textContent = `${current.name} · ${current.pack}`;
    find("pad-typed").textContent = current.typed || "0";
    find("pad-sum").textContent = current.quantity ? `${show(current.quantity, current.unit)} · ${dong(current.amount)}` : "";
  }
  find("lines").replaceChildren(...lines.filter((line) => line !== current).map(lineRow));
  find("sell").disabled = Boolean(wrong || tooMuch);
  find("sell").textContent = fill(words.sell, { sum: dong(sumOf(lines)) });
}

function lineRow(line) {
  const row = make("li", "stall-line");
  const text = make("button", "stall-line-text", `${line.typed} × ${line.pack} ${line.name} · ${dong(line.amount)}`);
  const away = make("button", "btn btn-ghost btn-square", "×");
  for (const button of [text, away]) button.type = "button";
  away.setAttribute("aria-label", `${words.remove}: ${line.name}`);
  text.addEventListener("click", () => {
    current = line;
    fresh = true;
    showSheet();
  });
  away.addEventListener("click", () => {
    lines = lines.filter((one) => one !== line);
    showSheet();
  });
  row.append(text, away);
  return row;
}

function close() {
  lines = [];
  current = null;
  showSheet();
}

async function sell() {
  const took = sumOf(lines);
  const body = {
    point: facts.point,
    took_vnd: took,
    sold_ms: Date.now(),
    lines: lines.map(({ listing, quantity }) => ({ listing, quantity })),
  };
  find("sell").disabled = true;
  try {
    await unsent.add([written(kind, facts, body, { took, lines: lines.map((line) => ({ ...line })) })]);
  } catch {
    find("trouble").hidden = false; // the phone keeps nothing: the sale stays on the keypad
    find("sell").disabled = false;
    return;
  }
  remember(took);
  close();
  showLeft();
}

// Business days are Vietnam's, whatever the phone believes.
function dayHere() {
  return new Date().toLocaleDateString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
}

// What this phone took today: a number to compare the purse with, no book of money.
function remember(took) {
  const day = dayHere();
  const kept = today();
  localStorage.setItem(bookName, JSON.stringify({ day, sum: kept.sum + took, n: kept.n + 1 }));
  showToday();
}

function today() {
  const kept = JSON.parse(localStorage.getItem(bookName) || "{}");
  return kept.day === dayHere() ? kept : { sum: 0, n: 0 };
}

function showToday() {
  const { sum, n } = today();
  find("today").textContent = fill(words.today, { sum: dong(sum), n });
}

// What the book had when the page came, less what this phone has sold since.
function showLeft(entry) {
  if (entry) for (const line of entry.note.lines) sold.set(line.product, (sold.get(line.product) || 0) + line.quantity);
  const waiting = new Map(sold);
  for (const one of unsent.of(kind)) {
    for (const line of one.note.lines) waiting.set(line.product, (waiting.get(line.product) || 0) + line.quantity);
  }
  for (const tile of tiles) {
    const { product, unit } = tile.dataset;
    const left = Math.max(0, Number(tile.dataset.left) - (waiting.get(product) || 0));
    tile.querySelector("[data-left-text]").textContent = fill(words.left, { much: show(left, unit) });
    tile.toggleAttribute("data-empty", left === 0);
  }
}

function draw(entry) {
  const { took, lines: parts } = entry.note;
  const { id } = entry;
  const time = new Date(entry.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  const title = fill(words.entry, { time, sum: dong(took) });
  const detail = parts.map((line) => `${line.typed} × ${line.pack} ${line.name}`).join(" · ");
  if (entry.state === "waiting") return { title, detail };
  const buttons = [
    [words.again, () => unsent.again(id), "btn-primary"],
    [words.count, () => window.location.assign(facts.count)],
    [words.drop, twice(words, () => forget(entry)), "btn-ghost"],
  ];
  return { title, detail, told: reason(entry), buttons };
}

function reason({ problem, note }) {
  if (problem?.code !== "out_of_stock") return problem?.message || words.refused;
  const parts = note.lines.filter((line) => line.product === problem.product);
  const [{ name, unit }] = parts;
  const gone = parts.reduce((sum, line) => sum + line.quantity, 0);
  return fill(words.clash, { name, left: problem.left_words ?? show(problem.left, unit), sold: show(gone, unit) });
}

// A sale that never was is taken off today's sum again.
async function forget(entry) {
  await unsent.forget(entry.id);
  const kept = today();
  if (kept.n) {
    const less = { day: kept.day, sum: Math.max(0, kept.sum - entry.note.took), n: kept.n - 1 };
    localStorage.setItem(bookName, JSON.stringify(less));
  }
  showToday();
  showLeft();
}

for (const tile of tiles) tile.addEventListener("click", () => choose(tile));
for (const key of document.querySelectorAll("[data-key]")) key.addEventListener("click", () => type(key.dataset.key));
find("cancel").addEventListener("click", close);
find("sell").addEventListener("click", sell);
showToday();
showLeft();
