// A harvest at the scales: one step at a time, plots of the member alone, units of the product alone, and the
// day from which it may be sold. What was typed is kept until it is written down; without this script all
// steps stand on one page and the server says the same.
import { fill } from "../../core/frontend/_say.js";

const form = document.querySelector("[data-harvest]");
const steps = [...form.querySelectorAll("[data-step]")];
const all = (name) => [...document.querySelectorAll(`[data-${name}]`)];
const keptName = `desk:harvest:${form.action}`;
const FIELD_STEP = { quantity: 2, unit: 2, harvested_on: 2, grade: 2, sprayed_on: 3, interval_days: 3, best_before: 3, notes: 3 };
let at = FIELD_STEP[form.dataset.wrong] || 1;

function show(focus) {
  for (const step of steps) step.hidden = Number(step.dataset.step) !== at;
  for (const one of all("back")) one.hidden = at === 1;
  for (const one of all("next")) one.hidden = at === steps.length;
  for (const one of all("save")) one.hidden = at !== steps.length;
  const [bar] = all("steps");
  bar.hidden = false;
  bar.querySelector("progress").value = at;
  const [text] = all("steps-text");
  text.textContent = fill(text.dataset.text, { n: at });
  if (focus) steps[at - 1].querySelector("input:not([type=date]), select")?.focus();
}

function go(by) {
  const wrong = by > 0 && [...steps[at - 1].querySelectorAll("input, select, textarea")].find((one) => !one.checkValidity());
  if (wrong) return wrong.reportValidity();
  at += by;
  show(true);
  return window.scrollTo({ top: 0 });
}

function offerPlots() {
  const plots = form.elements.plot;
  if (!plots) return;
  const member = form.elements.member.value;
  for (const option of plots.options) {
    const other = Boolean(option.dataset.member) && option.dataset.member !== member;
    option.hidden = other;
    option.disabled = other;
    if (other && option.selected) plots.value = "";
  }
}

function offerUnits() {
  const offered = form.elements.product.selectedOptions[0].dataset.words.split("|");
  const words = offered.map((one) => one.split("=")); // what is sent, and what is read
  const units = form.elements.unit;
  const chosen = units.value;
  units.replaceChildren(...words.map(([word, said]) => new Option(said, word)));
  units.value = words.some(([word]) => word === chosen) ? chosen : words[0][0];
}

function sayClear() {
  const [line] = all("clear");
  const sprayed = form.elements.sprayed_on.value;
  line.hidden = !sprayed;
  if (!sprayed) return;
  const day = new Date(`${sprayed}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + (Number.parseInt(form.elements.interval_days.value, 10) || 0));
  const clear = day.toISOString().slice(0, 10);
  const waits = clear > form.elements.harvested_on.max;
  line.className = `status ${waits ? "status-wait" : "status-ok"}`;
  const said = clear.split("-").reverse().join("/");
  line.querySelector("[data-clear-text]").textContent = fill(waits ? line.dataset.waits : line.dataset.ready, { day: said });
}

// How long the chosen product usually keeps: the day the book will say if none is typed, or that one must be.
function sayKeeps() {
  const [line] = all("keeps").filter((one) => one.dataset.known);
  const keeps = Number(form.elements.product.selectedOptions[0].dataset.keeps);
  const field = form.elements.best_before;
  const harvested = form.elements.harvested_on.value;
  field.required = !keeps;
  document.getElementById("f-best_before-hint").hidden = true;
  line.hidden = Boolean(field.value) || (Boolean(keeps) && !harvested);
  if (line.hidden) return;
  const day = new Date(`${harvested || "2000-01-01"}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + keeps);
  const said = day.toISOString().slice(0, 10).split("-").reverse().join("/");
  line.textContent = fill(keeps ? line.dataset.known : line.dataset.asked, { day: said, n: keeps });
}

function keep() {
  const typed = Object.fromEntries([...new FormData(form)].filter(([name, value]) => name !== "client_id" && typeof value === "string"));
  sessionStorage.setItem(keptName, JSON.stringify(typed));
}

// What was typed before a reload or a lost page; the server's own answer to a wrong form comes first.
function restore() {
  if (form.dataset.wrong) return;
  const asked = new URLSearchParams(window.location.search); // the page that led here knows better
  for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem(keptName) || "{}"))) {
    const field = form.elements[name];
    if (field && !asked.has(name) && (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value))) field.value = value;
  }
}

restore();
offerPlots();
offerUnits();
sayClear();
sayKeeps();
show(false);
form.addEventListener("input", () => {
  offerPlots();
  sayClear();
  sayKeeps();
  keep();
});
form.elements.product.addEventListener("change", offerUnits);
form.addEventListener("submit", () => sessionStorage.removeItem(keptName));
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || at === steps.length) return;
  event.preventDefault();
  go(1);
});
for (const one of all("next")) one.addEventListener("click", () => go(1));
for (const one of all("back")) one.addEventListener("click", () => go(-1));
