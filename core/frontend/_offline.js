// What the two pages that work without a network share: the worker that keeps them, the line that says how
// the network is, and the list of what has not been sent.
import { fill } from "./_say.js";
import { openWaiting } from "./_waiting.js";

const WORKER = "/console/worker.js";

// `kind` names the list (counts, sales); `words` are the page's; `draw(entry)` answers {title, detail, told,
// buttons} of an entry; `settled(entry, answer)` hears what the market took.
export function openUnsent({ kind, words, draw, settled, changed = () => {} }) {
  const unsent = openWaiting({
    own: kind,
    settled: (entry, answer) => entry.kind === kind && settled(entry, answer),
    changed: (list) => {
      showAll(list, kind, words, draw);
      changed();
    },
  });
  showAll(unsent, kind, words, draw);
  keepPages();
  return unsent;
}

// What an entry of this page is, whatever else it says.
export function written(kind, { path }, body, note) {
  const { pathname, search } = window.location;
  return { kind, page: pathname + search, path, body, note };
}

function showAll(unsent, kind, words, draw) {
  const entries = unsent.of(kind);
  document.querySelector("[data-unsent]").hidden = !entries.length;
  document.querySelector("[data-unsent-list]").replaceChildren(...entries.map((entry) => row(entry, draw(entry))));
  sayNetwork(entries.filter((one) => one.state === "waiting").length, unsent.signedOut, words);
}

function sayNetwork(waiting, signedOut, words) {
  const line = document.querySelector("[data-net]");
  const reached = waiting ? "sending" : "online";
  const state = signedOut ? "signed_out" : navigator.onLine ? reached : "offline";
  line.className = `status status-${{ signed_out: "bad", sending: "wait", online: "ok", offline: "wait" }[state]}`;
  line.dataset.net = state;
  line.querySelector("[data-net-text]").textContent = fill(words[state === "offline" && !waiting ? "offline_none" : state], { n: waiting });
}

function row(entry, { title, detail, told = "", buttons = [] }) {
  const item = make("li", "panel unsent-entry");
  item.dataset.state = entry.state;
  item.append(make("b", "", title), make("span", "muted small", detail));
  if (told) item.append(make("p", entry.state === "waiting" ? "muted small" : "field-error", told));
  const bar = make("div", "unsent-buttons");
  bar.append(...buttons.map(([text, act, kind = "btn-soft"]) => button(text, act, kind)));
  if (buttons.length) item.append(bar);
  return item;
}

export function make(tag, classes, text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}

function button(text, act, kind) {
  const made = make("button", `btn ${kind}`, text);
  made.type = "button";
  made.addEventListener("click", () => act(made));
  return made;
}

// What happened for real is not thrown away by one slip of the thumb: the second press does it.
export function twice(words, act) {
  return (pressed) => {
    if (pressed.dataset.sure) act();
    else {
      pressed.dataset.sure = "1";
      pressed.textContent = words.sure;
    }
  };
}

// Keep this page and its sisters for when there is no network; say so once it is done.
async function keepPages() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept) document.querySelector("[data-kept]").hidden = false;
  });
  const sisters = [...document.querySelectorAll("a[data-keep]")].map((link) => link.href);
  await navigator.serviceWorker.register(WORKER).catch(() => null);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: [window.location.href.split("#")[0], ...sisters] });
  navigator.storage?.persist?.();
}
