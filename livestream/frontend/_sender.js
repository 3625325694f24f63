// The camera as a live stream: one recorder after another, each a run of its own, their slices put into the line.
// A smaller picture, an outage too long to make good and an engine that forgot all begin a new run.
import { Line } from "./_sender_line.js";
import { chunkPath, KEPT_MS, kindFor, Ladder, RUNGS, recorderOptions, SLICE_MS, weather } from "./_sender_rules.js";

const LOOK_MS = 500;
const LAST_MS = 3000;
const [MOST_NEW_RUNS, NEW_RUNS_MS] = [6, 30_000];
const AGAIN = new Set([400, 404, 408, 429]); // cut off on the way, an engine that starts, too slow, too fast
const FINAL = new Set(["closed", "ended", "taken_over"]);
const BAD_GRANT = new Set(["expired", "signature", "form", "stream"]);

export class Sender {
  // `grant` says where to and with what right (`_sender_grant.js`); `resize(rung)` makes the camera's picture that
  // large; `told({kind, …})` hears "status", "rung", "not_enough", "joined" and "over" with its code.
  constructor({ grant, resize, told, Recorder = globalThis.MediaRecorder }) {
    Object.assign(this, { grant, resize, told, Recorder });
    this.ladder = new Ladder();
    this.line = new Line({
      put: (chunk, timeoutMs) => this.#put(chunk, timeoutMs),
      refused: (chunk, answer) => this.#refused(chunk, answer),
      landed: (chunk, answer) => this.#landed(chunk, answer),
    });
    [this.run, this.newRuns, this.isOn, this.isUnrecorded] = [-1, [], false, false];
    this.online = () => this.line.hurry();
  }

  get rung() {
    return RUNGS[this.ladder.rung];
  }

  get status() {
    const { behindMs, isLost } = this.line;
    const { startedMs, hasPicture, isUnrecorded } = this;
    const line = { weather: weather({ behindMs, isLost }), heldMs: behindMs };
    return { ...line, rung: this.ladder.rung, startedMs, hasPicture, isUnrecorded };
  }

  // Begins with `stream`, with its picture or its sound alone; a start while sending changes to that.
  async start(stream, { hasPicture }) {
    Object.assign(this, { stream, hasPicture });
    if (this.isOn) return this.change();
    [this.isOn, this.startedMs, this.newRuns] = [true, Date.now(), []];
    this.timer = setInterval(() => this.#look(), LOOK_MS);
    addEventListener("online", this.online);
    if (hasPicture) await this.resize(this.rung);
    this.#record();
  }

  // Another recording of what the stream is now (another camera, another size); nothing in the line is lost.
  async change() {
    if (!this.isOn || this.isChanging) return;
    this.isChanging = true;
    await this.#recorded();
    if (this.isOn && this.hasPicture) await this.resize(this.rung);
    this.isChanging = false;
    if (this.isOn) this.#record();
  }

  // Ends after what was recorded is sent, or a little later without it.
  async stop() {
    if (!this.isOn) return;
    this.#off();
    await this.#recorded();
    const until = Date.now() + LAST_MS;
    while (!this.line.isEmpty && !this.line.isHeld && Date.now() < until) await new Promise((done) => setTimeout(done, 100));
    this.line.clear();
  }

  #off() {
    this.isOn = false;
    clearInterval(this.timer);
    removeEventListener("online", this.online);
  }

  #record() {
    const kind = kindFor((mime) => this.Recorder.isTypeSupported(mime), this.hasPicture);
    const hasSound = this.stream.getAudioTracks().length > 0;
    const tracks = this.hasPicture ? this.stream.getTracks() : this.stream.getAudioTracks();
    this.run = Math.max(this.run + 1, Math.floor(this.grant.now() / 1000)); // above any other phone's before
    const { run } = this;
    const recorder = new this.Recorder(new MediaStream(tracks), recorderOptions(kind, this.rung));
    recorder.addEventListener("dataavailable", ({ data }) => this.#slice({ run, data, kind, hasSound }));
    recorder.addEventListener("error", () => this.#join());
    recorder.start(SLICE_MS);
    this.recorder = recorder;
  }

  #slice(slice) {
    if (!slice.data.size || slice.run < this.unwanted) return;
    this.line.add(slice);
    this.#look();
  }

  // The recorder gives its last slice before it says that it stopped.
  #recorded() {
    const { recorder } = this;
    if (!recorder || recorder.state === "inactive") return Promise.resolve();
    return new Promise((done) => {
      recorder.addEventListener("stop", done, { once: true });
      recorder.stop();
    });
  }

  #look() {
    if (!this.isOn) return;
    this.told({ kind: "status", ...this.status });
    const { behindMs, isLost } = this.line;
    this.grant.renewSoon();
    if (behindMs > KEPT_MS) this.#join();
    if (!this.hasPicture || this.isChanging) return;
    const way = this.ladder.look(Date.now(), { behindMs, isLost });
    if (way === "not_enough") this.told({ kind: "not_enough" });
    else if (way) this.told({ kind: "rung", way, rung: this.ladder.rung }, this.change());
  }

  // What is kept cannot be used any more: a new recording joins where the net is now.
  #join() {
    if (!this.isOn || this.isChanging) return;
    const now = Date.now();
    this.newRuns = [...this.newRuns.filter((atMs) => now - atMs < NEW_RUNS_MS), now];
    if (this.newRuns.length > MOST_NEW_RUNS) return this.#over("refused");
    this.told({ kind: "joined", lostMs: this.line.behindMs });
    this.unwanted = this.run + 1;
    this.line.clear();
    this.change();
  }

  async #put(chunk, timeoutMs) {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), timeoutMs);
    try {
      const answer = await fetch(`${this.grant.url}${chunkPath(chunk)}`, {
        method: "PUT",
        headers: { Authorization: `Bearer ${this.grant.token}` },
        body: chunk.data,
        signal: given.signal,
      });
      if (AGAIN.has(answer.status) || answer.status >= 500) return null;
      return { ok: answer.ok, ...(await answer.json()) };
    } finally {
      clearTimeout(timer);
    }
  }

  // The disk of the engine may be full: what is shown is then not kept, and the host is told so.
  #landed(chunk, { next, unrecorded }) {
    this.isUnrecorded = Boolean(unrecorded);
    if (next < chunk.floor) this.#join();
  }

  async #refused(chunk, { code }) {
    if (FINAL.has(code)) return this.#over(code);
    if (BAD_GRANT.has(code)) return this.#renewed(code);
    if (chunk.run < this.run) return this.line.drop(chunk.run + 1); // its time is over
    this.#join();
  }

  async #renewed(code) {
    const refusal = await this.grant.renew();
    if (!refusal && (code === "expired" || !this.isDoubted)) {
      this.isDoubted = code !== "expired";
      return this.line.resume();
    }
    this.#over(refusal || code);
  }

  #over(code) {
    if (!this.isOn) return;
    this.unwanted = this.run + 1;
    this.#off();
    this.#recorded();
    this.line.clear();
    this.told({ kind: "over", code });
  }
}
