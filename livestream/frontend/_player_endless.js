// One endless MP4 over fetch into a SourceBuffer. Each answer gets a place of its own behind what was there, so
// that another picture size, or the return after an outage, needs no new source and nothing flashes black.
import { begin, Unplayable, wait } from "./_player_parts.js";

const BEHIND_S = 4; // further behind the newest picture: jump
const [NEAR_S, FAR_S, STEP_S] = [0.7, 1.5, 0.3]; // how near we stay, how far at most, and by which steps
const OUTAGE_MS = 2000; // a longer stop is no unsteady line but one that was cut: staying back would not have helped
const CALM_MS = 30_000; // without a stop, we dare a step nearer
const FASTER = 1.08; // nobody hears it, and a second is won in a quarter of a minute
const [HURRY_S, HURRY] = [0.8, 1.25]; // after an outage: speech is understood, three seconds are won in twelve
const [KEPT_S, TRIM_S] = [20, 5];
const QUIET_MS = 6000; // the engine says after 4 s that the host is away; longer silence is our own line
const RETURN_MS = 2000;
const WORKED_MS = 2000;

// iPhones have only the managed one, which needs to know that the picture goes to no other screen.
export function sourceKind() {
  return globalThis.ManagedMediaSource ?? globalThis.MediaSource;
}

export class Endless {
  constructor(video, { url, told, signal }) {
    Object.assign(this, { video, url, told, signal });
    this.#setNear(NEAR_S);
    this.shown = this.failing = false;
    this.sending = true;
    video.addEventListener("playing", () => this.#flows(), { signal });
    video.addEventListener("waiting", () => this.#ranDry(), { signal });
  }

  // Until the signal: ask, play, ask again. Rejects with Unplayable when this browser cannot read it.
  async run() {
    for (let tries = 0; !this.signal.aborted; tries++) {
      const began = performance.now();
      try {
        await this.#once();
      } catch (error) {
        if (error instanceof Unplayable) throw error;
        this.failing = true;
        if (this.video.readyState < 3) this.told("away");
      }
      if (performance.now() - began > WORKED_MS) tries = 0;
      await wait(tries, this.signal);
    }
  }

  // While nothing is sent, silence is no fault of the line; afterwards it may have died unnoticed.
  expect(isSending) {
    if (isSending && !this.sending) this.heard = performance.now() - QUIET_MS + RETURN_MS;
    this.sending = isSending;
  }

  async #once() {
    const asked = new AbortController();
    const end = () => asked.abort();
    this.signal.addEventListener("abort", end);
    this.heard = performance.now();
    const watch = setInterval(() => this.#isDead() && end(), 500);
    try {
      const answer = await fetch(this.url, { signal: asked.signal, cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      await this.#room(answer.headers.get("Content-Type"));
      await this.#taken(answer.body.getReader());
    } finally {
      clearInterval(watch);
      end();
      this.signal.removeEventListener("abort", end);
    }
  }

  #isDead() {
    return this.sending && performance.now() - this.heard > QUIET_MS;
  }

  async #taken(reader) {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.signal.aborted) return;
      this.heard = performance.now();
      this.failing = false;
      await this.#changed(() => this.buffer.appendBuffer(value));
      this.#keepUp();
      await this.#trim();
    }
  }

  // A place for an answer of this type: behind what the source holds, or in a new source.
  async #room(type) {
    if (!sourceKind().isTypeSupported(type)) throw new Unplayable(type);
    if (this.source?.readyState !== "open" || this.video.error || this.broken) return this.#open(type);
    this.buffer.abort();
    if (type !== this.type) this.buffer.changeType(type);
    const { buffered } = this.buffer;
    if (buffered.length) this.buffer.timestampOffset = buffered.end(buffered.length - 1) + 1;
    this.type = type;
  }

  async #open(type) {
    const source = new (sourceKind())();
    this.shown = this.broken = false;
    this.video.disableRemotePlayback = true;
    const address = URL.createObjectURL(source);
    const opened = new Promise((done) => source.addEventListener("sourceopen", done, { once: true }));
    this.video.src = address;
    await opened;
    URL.revokeObjectURL(address);
    Object.assign(this, { source, type, buffer: source.addSourceBuffer(type) });
  }

  async #changed(work) {
    const { buffer } = this;
    try {
      await new Promise((done, failed) => {
        buffer.onupdateend = done;
        buffer.onerror = failed;
        work();
      });
    } catch (error) {
      this.broken = true; // what cannot be read is left behind with its source
      throw error;
    }
  }

  #keepUp() {
    const { buffered } = this.video;
    if (!buffered.length) return;
    const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
    const behind = end - this.video.currentTime;
    const mayBe = this.shown ? BEHIND_S : this.near + STEP_S;
    if (behind > mayBe || this.video.currentTime < start) this.video.currentTime = Math.max(end - this.near, start);
    if (behind > this.near + HURRY_S) this.video.playbackRate = HURRY;
    else if (behind > this.near + STEP_S) this.video.playbackRate = FASTER;
    else if (behind < this.near) this.video.playbackRate = 1;
    if (performance.now() - this.dry > CALM_MS) this.#setNear(this.near - STEP_S);
    if (this.video.paused && !document.hidden) begin(this.video, this.told);
  }

  #ranDry() {
    if (!this.shown || this.video.seeking) return;
    this.dried ??= performance.now();
    this.told(this.failing ? "away" : "waiting");
  }

  // Each time the buffer ran dry we stay a little further behind: fewer stops are worth more than a moment.
  #flows() {
    this.shown = true;
    if (performance.now() - this.dried < OUTAGE_MS) this.#setNear(this.near + STEP_S);
    this.dried = undefined;
  }

  #setNear(seconds) {
    this.near = Math.min(Math.max(seconds, NEAR_S), FAR_S);
    this.dry = performance.now();
  }

  async #trim() {
    const { buffered } = this.buffer;
    const old = this.video.currentTime - KEPT_S;
    if (buffered.length && buffered.start(0) < old - TRIM_S) await this.#changed(() => this.buffer.remove(0, old));
  }
}
