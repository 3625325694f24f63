// What was counted or sold at the shelf, kept on the phone until the market has answered it.
//
// Each entry gets its client id here, once, and is sent under it until an answer comes, so that it counts
// once however often the line breaks, whichever tab sends it. What is refused stays on the list with the
// reason: nothing vanishes but by the hand of who made it. The list is read from the phone before every
// step, because a second tab may have changed it.
import { newClientId } from "./_client_id.js";

const FIRST_PAUSE_MS = 4000;
const LONGEST_PAUSE_MS = 60_000;
const COMES_BACK = (status) => status === 0 || status === 408 || status === 429 || status >= 500;

export class Unsent {
  // `who` is the person whose list it is; `send(entry)` answers {status, body}, status 0 when nothing can be
  // known; `asked(entry, body)` is what an answer makes a person be asked; `settled(entry, body)` hears what
  // was taken, `changed()` that the list is another; `alone(work)` keeps other tabs out meanwhile.
  constructor({ shelf, who, send, asked = () => [], settled, changed, alone = (work) => work(), wait = (again, ms) => setTimeout(again, ms) }) {
    Object.assign(this, { shelf, who, send, asked, settled, changed, alone, wait });
    this.entries = [];
    this.busy = false;
    this.more = false;
    this.pause = FIRST_PAUSE_MS;
    this.signedOut = false;
  }

  of(kind) {
    return this.entries.filter((one) => one.kind === kind);
  }

  async load() {
    const all = await this.shelf.all();
    this.entries = all.filter((one) => one.who === this.who).sort((one, other) => one.at - other.at);
    this.changed();
  }

  // Each of `writes` is {kind, page, path, body, note}; `note` is what the list shows of it. All are kept or
  // none: rejects when the phone keeps nothing. Resolves before anything is sent.
  async add(writes) {
    const at = Date.now();
    const entries = writes.map((one) => {
      const id = newClientId();
      return { ...one, id, who: this.who, body: { ...one.body, client_id: id }, at, state: "waiting" };
    });
    await this.shelf.put(entries);
    await this.load();
    this.flush();
    return entries;
  }

  // Try again what was refused, under the same id: it was never taken.
  async again(id) {
    const entry = this.entries.find((one) => one.id === id);
    await this.#become(id, [{ ...entry, state: "waiting", problem: undefined }]);
    this.flush();
  }

  // Send `write` instead of the question `id`.
  async answer(id, write) {
    await this.add([write]);
    await this.forget(id);
  }

  forget(id) {
    return this.#become(id, []);
  }

  async flush() {
    this.more = true;
    if (this.busy) return;
    this.busy = true;
    let pause = 0;
    try {
      while (this.more && !pause) {
        this.more = false;
        pause = await this.alone(() => this.#sendAll());
      }
    } catch {
      pause = LONGEST_PAUSE_MS; // the phone's own book would not open
    }
    this.busy = false;
    if (pause) this.wait(() => this.flush(), pause);
  }

  async #sendAll() {
    for (;;) {
      await this.load();
      const entry = this.entries.find((one) => one.state === "waiting");
      if (!entry) return 0;
      const pause = await this.#sendOne(entry);
      if (pause) return pause;
    }
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
    const taken = status >= 200 && status < 300;
    const next = taken ? this.#questions(entry, body) : [{ ...entry, state: "refused", problem: body }];
    if ((await this.#become(entry.id, next)) && taken) this.settled(entry, body);
    return 0;
  }

  // Another tab may ask the same at the same time: one name, one question.
  #questions(entry, body) {
    const { kind, page, who, id } = entry;
    return this.asked(entry, body).map((note) => ({ id: `${id}:${note.lot}`, kind, page, who, note, at: Date.now(), state: "asks" }));
  }

  async #become(id, records) {
    const done = await this.shelf.replace(id, records);
    await this.load();
    return done;
  }
}

const PATIENCE_MS = 20_000;

// One write over the wire; what is no answer of ours (no network, a hotel's sign-in page) counts as none.
export async function post({ path, body }) {
  const given = new AbortController(); // AbortSignal.timeout is younger than the phones this is for
  const clock = setTimeout(() => given.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: given.signal,
    });
    const told = await answer.json();
    return { status: answer.redirected ? 0 : answer.status, body: told };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(clock);
  }
}
