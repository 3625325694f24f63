// Counting at the shelf. What is typed is kept as typed at every key, with the book it was counted against;
// "Xong" turns it into one entry of the list that is sent once (`_unsent.js`). A lot whose book has moved
// since comes back as a question in plain words, because only who counted knows which came first.
import { fill, readFacts } from "../../core/frontend/_say.js";
import { read, show } from "./_amount.js";
import { openUnsent, twice, written } from "../../core/frontend/_offline.js";
import { settle } from "../../core/frontend/_settled.js";

const facts = readFacts("count-facts");
const { words } = facts;
const draftName = `desk:${facts.seller}:${facts.who}:typed:${facts.point}`;
const rows = new Map([...document.querySelectorAll("[data-lot]")].map((row) => [row.dataset.lot, row]));
const done = document.querySelectorAll("[data-count-done]");
const trouble = document.querySelector("[data-trouble]");
const draft = JSON.parse(localStorage.getItem(draftName) || "{}");

const KIND = "counts";
const unsent = openUnsent({ kind: KIND, words, draw, settled });

function keepDraft() {
  try {
    localStorage.setItem(draftName, JSON.stringify(draft));
    trouble.hidden = true;
  } catch {
    trouble.hidden = false;
  }
  const n = Object.values(draft).filter(isRead).length;
  for (const button of done) {
    button.disabled = !n;
    button.textContent = n ? fill(words.done, { n }) : words.nothing;
  }
}

const isRead = (one) => one.counted !== null;

function typed(row) {
  const { lot, book, unit, code, name } = row.dataset;
  const text = row.querySelector("input").value.trim();
  if (!text) delete draft[lot];
  else draft[lot] = { text, lot, code, name, unit, book: draft[lot]?.book ?? Number(book), counted: read(text, unit) };
  sayRead(row);
  keepDraft();
}

// Beside each number stands how it was understood, and what it means against the book.
function sayRead(row) {
  const { lot, unit } = row.dataset;
  const one = draft[lot];
  const line = row.querySelector("[data-read]");
  row.dataset.state = !one ? "" : one.counted === null ? "bad" : one.counted === one.book ? "same" : "differs";
  if (!one) line.textContent = "";
  else if (one.counted === null) line.textContent = words.unread;
  else line.textContent = difference(one, unit);
}

function difference({ book, counted }, unit) {
  const places = { counted: show(counted, unit), by: show(Math.abs(counted - book), unit) };
  if (counted === book) return fill(words.same, places);
  return fill(counted < book ? words.less : words.more, places);
}

async function finish() {
  const lots = Object.values(draft).filter(isRead);
  for (const button of done) button.disabled = true;
  try {
    await unsent.add(slips(lots));
  } catch {
    keepDraft();
    trouble.hidden = false; // the phone keeps nothing: what was typed stays on the page
    return;
  }
  for (const one of lots) {
    if (draft[one.lot] !== one) continue; // counted anew meanwhile
    delete draft[one.lot];
    sayStored(one);
  }
  keepDraft();
}

function sayStored({ lot, counted, unit }) {
  const row = rows.get(lot);
  if (!row) return;
  row.querySelector("input").value = "";
  if (row.dataset.state === "kept") return; // the market was quicker
  row.dataset.state = "stored";
  row.querySelector("[data-read]").textContent = fill(words.stored, { counted: show(counted, unit) });
}

// A long count is several slips, each small enough for the market to take whole.
function slips(lots) {
  const reason = document.querySelector("[data-reason]").value.trim();
  const some = [];
  for (let from = 0; from < lots.length; from += facts.most) some.push(slip(lots.slice(from, from + facts.most), reason));
  return some;
}

function slip(lots, reason, point = facts.point, name = facts.point_name) {
  const lines = lots.map(({ lot, book, counted }) => ({ lot, book, counted }));
  return written(KIND, facts, { point, reason, lines }, { point: name, lots });
}

function settled(entry, answer) {
  for (const one of settle(entry, answer).news) sayKept(one);
}

// The lot on screen follows the book; what became short is said where it was counted.
function sayKept({ lot, now, short }) {
  const row = rows.get(lot);
  if (!row) return;
  const { unit } = row.dataset;
  row.dataset.book = now;
  row.querySelector("[data-book-text]").textContent = show(now, unit);
  row.dataset.state = "kept";
  const told = fill(words.kept, { counted: show(now, unit) });
  row.querySelector("[data-read]").textContent = short ? `${told} ${fill(words.short, { short: show(short, unit) })}` : told;
}

function draw(entry) {
  const { id } = entry;
  if (entry.state === "asks") return question(entry, id);
  const { point, lots } = entry.note;
  const title = fill(words.entry, { point, n: lots.length });
  const detail = lots.map((one) => `${one.name} ${one.code}: ${show(one.counted, one.unit)}`).join(" · ");
  if (entry.state === "waiting") return { title, detail };
  const buttons = [
    [words.again, () => unsent.again(id)],
    [words.drop, twice(words, () => unsent.forget(id)), "btn-ghost"],
  ];
  return { title, detail, told: entry.problem?.message || words.refused, buttons };
}

function question(entry, id) {
  const { code, name, unit, book, counted, now, point_id: point } = entry.note;
  const places = { book: show(book, unit), now: show(now, unit), counted: show(counted, unit) };
  const shifted = counted - book + now;
  const take = (value) => () => {
    const lots = [{ ...entry.note, book: now, counted: value }];
    unsent.answer(id, slip(lots, "", point, entry.note.point));
  };
  const buttons = [[fill(words.take_counted, places), take(counted), "btn-primary"]];
  if (shifted >= 0 && shifted !== counted) buttons.push([fill(words.take_shifted, { shifted: show(shifted, unit) }), take(shifted)]);
  buttons.push([words.recount, () => unsent.forget(id), "btn-ghost"]);
  return { title: `${name} · ${code}`, detail: entry.note.point, told: fill(words.moved, places), buttons };
}

function restore() {
  for (const [lot, one] of Object.entries(draft)) {
    const row = rows.get(lot);
    if (!row) continue;
    row.querySelector("input").value = one.text;
    row.closest("details")?.setAttribute("open", "");
    sayRead(row);
  }
}

for (const row of rows.values()) {
  row.querySelector("input").addEventListener("input", () => typed(row));
  row.querySelector("[data-agrees]")?.addEventListener("click", () => {
    row.querySelector("input").value = show(Number(row.dataset.book), row.dataset.unit);
    typed(row);
  });
}
for (const button of done) button.addEventListener("click", finish);
restore();
keepDraft();
document.documentElement.dataset.counting = "ready";
