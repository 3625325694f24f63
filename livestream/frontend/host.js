// The host's screen: the room's log and the host's own numbers; each button is one write to the API.
import { Board, nextPin } from "./_host_board.js";
import { CameraPanel } from "./_camera_panel.js";
import { dialogs } from "./_dialogs.js";
import { PaidVoice } from "./_paid_voice.js";
import { LiveClient } from "./_live_client.js";
import { Outbox } from "./_outbox.js";
import { readFacts } from "../../core/frontend/_say.js";
import { Told } from "./_told.js";

const TICK_MS = 5000;
const SECOND_MS = 1000;
const RECOUNT_MS = 10_000;
const facts = readFacts("host-facts");
const words = readFacts("host-words");
const screen = document.querySelector("[data-host]");
const session = facts.snapshot.session;
const told = new Told(screen.querySelector("[data-told]"), words.close);
const board = new Board(screen, words);
const voice = new PaidVoice(screen.querySelector("[data-host-voice]"), words);
const camera = new CameraPanel(screen.querySelector("[data-camera]"), words.camera, session);
const state = { board: facts.board, left: {} };
const unclear = screen.querySelector("[data-host-unclear-count]");

const client = new LiveClient(facts.snapshot, {
  changed: render,
  online: showOnline,
  host: (payload) => {
    state.board = payload;
    state.left = {};
    render();
  },
  pulse: ({ left, viewers }) => {
    state.left = left;
    screen.querySelector("[data-host-watched]").hidden = false;
    screen.querySelector("[data-host-viewers]").textContent = viewers;
    camera.setViewers(viewers);
    render();
  },
  moderate: ({ ambiguous }) => {
    showUnclear(Number(unclear.textContent) + ambiguous.length);
  },
});
const outbox = new Outbox({ name: `host:${session}`, shelf: sessionStorage, send, answered: hearAnswer });

function showUnclear(count) {
  unclear.textContent = count;
  unclear.parentElement.hidden = !count;
}

// New ones are pushed; that a moderator has dealt with one is not, so it is asked while there are any.
async function recount() {
  if (document.hidden || !client.online || !Number(unclear.textContent)) return;
  const answer = await fetch(`/api/v1/live/${session}/unclear`).catch(() => null);
  if (answer?.ok) showUnclear((await answer.json()).list.length);
}

function render() {
  board.render(state.board, state.left, client.snapshot.state);
  board.renderPace(client.snapshot, client.now());
  board.renderFlash(client.snapshot, client.now());
  voice.hear(state.board.paid_orders);
  showState(client.snapshot.state);
}

function showState(name) {
  screen.dataset.state = name;
  screen.querySelector("[data-host-state]").textContent =
    screen.dataset.offline === undefined ? words.states[name] : words.offline;
  for (const part of screen.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(name);
  }
  camera.showState(name);
}

function showOnline(online) {
  screen.toggleAttribute("data-offline", !online);
  showState(client.snapshot.state);
  if (!online) return;
  outbox.flush();
  readBoard();
}

// The numbers are pushed on change; after a break they are read once.
async function readBoard() {
  const answer = await fetch(`/api/v1/live/${session}/host`);
  if (answer.ok) state.board = await answer.json();
  render();
}

async function send(step, body) {
  const answer = await fetch(`/api/v1/live/${session}/${step}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  return answer.ok ? result : { ok: false, error: { ...result, message: result.detail } };
}

function hearAnswer(_entry, ack) {
  if (ack.ok) told.clear();
  else told.say(ack.error.message, "bad");
  readBoard();
}

document.addEventListener("submit", (event) => {
  const step = event.target.dataset.stepForm;
  if (!step) return;
  event.preventDefault();
  const next = event.target.closest("[data-when]") && step.endsWith("/show") ? nextPin(board.pins) : null;
  const { client_id: _printed, ...fields } = Object.fromEntries(new FormData(event.target));
  outbox.add(next ? `pins/${next.code}/show` : step, fields);
  event.target.closest("dialog")?.close();
});

// A flash is most often for what is on show now.
dialogs(() => {
  const choice = document.querySelector("[data-flash-code]");
  const main = board.pins.find((pin) => pin.state === "showing");
  if (choice && main) choice.value = main.code;
});

setInterval(render, TICK_MS);
setInterval(recount, RECOUNT_MS);
setInterval(() => board.renderFlash(client.snapshot, client.now()), SECOND_MS);
render();
screen.dataset.ready = "";
