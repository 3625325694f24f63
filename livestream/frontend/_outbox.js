// What a buyer pressed, kept until the market has answered. Each write gets its id here, once: sent again
// after a lost connection it is the same write, and the server gives the same answer.
import { newClientId } from "../../core/frontend/_client_id.js";

const AGAIN_MS = 3000;
const KEPT_MS = 10 * 60_000;
const COME_BACK = new Set(["busy", "too_fast", "read_only"]);

export class Outbox {
  // `send(kind, body)` answers an ack or rejects when nothing can be known; `answered(entry, ack)` hears
  // it; `shelf` is a Storage, so that a reload loses nothing.
  constructor({ send, answered, shelf, name, wait = (again, ms) => setTimeout(again, ms) }) {
    Object.assign(this, { send, answered, shelf, name, wait });
    this.entries = this.#restore();
    this.busy = false;
    this.held = false;
  }

  add(kind, body) {
    const entry = { kind, body: { ...body, client_id: newClientId() }, at: Date.now() };
    this.entries.push(entry);
    this.#keep();
    this.flush();
    return entry;
  }

  forget(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    this.#keep();
  }

  // Nothing is sent until `release`: the buyer is asked for a number first.
  hold() {
    this.held = true;
  }

  release() {
    this.held = false;
    this.flush();
  }

  async flush() {
    if (this.busy || this.held || !this.entries.length) return;
    this.busy = true;
    const pause = await this.#sendFirst(this.entries[0]);
    this.busy = false;
    if (pause) this.wait(() => this.flush(), pause);
    else this.flush();
  }

  // Returns how long to wait before going on, 0 for not at all.
  async #sendFirst(entry) {
    let ack;
    try {
      ack = await this.send(entry.kind, entry.body);
    } catch {
      return AGAIN_MS;
    }
    const code = ack.ok ? "" : ack.error.code;
    // Slow mode is the room's rule, not a full road: an order behind must not wait for talk.
    if (COME_BACK.has(code) && !ack.error.slow_s) return ack.error.retry_after_ms || AGAIN_MS;
    if (code === "login_required") this.hold();
    else this.forget(entry);
    this.answered(entry, ack);
    return 0;
  }

  #restore() {
    const kept = JSON.parse(this.shelf.getItem(this.name) || "[]");
    return kept.filter((entry) => entry.at > Date.now() - KEPT_MS);
  }

  #keep() {
    this.shelf.setItem(this.name, JSON.stringify(this.entries));
  }
}
