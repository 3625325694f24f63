// What a phone records and sends, and when that becomes less or more: rules without a browser.
export const SLICE_MS = 200;
export const QUEUE_MS = 1500; // older than that in the queue: a smaller picture
export const KEPT_MS = 30_000; // older than that: given up, a new recording joins
const SECOND_MS = 1000;
const SETTLE_MS = 5000; // what the run before left in the queue goes first
const CALM_MS = 800;
const RISE_MS = 60_000;
const LONGEST_RISE_MS = 8 * RISE_MS;
const NEEDED_GAIN_MS = 250; // a queue that shrinks by less each second never comes to its end
const NOT_ENOUGH_MS = 6000;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [400, 5000];

// `long` and `short` sides in px; what the widest nets and the weakest that still show a face can carry.
export const RUNGS = [
  { long: 1280, short: 720, bits: 1_500_000, rate: 30 },
  { long: 960, short: 540, bits: 900_000, rate: 30 },
  { long: 640, short: 360, bits: 500_000, rate: 25 },
  { long: 480, short: 270, bits: 250_000, rate: 15 },
];
const [SOUND_BITS, SOUND_ALONE_BITS] = [48_000, 28_000];
const KEY_FRAME_MS = 1000;

// Best first: H.264 is only copied by the engine, everything else is made anew there.
const PICTURES = [
  { mime: "video/x-matroska;codecs=avc1,opus", container: "matroska", video: "h264" },
  { mime: "video/mp4;codecs=avc1,mp4a.40.2", container: "mp4", video: "h264" },
  { mime: "video/mp4;codecs=avc1,opus", container: "mp4", video: "h264" },
  { mime: "video/mp4", container: "mp4", video: "h264" },
  { mime: "video/webm;codecs=h264,opus", container: "matroska", video: "h264" },
  { mime: "video/webm;codecs=vp8,opus", container: "matroska", video: "vp8" },
];
const SOUNDS = [
  { mime: "audio/webm;codecs=opus", container: "matroska" },
  { mime: "audio/mp4;codecs=mp4a.40.2", container: "mp4" },
  { mime: "audio/mp4", container: "mp4" },
];

// The best kind of recording this browser makes, or undefined.
export function kindFor(isSupported, hasPicture) {
  return (hasPicture ? PICTURES : SOUNDS).find(({ mime }) => isSupported(mime));
}

export function recorderOptions(kind, rung) {
  if (!kind.video) return { mimeType: kind.mime, audioBitsPerSecond: SOUND_ALONE_BITS };
  return {
    mimeType: kind.mime,
    videoBitsPerSecond: rung.bits,
    audioBitsPerSecond: SOUND_BITS,
    videoKeyFrameIntervalDuration: KEY_FRAME_MS,
  };
}

// What the engine is told beside each chunk; a recording without a picture says nothing of one.
export function chunkPath({ run, number, kind, hasSound }) {
  const said = new URLSearchParams({ container: kind.container, sound: hasSound ? "1" : "0" });
  if (kind.video) said.set("video", kind.video);
  return `/runs/${run}/chunks/${number}?${said}`;
}

// Twice as long after each failure, and never the same for many phones at once.
export function backOffMs(failures, random = Math.random) {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(most * (0.5 + random() / 2));
}

// The net as the host is told of it.
export function weather({ behindMs, isLost }) {
  if (isLost) return "lost";
  return behindMs > QUEUE_MS ? "weak" : "good";
}

// Which rung to record at. A queue that grows goes one rung down, a calm minute one up; a climb that did not
// hold makes the next minute longer. While the net is away, or a queue from then shrinks, nothing changes.
export class Ladder {
  constructor(rung = 1) {
    this.rung = rung;
    this.riseMs = RISE_MS;
    this.#settle(0, 0);
  }

  // Returns "down", "up", "not_enough" (the lowest rung is still too much) or null.
  look(nowMs, { behindMs, isLost }) {
    if (isLost) this.#settle(nowMs, behindMs);
    else this.#measure(nowMs, behindMs);
    if (isLost || nowMs < this.settledMs) return null;
    if (behindMs > QUEUE_MS) return this.#fall(nowMs, behindMs);
    this.stuckMs = null;
    return this.#rise(nowMs, behindMs);
  }

  #measure(nowMs, behindMs) {
    if (nowMs - this.sample.nowMs < SECOND_MS) return;
    this.isShrinking = this.sample.behindMs - behindMs >= NEEDED_GAIN_MS;
    this.sample = { nowMs, behindMs };
  }

  #fall(nowMs, behindMs) {
    this.calmMs = null;
    if (this.isShrinking) return null;
    if (this.rung === RUNGS.length - 1) return this.#notEnough(nowMs);
    if (nowMs - this.roseMs < this.riseMs) this.riseMs = Math.min(2 * this.riseMs, LONGEST_RISE_MS);
    this.rung += 1;
    this.#settle(nowMs, behindMs);
    return "down";
  }

  #notEnough(nowMs) {
    this.stuckMs ??= nowMs;
    return nowMs - this.stuckMs >= NOT_ENOUGH_MS ? "not_enough" : null;
  }

  #rise(nowMs, behindMs) {
    this.calmMs = behindMs > CALM_MS ? null : (this.calmMs ?? nowMs);
    if (this.calmMs === null || nowMs - this.calmMs < this.riseMs || this.rung === 0) return null;
    this.rung -= 1;
    this.#settle(nowMs, behindMs);
    this.roseMs = nowMs;
    return "up";
  }

  #settle(nowMs, behindMs) {
    this.settledMs = nowMs + SETTLE_MS;
    this.sample = { nowMs, behindMs };
    this.isShrinking = false;
    this.calmMs = null;
    this.stuckMs = null;
    this.roseMs ??= Number.NEGATIVE_INFINITY;
  }
}
