// The right to send: asked from the market, renewed before it ends. The market's own clock counts, not the phone's.
import { newClientId } from "../../core/frontend/_client_id.js";

const SPARE_MS = 60_000;
const AGAIN_MS = 5000;
const SHELF = "camera-publisher";

// This page of this device; loaded again it is the same one.
function publisherOf(shelf) {
  if (!shelf.getItem(SHELF)) shelf.setItem(SHELF, newClientId());
  return shelf.getItem(SHELF);
}

export class Grant {
  constructor(session, { ask = (...asked) => fetch(...asked), shelf = sessionStorage } = {}) {
    this.address = `/api/v1/live/${session}/video/publish`;
    Object.assign(this, { ask, publisher: publisherOf(shelf), mode: "picture" });
    [this.skewMs, this.triedMs, this.untilMs] = [0, 0, 0];
  }

  now() {
    return Date.now() + this.skewMs;
  }

  // Returns "" when it was given, "away" without an answer, else the market's code; `detail` has its words.
  async renew({ takeOver = false } = {}) {
    this.triedMs = Date.now();
    const body = { publisher: this.publisher, mode: this.mode, take_over: takeOver };
    try {
      const answer = await this.ask(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      return this.#read(answer, await answer.json());
    } catch {
      return "away";
    }
  }

  // Called often: asks once the time is nearly over. What is refused then is heard when a chunk is.
  renewSoon() {
    if (this.untilMs - this.now() < SPARE_MS && Date.now() - this.triedMs > AGAIN_MS) this.renew();
  }

  #read(answer, told) {
    this.detail = told.detail ?? "";
    if (!answer.ok) return answer.status >= 500 ? "away" : told.code;
    [this.url, this.token, this.untilMs] = [told.url, told.token, Date.parse(told.until)];
    this.skewMs = Date.parse(told.server_time) - Date.now();
    return "";
  }
}
