// The moderator's screen without leaving it: a step's answer and the news are put in place part by part.
// A part somebody is busy in (a field, something opened) is left alone until they are done with it.
import { lookAgain } from "../../core/frontend/_look_again.js";

const EVERY_MS = 3000;
const SLOWEST_MS = 30_000;
const GOOD_MS = 9000;
const IDS = /name="client_id" value="[^"]*"/g;
const screen = document.querySelector("[data-moderator]");
const told = screen.querySelector("[data-told]");
let sending = 0;
let leaving = 0;

// The screen in an answer; none if it is another page (signed out, gone).
async function screenOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-moderator]");
}

function isBusy(part) {
  const field = document.activeElement;
  const writes = part.contains(field) && field.matches("input, textarea, select");
  return writes || Boolean(part.querySelector("details[open]"));
}

// A part that says the same stays, so that nothing moves under a thumb.
function putInPlace(fresh, { all = false } = {}) {
  for (const part of screen.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!next || (!all && isBusy(part))) continue;
    if (part.innerHTML.replace(IDS, "") === next.innerHTML.replace(IDS, "") && !all) continue;
    part.hidden = next.hidden;
    part.replaceChildren(...next.childNodes);
  }
}

// Good news leaves by itself.
function say(lines) {
  clearTimeout(leaving);
  told.replaceChildren(...lines);
  if (!told.querySelector(".status-bad")) leaving = setTimeout(() => told.replaceChildren(), GOOD_MS);
}

function sayOffline() {
  const line = document.createElement("p");
  line.className = "status status-bad";
  line.textContent = screen.dataset.offlineWords;
  say([line]);
}

async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const fresh = await screenOf(answer);
  if (!fresh) {
    location.reload();
    return;
  }
  say(fresh.querySelector("[data-told]").childNodes);
  putInPlace(fresh, { all: answer.ok });
}

// The form keeps its id until it is answered: pressed again, it is the same step.
screen.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-moderate]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sending !== undefined) return;
  form.dataset.sending = "";
  sending += 1;
  await send(form).catch(sayOffline);
  sending -= 1;
  delete form.dataset.sending;
});

lookAgain({
  look: async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = await screenOf(answer);
    if (fresh && !sending) putInPlace(fresh);
  },
  everyMs: () => EVERY_MS,
  slowestMs: SLOWEST_MS,
});
