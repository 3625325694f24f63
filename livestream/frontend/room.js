// The live room: one truth (the folded log), a few parts that show it, one way out (the outbox).
import { LiveClient } from "./_live_client.js";
import { Outbox } from "./_outbox.js";
import { changeTold, claimTold, commentTold, errorTold, newsTold, writeWords } from "./_room_acks.js";
import { Mine } from "./_room_mine.js";
import { Pins } from "./_room_pins.js";
import { Talk } from "./_room_talk.js";
import { Video } from "./_video.js";
import { Who } from "./_room_who.js";
import { offerPush } from "../../shop/frontend/_push.js";
import { readFacts, roll } from "../../core/frontend/_say.js";
import { Told } from "./_told.js";

const TICK_MS = 5000;
const SECOND_MS = 1000;
const RUNNING = new Set(["live", "interrupted"]);
const facts = readFacts("room-facts");
const words = readFacts("room-words");
const page = document.querySelector("[data-room]");
const state = { left: facts.left, mine: facts.mine, known: facts.known, rules: facts.rules };

offerPush();
const told = new Told(page.querySelector("[data-told]"), words.close);
const ownTold = new Told(document.querySelector("[data-mine-told]"), words.close);
const pins = new Pins(page, words, facts.ship);
const talk = new Talk(page, words);
const mine = new Mine(document, words, (claim, qty) => write("change", { claim, qty }));
const who = new Who(document, words, { entered: goOn, left: giveUp });
const video = new Video(page.querySelector("[data-stage]"), {
  words: words.video,
  session: facts.session,
  changed: () => showState(client.snapshot.state),
  photoOf: () => page.querySelector("[data-pin-art]")?.getAttribute("src"),
});
const client = new LiveClient(facts.snapshot, {
  changed: (_snapshot, events) => {
    talk.hearClaims(events);
    render();
    video.hear(events);
  },
  online: showOnline,
  pulse: hearPulse,
  chat: hearChat,
  mine: (payload) => {
    const news = newsTold(words, state.mine, payload);
    if (news) tell(...news);
    state.mine = payload;
    render();
  },
});
const outbox = new Outbox({
  name: `outbox:${facts.session}`,
  shelf: sessionStorage,
  send: (kind, body) => client.send(kind, body),
  answered: hearAnswer,
});

function render() {
  const room = { snapshot: client.snapshot, left: state.left, mine: state.mine, now: client.now() };
  pins.render(room);
  mine.render(room);
  talk.renderClaims(room.snapshot, mine.numbers);
  page.dataset.state = room.snapshot.state;
  video.render();
  const announcement = page.querySelector("[data-announcement]");
  announcement.hidden = !room.snapshot.announcement || !RUNNING.has(room.snapshot.state);
  if (announcement.textContent !== room.snapshot.announcement) announcement.textContent = room.snapshot.announcement;
  showState(room.snapshot.state);
}

function showState(name) {
  const note = page.querySelector("[data-room-note]");
  const stopped = name === "ended" && client.snapshot.announcement === words.stop_line;
  const said = stopped ? words.notes.stopped : (video.note ?? words.notes[name]);
  const text = page.dataset.offline === undefined ? said : words.offline;
  if (note.textContent !== text) note.textContent = text;
  const word = page.querySelector("[data-write] input[name=text]");
  word.disabled = !RUNNING.has(name);
  word.form.querySelector("button").disabled = word.disabled;
  word.placeholder = word.disabled ? words.no_write : writeWords(words, state.rules);
  for (const badge of page.querySelectorAll("[data-badge]")) {
    badge.hidden = !badge.dataset.badge.split(" ").includes(name);
  }
}

function showOnline(online) {
  if (online) {
    video.ask();
    outbox.flush();
    if (state.known) client.mine();
  }
  if (online === (page.dataset.offline === undefined)) return;
  page.toggleAttribute("data-offline", !online);
  showState(client.snapshot.state);
}

function hearPulse({ left, viewers }) {
  state.left = left;
  page.querySelector("[data-room-watched]").hidden = false;
  roll(page.querySelector("[data-room-viewers]"), viewers);
  pins.render({ snapshot: client.snapshot, left, now: client.now() });
}

function hearChat(payload) {
  talk.hear(payload);
  if (!payload.rules) return;
  state.rules = payload.rules;
  showState(client.snapshot.state);
}

// A write the buyer began; without a number it waits until one is given.
function write(kind, body) {
  if (!state.known) outbox.hold();
  else saySending();
  outbox.add(kind, body);
  if (!state.known) who.ask();
}

function saySending() {
  if (client.online) tell(words.sending, "info");
  else tell(words.queued, "wait");
}

// A sheet hides the page behind it, so its own line speaks while it is open.
function tell(text, kind) {
  (mine.isOpen ? ownTold : told).say(text, kind);
}

function goOn() {
  state.known = true;
  saySending();
  client.signInAgain();
  outbox.release();
}

function giveUp() {
  for (const entry of [...outbox.entries]) outbox.forget(entry);
  told.clear();
}

function hearAnswer({ kind, body }, ack) {
  if (!ack.ok && ack.error.code === "login_required") {
    state.known = false;
    who.ask();
    return;
  }
  if (!ack.ok && kind === "comment") giveBack(body.text);
  const answer = ack.ok ? readAnswer(kind, body, ack) : errorTold(ack.error);
  if (answer) tell(...answer);
  else told.clear();
}

// What was not taken may be said again: it goes back into the field if nothing else stands there.
function giveBack(text) {
  const word = page.querySelector("[data-write] input[name=text]");
  if (!word.value) word.value = text;
}

function readAnswer(kind, body, ack) {
  const nowMs = client.now();
  if (kind === "change") return changeTold(words, ack);
  if (kind === "comment") return commentTold(words, ack, nowMs);
  state.left = { ...state.left, [body.code]: ack.left };
  pins.startAnew();
  if (ack.held) pins.fly(page.querySelector("[data-mine]"));
  render();
  return claimTold(words, ack, { code: body.code, asked: body.qty, nowMs });
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-pin-card]")) {
    event.preventDefault();
    write("claim", { code: pins.code, qty: Number(form.elements.packs.value) });
  } else if (form.matches("[data-write]")) {
    event.preventDefault();
    write("comment", { text: form.elements.text.value });
    form.reset();
  }
});
page.addEventListener("input", () => pins.relabel());
document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (!closer) return;
  event.preventDefault();
  closer.closest("dialog").close();
});

// Holds run down and flash prices begin without a word from the server.
setInterval(render, TICK_MS);
setInterval(() => pins.tick(client.now()), SECOND_MS);
render();
page.dataset.ready = "";
outbox.flush();
video.start(facts.video);
