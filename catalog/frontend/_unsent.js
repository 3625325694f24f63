// What was counted or sold at the shelf, kept on the phone until the market has answered it.
//
// Each entry gets its client id here, once, and is sent under it until an answer comes, so that it counts
// once however often the line breaks. What is refused stays on the list with the reason: nothing vanishes
// but by the hand of who made it. The list is read from the phone's storage before every change, because
// a second tab may have changed it.
import { newClientId } from "../../core/frontend/_client_id.js";

const FIRST_PAUSE_MS = 4000;
const LONGEST_PAUSE_MS = 60_000;
const COMES_BACK = (status) => status === 0 || status === 408 || status === 429 || status >= 500;

export class Unsent {
  // `send(entry)` answers {status, body}, status 0 when nothing can be known; `shelf` is a Storage;
  // `settled(entry, body)` hears what was taken, `changed()` that the list is another.
  constructor({ shelf, name, send, settled, changed, wait = (again, ms) => setTimeout(again, ms) }) {
    Object.assign(this, { shelf, name, send, settled, changed, wait });
    this.busy = false;
    this.pause = FIRST_PAUSE_MS;
    this.signedOut = false;
  }

  get entries() {
    return JSON.parse(this.shelf.getItem(this.name) || "[]");
  }

  // `note` is what the list shows of it; throws when the phone keeps nothing (full, or forbidden).
  add(path, body, note) {
    const entry = { path, body: { ...body, client_id: newClientId() }, note, at: Date.now(), state: "waiting" };
    this.#keep([...this.entries, entry]);
    this.flush();
    return entry;
  }

  // What the phone must ask a person before it can go on; `note` holds the question.
  ask(note) {
    const entry = { body: { client_id: newClientId() }, note, at: Date.now(), state: "asks" };
    this.#keep([...this.entries, entry]);
  }

  // Try again what was refused, under the same id: it was never taken.
  again(id) {
    this.#change(id, { state: "waiting", problem: undefined });
    this.flush();
  }

  forget(id) {
    this.#keep(this.entries.filter((one) => one.body.client_id !== id));
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    let pause = 0;
    while (!pause) {
      const entry = this.entries.find((one) => one.state === "waiting");
      if (!entry) break;
      pause = await this.#sendOne(entry);
    }
    this.busy = false;
    if (pause) this.wait(() => this.flush(), pause);
  }

  // Returns how long to wait before going on, 0 for not at all.
  async #sendOne(entry) {
    const { status, body } = await this.send(entry);
    this.signedOut = status === 401;
    if (COMES_BACK(status) || this.signedOut) {
      this.changed();
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
      return body?.retry_after_ms || this.pause / 2;
    }
    this.pause = FIRST_PAUSE_MS;
    if (status >= 200 && status < 300) {
      this.forget(entry.body.client_id);
      this.settled(entry, body);
    } else {
      this.#change(entry.body.client_id, { state: "refused", problem: body });
    }
    return 0;
  }

  #change(id, more) {
    this.#keep(this.entries.map((one) => (one.body.client_id === id ? { ...one, ...more } : one)));
  }

  #keep(entries) {
    this.shelf.setItem(this.name, JSON.stringify(entries));
    this.changed();
  }
}

// One write over the wire; what is no answer of ours (no network, a hotel's sign-in page) counts as none.
export async function post({ path, body }) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const told = await answer.json();
    return { status: answer.redirected ? 0 : answer.status, body: told };
  } catch {
    return { status: 0, body: null };
  }
}
