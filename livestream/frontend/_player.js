// The live picture in a <video>, by the first way that works here: one endless MP4 where the browser has
// MediaSource, else its own HLS, else hls.js, downloaded only then. Refuses to know rooms and words.
import { Endless, sourceKind } from "./_player_endless.js";
import { byBrowser, byLibrary, speaksHls } from "./_player_lists.js";
import { Unplayable } from "./_player_parts.js";

// `list`: [{kind, url}], best first; `library`: address of the module that is hls.js. `told(state)` hears
// "waiting", "playing", "away" (it is asked for again by itself) or "blocked" (a tap is needed first).
// What is returned: `stop()`, and `expect(isSending)`: whether news say that there is something to come.
export function play(video, { list, library, told }) {
  const stopped = new AbortController();
  const { signal } = stopped;
  const given = { library, signal, told: (state) => signal.aborted || told(state) };
  const now = { expect: () => {} };
  signal.addEventListener("abort", () => {
    video.removeAttribute("src");
    video.load();
  });
  video.addEventListener("playing", () => given.told("playing"), { signal });
  byTurns(video, list, given, now).catch(() => given.told("away"));
  return { stop: () => stopped.abort(), expect: (isSending) => now.expect(isSending) };
}

async function byTurns(video, list, given, now) {
  for (const { kind, url } of list) {
    try {
      await way(video, kind, { ...given, url }, now);
      return;
    } catch (error) {
      if (!(error instanceof Unplayable)) throw error;
    }
  }
  given.told("away");
}

function way(video, kind, given, now) {
  if (kind === "mp4") {
    if (!sourceKind()) throw new Unplayable("no MediaSource");
    const endless = new Endless(video, given);
    now.expect = (isSending) => endless.expect(isSending);
    return endless.run();
  }
  now.expect = () => {};
  if (kind === "hls") return (speaksHls(video) ? byBrowser : byLibrary)(video, given);
  throw new Unplayable(kind);
}
