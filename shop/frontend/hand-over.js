// Handing parcels over: scan a label (or type it, or tap its parcel), look who it is for, press once. Each
// hand-over stands on the phone the moment it is made and is sent once; what the market refuses stays on
// the list with the reason. When it happened is told by this phone's clock and believed only if it can be.
import { fill, readFacts } from "../../core/frontend/_say.js";
import { openUnsent, twice, written } from "../../core/frontend/_offline.js";
import { hasOwn, openScanner } from "../../core/frontend/_scanner.js";
import { readLabel, spoken } from "./_label.js";

const facts = readFacts("hand-over-facts");
const { words } = facts;
const find = (name) => document.querySelector(`[data-${name}]`);
const form = find("form");
const sheet = find("sheet");
const KIND = "handovers";
const keptName = `desk:${facts.seller}:${facts.who}:${KIND}`;
const KEPT = ["taken_by", "plate", "driver_phone"];
const parcels = new Map([...document.querySelectorAll(".parcel[data-label]")].map((row) => [row.dataset.label, row]));
const took = new Map(); // what the market took from this phone since the page came: label → to
const LOOKS_AWAY_MS = 3000;
let camera = null;
let step = null;
let last = { text: "", at: 0 };

const unsent = openUnsent({ kind: KIND, words, draw, settled });

function settled({ body }) {
  took.set(body.label, body.to);
  mark(body);
}

// A parcel that left can still be given into hands; one that is there, or back, is done with.
function mark({ label, to }) {
  const row = parcels.get(label);
  if (!row) return;
  const out = to !== "buyer" && to !== "back";
  row.dataset.state = out ? "out" : "done";
  row.toggleAttribute("data-took", !out);
  row.querySelector("[data-take]").hidden = !out;
  row.querySelector("[data-took-text]").hidden = false;
}

function draw(entry) {
  const { label, to } = entry.body;
  const title = `${spoken(label)} · ${words.go[to]}`;
  const detail = [entry.note.name, entry.note.plate].filter(Boolean).join(" · ");
  if (entry.state === "waiting") return { title, detail };
  const buttons = [
    [words.again, () => unsent.again(entry.id)],
    [words.drop, twice(words, () => unsent.forget(entry.id)), "btn-ghost"],
  ];
  return { title, detail, told: entry.problem?.message || words.refused, buttons };
}

function problem(text) {
  find("problem").textContent = text;
  find("problem").hidden = !text;
}

const field = (name) => form.elements[name];

// What was scanned or typed becomes the sheet that asks; a label that is none says so at once.
function choose(text) {
  const label = readLabel(text);
  problem(label ? "" : words.bad_label);
  if (!label || step?.label === label) return;
  navigator.vibrate?.(60);
  const { name = "", where = "", due = "0", dueText = "", state = "" } = parcels.get(label)?.dataset || {};
  const to = state === "out" ? "buyer" : field("to").value;
  step = { label, to, name, state, due: Number(due), dueText };
  find("sheet-label").textContent = spoken(label);
  find("sheet-name").textContent = name || spoken(label);
  find("sheet-where").textContent = where;
  find("sheet-due").textContent = fill(words.due, { sum: dueText });
  find("sheet-due").hidden = !dueText;
  find("back").hidden = state !== "out";
  find("back-why").hidden = true;
  show();
}

function show() {
  const note = noteOf(step);
  find("sheet-note").textContent = note.text;
  find("sheet-note").hidden = !note.text;
  find("go").hidden = note.stops;
  const collects = step.to === "buyer" && step.due > 0;
  find("go").textContent = collects ? fill(words.collect, { sum: step.dueText }) : words.go[step.to];
  find("unpaid").hidden = !collects || note.stops;
  sheet.hidden = false;
  find("sheet-name").focus();
}

// The same thing twice is said at once, also without a network; the next thing may still be done.
function noteOf({ label, to, state }) {
  const waiting = unsent.of(KIND).filter((one) => one.state === "waiting" && one.body.label === label);
  const stops = took.get(label) === to || waiting.some((one) => one.body.to === to);
  if (waiting.length) return { text: words.waits, stops };
  if (took.has(label)) return { text: words.took, stops };
  return { text: state ? "" : words.unknown, stops };
}

function close() {
  step = null;
  sheet.hidden = true;
  field("label").value = "";
}

async function go(collects) {
  const { label, to, name, due } = step;
  if (to === "coach" && !(field("plate").value.trim() && field("driver_phone").value.trim())) {
    close();
    problem(words.coach);
    field("plate").focus();
    return;
  }
  const body = { label, to, said_ms: Math.max(0, Date.now()) };
  if (to === "coach" || to === "carrier") for (const one of KEPT) body[one] = field(one).value.trim();
  if (collects && to === "buyer" && due) body.took_vnd = due;
  if (to === "back") body.reason = find("why").value;
  find("go").disabled = true;
  try {
    await unsent.add([written(KIND, facts, body, { name, plate: body.plate })]);
    mark(body);
    close();
  } catch {
    find("trouble").hidden = false; // the phone keeps nothing: the sheet stays
  }
  find("go").disabled = false;
}

function back() {
  step.to = "back";
  find("back").hidden = true;
  find("back-why").hidden = false;
  show();
}

// A label that stays before the camera is read once.
function seen(text) {
  const now = performance.now();
  const same = text === last.text && now - last.at < LOOKS_AWAY_MS;
  last = { text, at: now };
  if (!same) choose(text);
}

async function scan() {
  problem("");
  find("stage").hidden = false;
  find("scan-open").hidden = true;
  find("stage").scrollIntoView({ block: "center" });
  try {
    camera = await openScanner({ video: find("video"), reader: facts.reader, found: seen });
  } catch {
    stop();
    problem(words.no_camera);
  }
}

function stop() {
  camera?.stop();
  camera = null;
  find("stage").hidden = true;
  find("scan-open").hidden = false;
}

// Twenty parcels go on one coach: its plate is typed once.
function keepFields() {
  const kept = Object.fromEntries(["to", ...KEPT].map((name) => [name, field(name).value]));
  localStorage.setItem(keptName, JSON.stringify(kept));
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(keptName) || "{}");
  for (const [name, value] of Object.entries(kept)) if (value && !(name !== "to" && field(name).value)) field(name).value = value;
}

async function prepareScanner() {
  find("scan-open").hidden = !navigator.mediaDevices;
  if (navigator.mediaDevices && !(await hasOwn())) import(facts.reader).catch(() => null); // there before the network goes
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  choose(field("label").value);
});
form.addEventListener("change", keepFields);
for (const row of parcels.values()) {
  const button = row.querySelector("[data-take]");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => choose(row.dataset.label));
}
find("scan").addEventListener("click", scan);
find("stop").addEventListener("click", stop);
find("go").addEventListener("click", () => go(true));
find("unpaid").addEventListener("click", () => go(false));
find("back").addEventListener("click", back);
find("close").addEventListener("click", close);
document.addEventListener("visibilitychange", () => document.hidden && camera && stop());
restore();
prepareScanner();
document.documentElement.dataset.handOver = "ready";
