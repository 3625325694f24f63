// A replay: where the browser has no HLS of its own, hls.js is fetched; chapters jump without loading the page
// again, and the one that is playing is marked. Without this script the links load the page at their time.
const AWAY_MS = 8_000;
const video = document.querySelector("[data-replay]");
const away = document.querySelector("[data-replay-away]");

async function readByLibrary() {
  const { default: Hls } = await import(video.dataset.library);
  if (!Hls.isSupported()) return;
  video.removeAttribute("src");
  const hls = new Hls({ enableWorker: false, startPosition: Number(video.dataset.start) || 0 });
  hls.on(Hls.Events.ERROR, (_name, { fatal }) => tell(fatal));
  hls.loadSource(video.dataset.hls);
  hls.attachMedia(video);
}

function tell(isAway) {
  if (isAway) away.hidden = false;
}

function jump(event) {
  const link = event.target.closest("[data-at]");
  if (!link || event.ctrlKey || event.metaKey || !Number.isFinite(video.duration)) return;
  if (document.querySelector(".chapters [data-from]") === null) return;
  event.preventDefault();
  video.currentTime = Number(link.dataset.at);
  video.play().catch(() => {});
  video.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function mark() {
  const chapters = [...document.querySelectorAll("[data-from]")];
  const begun = chapters.filter((one) => Number(one.dataset.from) <= video.currentTime);
  const now = begun.sort((one, other) => other.dataset.from - one.dataset.from)[0];
  for (const one of chapters) one.toggleAttribute("data-now", one === now);
}

if (!video.canPlayType("application/vnd.apple.mpegurl")) readByLibrary().catch(() => tell(true));
video.addEventListener("error", () => tell(true));
video.addEventListener("loadedmetadata", () => { away.hidden = true; });
video.addEventListener("timeupdate", mark);
document.addEventListener("click", jump);
setTimeout(() => tell(video.readyState === 0 && video.preload !== "none"), AWAY_MS);
