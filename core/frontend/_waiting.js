// What this person's phone still has to send, sent from whichever desk page is open and said in one place.
//
// Refuses to send for anybody but who is signed in on this page: client ids belong to a person.
import { fill, readFacts } from "./_say.js";
import { questionsOf } from "./_settled.js";
import { shelf } from "./_shelf.js";
import { post, Unsent } from "./_unsent.js";

const TURN = "desk-unsent";
const LONGEST_TURN_MS = 60_000;
const tabs = window.BroadcastChannel ? new BroadcastChannel(TURN) : null;

// One tab sends at a time where the browser can say so; where it cannot, the server answers a repeat alike.
async function alone(work) {
  if (!navigator.locks) return work();
  const given = new AbortController();
  const clock = setTimeout(() => given.abort(), LONGEST_TURN_MS);
  try {
    return await navigator.locks.request(TURN, { signal: given.signal }, () => {
      clearTimeout(clock);
      return work();
    });
  } catch (problem) {
    if (problem.name === "AbortError") return work(); // another tab was put to sleep in the middle
    throw problem;
  }
}

// `own` is the kind of entry the page lists itself; `settled(entry, answer)` and `changed(unsent)` are the page's.
export function openWaiting({ own = "", settled = () => {}, changed = () => {} } = {}) {
  const { who, words } = readFacts("waiting-facts");
  const unsent = new Unsent({
    shelf,
    who,
    send: post,
    alone,
    asked: questionsOf,
    settled: (entry, answer) => {
      tabs?.postMessage({ entry, answer });
      settled(entry, answer);
    },
    changed: () => {
      say(unsent, own, words);
      changed(unsent);
    },
  });
  const look = () => unsent.flush();
  for (const name of ["online", "offline"]) window.addEventListener(name, look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  if (tabs) {
    tabs.onmessage = async ({ data: { entry, answer } }) => {
      if (entry.who !== who) return;
      await unsent.load();
      settled(entry, answer);
    };
  }
  look();
  return unsent;
}

function say(unsent, own, words) {
  const place = document.querySelector("[data-waiting]");
  const others = unsent.entries.filter((one) => one.kind !== own);
  place.hidden = !others.length;
  const waiting = others.filter((one) => one.state === "waiting");
  const stuck = others.filter((one) => one.state !== "waiting");
  const sorts = [...new Set(waiting.map(sortOf))];
  const rows = sorts.flatMap((sort) => waitingRow(waiting.filter((one) => sortOf(one) === sort), words[sort] || words.other, words));
  if (unsent.signedOut) rows.unshift(line(words.signed_out, "bad"));
  place.replaceChildren(...rows, ...stuck.map((one) => stuckRow(one, words)));
}

// `sales:<point>` is one of the sales; what has no words of its own is told as any other work.
const sortOf = ({ kind }) => kind.split(":")[0];

function waitingRow(entries, sentence, words) {
  if (!entries.length) return [];
  const told = `${fill(sentence, { n: entries.length })} ${navigator.onLine ? words.sending : words.offline}`;
  return [line(told, "wait", entries[0].page, words)];
}

// Why it did not go into the book, and the page where something can be done about it.
function stuckRow(entry, words) {
  const sort = sortOf(entry);
  if (entry.state === "asks") return line(fill(words.asks, { name: entry.note.name }), "bad", entry.page, words);
  return line(fill(words[`${sort}_refused`] || words.other_refused, { why: entry.problem?.message || "" }).trim(), "bad", entry.page, words);
}

function line(text, mood, page, words) {
  const row = document.createElement("p");
  row.className = `status status-${mood} waiting-row`;
  const said = document.createElement("span");
  said.textContent = text;
  row.append(said);
  if (page) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = words.see;
    row.append(link);
  }
  return row;
}
