// What is said and who claimed what: two lists on a phone behind two tabs, one above the other on a desk.
import { exactClock } from "./_goods.js";
import { fill } from "../../core/frontend/_say.js";

const MOST_LINES = 200;
const NEAR_PX = 80;

export class Talk {
  constructor(root, words) {
    this.panel = root.querySelector("[data-tab]");
    this.said = root.querySelector("[data-said]");
    this.list = root.querySelector("[data-claims]");
    this.count = root.querySelector("[data-room-count]");
    this.words = words;
    this.known = new Set();
    root.querySelector("[role=tablist]").addEventListener("click", (event) => this.#turnTo(event));
    this.said.scrollTop = this.said.scrollHeight;
  }

  // Chat may be dropped and comes twice when two pages of one buyer speak: a comment is shown once.
  // `gone` names lines that staff took out of sight.
  hear({ list, gone = [] }) {
    for (const line of list) {
      if (this.known.has(line.comment)) continue;
      this.known.add(line.comment);
      const said = line.staff
        ? this.add(this.words.seller, line.text, "chat-host")
        : this.add(line.name_masked, line.text);
      said.dataset.comment = line.comment;
    }
    for (const comment of gone) this.said.querySelector(`[data-comment="${comment}"]`)?.remove();
  }

  // Claims from the log are talk too: a room is lively when one sees others buy.
  hearClaims(events) {
    for (const event of events) {
      if (event.type !== "claims") continue;
      for (const [, name, code, held, waiting] of event.data) {
        const words = held ? this.words.claimed_line : this.words.waits_line;
        this.add(name, fill(words, { packs: held || waiting, code }), "chat-claim");
      }
    }
  }

  add(name, text, kind = "") {
    const atEnd = this.said.scrollHeight - this.said.scrollTop - this.said.clientHeight < NEAR_PX;
    const line = document.createElement("p");
    line.className = `chat-line ${kind}`;
    const who = document.createElement("b");
    who.textContent = name;
    line.append(who, ` ${text}`);
    this.said.append(line);
    while (this.said.childElementCount > MOST_LINES) this.said.firstElementChild.remove();
    if (atEnd) this.said.scrollTop = this.said.scrollHeight;
    return line;
  }

  // `mine`: the numbers of this buyer's claims.
  renderClaims(snapshot, mine) {
    this.count.textContent = snapshot.counters.claims;
    this.list.replaceChildren(...[...snapshot.claims].reverse().map((line) => this.#row(line, mine)));
  }

  #row([number, name, code, held, waiting, status, at], mine) {
    const row = document.createElement("tr");
    if (mine.has(number)) row.dataset.own = "";
    const time = document.createElement("time");
    time.dateTime = at;
    time.textContent = exactClock(at);
    const cells = [number, name, code, held || "–", waiting || "–", this.words.status[status] ?? status];
    row.append(...cells.map(cell));
    row.children[1].append(document.createElement("br"), time);
    return row;
  }

  #turnTo(event) {
    const tab = event.target.closest("[data-tab-to]");
    if (!tab) return;
    this.panel.dataset.tab = tab.dataset.tabTo;
    for (const one of this.panel.querySelectorAll("[data-tab-to]")) {
      one.setAttribute("aria-selected", String(one === tab));
    }
  }
}

function cell(text) {
  const data = document.createElement("td");
  data.textContent = text;
  return data;
}
