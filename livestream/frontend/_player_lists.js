// HLS by its playlist: by the browser itself, or by hls.js where it has no HLS of its own.
import { begin, Unplayable, wait } from "./_player_parts.js";

const BEHIND_S = 12; // the browser stays three pieces (6 s) behind by itself; further than this: jump
const LIBRARY_BEHIND_S = 4; // behind where the playlist asks players to be
const WORKED_MS = 10_000;

export function speaksHls(video) {
  return Boolean(video.canPlayType("application/vnd.apple.mpegurl"));
}

// The browser plays the playlist; when it gives up, it is asked again.
export async function byBrowser(video, { url, told, signal }) {
  video.addEventListener("waiting", () => told("waiting"), { signal });
  video.addEventListener("timeupdate", () => caughtUp(video), { signal });
  await again(signal, told, () => {
    const failed = new Promise((done) => {
      for (const name of ["error", "ended"]) video.addEventListener(name, done, { once: true, signal });
    });
    video.src = url;
    begin(video, told);
    return failed;
  });
}

function caughtUp(video) {
  const { seekable } = video;
  const edge = seekable.length ? seekable.end(seekable.length - 1) : 0;
  if (edge - video.currentTime > BEHIND_S) video.currentTime = edge;
}

// hls.js plays it. Its worker would be made of a blob:, which our pages do not allow.
export async function byLibrary(video, { url, library, told, signal }) {
  const { default: Hls } = await import(library);
  if (!Hls.isSupported()) throw new Unplayable("no MediaSource");
  video.addEventListener("waiting", () => told("waiting"), { signal });
  await again(signal, told, async () => {
    const hls = new Hls({ enableWorker: false, lowLatencyMode: true, backBufferLength: 20, maxLiveSyncPlaybackRate: 1.08 });
    const end = () => hls.destroy();
    signal.addEventListener("abort", end);
    const failed = new Promise((done) => hls.on(Hls.Events.ERROR, (_name, { fatal }) => fatal && done()));
    hls.on(Hls.Events.LEVEL_UPDATED, () => nearer(video, hls));
    hls.loadSource(url);
    hls.attachMedia(video);
    begin(video, told);
    await failed;
    signal.removeEventListener("abort", end);
    end();
  });
}

function nearer(video, hls) {
  if (hls.latency - hls.targetLatency > LIBRARY_BEHIND_S && hls.liveSyncPosition) video.currentTime = hls.liveSyncPosition;
}

// `once` resolves when it has failed; a way that had worked for a while is tried again at once.
async function again(signal, told, once) {
  for (let tries = 0; !signal.aborted; tries++) {
    const began = performance.now();
    await Promise.race([once(), aborted(signal)]);
    if (signal.aborted) return;
    told("away");
    if (performance.now() - began > WORKED_MS) tries = 0;
    await wait(tries, signal);
  }
}

function aborted(signal) {
  return new Promise((done) => signal.addEventListener("abort", done));
}
