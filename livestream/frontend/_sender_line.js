// Chunks on their way to the engine: numbered when they are cut, kept until they are answered, sent again as often
// as it takes. Several are in the air at once; the engine puts them in order. A later run waits for the one before.
import { backOffMs } from "./_sender_rules.js";

const WIDTH = 4; // a round trip of 800 ms still carries five slices a second
const MOST_JOINED = 5;
const MOST_BYTES = 128 * 1024;
const SILENT_MS = 4000;
const [ANSWER_MS, BYTES_PER_MS] = [5000, 8]; // 64 kbit/s: slower than that and nothing we send would arrive

const inTime = (act, ms) => setTimeout(act, ms);

export class Line {
  // `put(chunk, timeoutMs)` answers {ok, code, next} or rejects when nothing can be known;
  // `refused(chunk, answer)` decides: the line stands until `resume` or `drop` is called.
  constructor({ put, refused, landed = () => {}, now = Date.now, later = inTime, random = Math.random }) {
    Object.assign(this, { put, refused, landed, now, later, random });
    this.clear();
    this.sentBytes = 0;
    this.failures = 0;
    this.flying = 0;
  }

  // One slice of run `run`, with whatever the engine is told about it.
  add(slice) {
    this.slices.push({ ...slice, atMs: this.now() });
    if (!this.chunks.length) this.heardMs = this.now();
    this.#pump();
  }

  // How old the oldest is that nobody has answered for.
  get behindMs() {
    const oldest = this.chunks[0] ?? this.slices[0];
    return oldest ? this.now() - oldest.atMs : 0;
  }

  get isLost() {
    return this.failures > 0 || (this.chunks.length > 0 && this.now() - this.heardMs > SILENT_MS);
  }

  get isEmpty() {
    return !this.chunks.length && !this.slices.length;
  }

  // Nothing of the runs before `run` is wanted any more; all of it when none is named.
  drop(run = Number.POSITIVE_INFINITY) {
    this.chunks = this.chunks.filter((chunk) => chunk.run >= run);
    this.slices = this.slices.filter((slice) => slice.run >= run);
    this.resume();
  }

  clear() {
    this.chunks = [];
    this.slices = [];
    this.cut = { run: -1, number: 0 };
    this.isHeld = false;
    this.heardMs = 0;
  }

  resume() {
    this.isHeld = false;
    this.#pump();
  }

  // The net is said to be back: no need to wait for the next try.
  hurry() {
    this.isWaiting = false;
    this.#pump();
  }

  #pump() {
    const width = this.failures ? 1 : WIDTH;
    while (!this.isHeld && !this.isWaiting && this.flying < width) {
      const chunk = this.#next();
      if (!chunk) return;
      this.#send(chunk);
    }
  }

  #next() {
    const run = (this.chunks[0] ?? this.slices[0])?.run;
    const again = this.chunks.find((chunk) => !chunk.isFlying && chunk.run === run);
    return again ?? (this.slices[0]?.run === run ? this.#cutOne() : undefined);
  }

  // What waits already is joined: less to ask for on a long way. Its number is its own from here on.
  #cutOne() {
    const [first] = this.slices;
    if (!first) return undefined;
    let [count, bytes] = [0, 0];
    for (const { run, data } of this.slices) {
      if (run !== first.run || count === MOST_JOINED || (count && bytes + data.size > MOST_BYTES)) break;
      [count, bytes] = [count + 1, bytes + data.size];
    }
    const parts = this.slices.splice(0, count).map(({ data }) => data);
    const number = this.cut.run === first.run ? this.cut.number + 1 : 0;
    this.cut = { run: first.run, number };
    const chunk = { ...first, number, bytes, data: count > 1 ? new Blob(parts) : parts[0] };
    this.chunks.push(chunk);
    return chunk;
  }

  async #send(chunk) {
    chunk.isFlying = true;
    chunk.floor = this.chunks[0].number; // all below was answered for: an engine that lacks it has lost it
    this.flying += 1;
    const timeoutMs = (ANSWER_MS + chunk.bytes / BYTES_PER_MS) * (1 + this.failures);
    const answer = await this.put(chunk, timeoutMs).catch(() => null);
    this.flying -= 1;
    chunk.isFlying = false;
    if (!answer) this.#wait();
    else this.#heard(chunk, answer);
    this.#pump();
  }

  #heard(chunk, answer) {
    this.failures = 0;
    this.isWaiting = false;
    this.heardMs = this.now();
    if (!this.chunks.includes(chunk)) return;
    if (!answer.ok) {
      this.isHeld = true;
      this.refused(chunk, answer);
      return;
    }
    this.chunks.splice(this.chunks.indexOf(chunk), 1);
    this.sentBytes += chunk.bytes;
    this.landed(chunk, answer);
  }

  // The failures of what was in the air together count once.
  #wait() {
    if (this.isWaiting) return;
    this.failures += 1;
    this.isWaiting = true;
    const { failures } = this;
    this.later(() => failures === this.failures && this.hurry(), backOffMs(failures, this.random));
  }
}
