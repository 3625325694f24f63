"""Glass to glass: a phone's page draws a clock and sends it as the product does, a buyer's page reads it.

Both pages run in one browser on one machine, so there is one clock. What is measured is what a buyer sees:
the age of each picture when the browser shows it, from the drawing on one page to the pixels of the other.
The wire between phone and engine can be cut and narrowed; buyers ask the engine itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.figures import percentile
from tests.bench.lines import Broken
from tests.support.browser import launch
from tests.support.media_engine import Engine
from tests.support.player_page import PlayerSite, built
from tests.support.relay import Relay

STREAM = "bench_0123456789abcdef"
_SETTLE_S, _WATCH_S = 3.0, 6.0
_CUT_S, _NARROW_S, _NARROW_BYTES = 5.0, 10.0, 40_000
_NEAR_MS = 2_000
_BACK_S = 30.0
_FLAGS = (
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
_SEND = """async ({ url, token }) => {
  const { Sender } = await import("/livestream/frontend/_sender.js");
  const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 640 });
  const paper = canvas.getContext("2d", { alpha: false });
  setInterval(() => {
    const now = Date.now() % 2 ** 24;
    const sum = [0, 4, 8, 12, 16, 20].reduce((all, shift) => all ^ ((now >> shift) & 15), 0);
    for (let bit = 0; bit < 28; bit++) {
      const isSet = bit < 24 ? (now >> bit) & 1 : (sum >> (bit - 24)) & 1;
      paper.fillStyle = isSet ? "#fff" : "#000";
      paper.fillRect((bit % 4) * 90, Math.floor(bit / 4) * 91, 90, 92);
    }
  }, 33);
  const stream = canvas.captureStream(30);
  const audio = new AudioContext();
  const [tone, out] = [audio.createOscillator(), audio.createMediaStreamDestination()];
  tone.connect(out);
  tone.start();
  stream.addTrack(out.stream.getAudioTracks()[0]);
  const grant = { url, token, now: () => Date.now(), renewSoon() {}, renew: async () => "" };
  window.said = [];
  const told = (one) => one.kind !== "status" && said.push(one);
  window.sender = new Sender({ grant, resize: async () => {}, told });
  await sender.start(stream, { hasPicture: true });
}"""
_WATCH = """async ([list, library, without]) => {
  const { play } = await import("/livestream/frontend/_player.js");
  const video = document.querySelector("video");
  video.crossOrigin = "anonymous";
  if (without) video.canPlayType = () => "";
  const small = Object.assign(document.createElement("canvas"), { width: 36, height: 64 });
  const paper = small.getContext("2d", { willReadFrequently: true });
  const asked = performance.now();
  window.ages = [];
  const frame = () => {
    const now = Date.now();
    video.requestVideoFrameCallback(frame);
    window.startedMs ??= performance.now() - asked;
    paper.drawImage(video, 0, 0, 36, 64);
    const { data } = paper.getImageData(0, 0, 36, 64);
    let [at, sum] = [0, 0];
    for (let bit = 0; bit < 28; bit++) {
      const [x, y] = [(bit % 4) * 9 + 4, Math.floor(Math.floor(bit / 4) * 9.1 + 4.5)];
      const isSet = data[(y * 36 + x) * 4] > 127 ? 1 : 0;
      if (bit < 24) at += isSet * 2 ** bit;
      else sum += isSet << (bit - 24);
    }
    const right = [0, 4, 8, 12, 16, 20].reduce((all, shift) => all ^ ((at >> shift) & 15), 0);
    if (right === sum) ages.push((now - at + 2 ** 24) % 2 ** 24);
  };
  video.requestVideoFrameCallback(frame);
  window.player = play(video, { list, library, told: () => {} });
}"""
OUTPUTS = {"mse": ("mp4", False), "llhls": ("hls", True), "hls": ("hls", False)}
"""By name: what the player is given, and whether the browser's own HLS is hidden from it."""


class Studio:
    """A phone that sends a clock, and pages that watch it."""

    def __init__(self, engine: Engine, wire: Relay, pages: "Pages") -> None:
        self._engine, self.wire, self._pages = engine, wire, pages
        self.phone = pages.new()

    def send(self) -> None:
        """Begin to send; returns when the engine has a second of it."""
        url = f"http://127.0.0.1:{self.wire.port}/{STREAM}"
        self.phone.evaluate(_SEND, {"url": url, "token": self._engine.grant(STREAM)})
        until = time.monotonic() + _BACK_S
        while b"seg-1.m4s" not in self._engine.get(f"/{STREAM}/picture/live.m3u8").body:
            if time.monotonic() > until:
                raise Broken("the phone's page sent no picture")
            time.sleep(0.1)

    @contextmanager
    def watching(self, output: str) -> Iterator[Page]:
        """A buyer's page that plays the stream by that output."""
        kind, without = OUTPUTS[output]
        path = "live.mp4" if kind == "mp4" else "live.m3u8"
        url = f"http://127.0.0.1:{self._engine.port}/{STREAM}/picture/{path}"
        page = self._pages.new()
        library = f"/static/dist/{built()['livestream/hls-reader.js']}"
        page.evaluate(_WATCH, [[{"kind": kind, "url": url}], library, without])
        yield page
        page.close()

    def joined_anew(self) -> float:
        """How often the phone had to give up what it had kept."""
        return float(self.phone.evaluate("said.filter(({ kind }) => kind === 'joined').length"))


class Pages:
    """New pages of one browser on the site with our scripts."""

    def __init__(self, site: PlayerSite, browser: Browser) -> None:
        self._url, self._browser = site.url, browser

    def new(self) -> Page:
        page = self._browser.new_page()
        page.goto(f"{self._url}/")
        return page


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """An engine, a wire to it, a browser, a phone that sends."""
    with Engine(folder) as engine, sync_playwright() as playwright:
        wire = Relay(engine.port).start()
        reached = f"http://127.0.0.1:{engine.port} http://127.0.0.1:{wire.port}"
        with PlayerSite(reached) as site:
            browser = launch(playwright, *_FLAGS)
            made = Studio(engine, wire, Pages(site, browser))
            made.send()
            yield made
            browser.close()
        wire.stop()


def glass_to_glass(folder: Path) -> dict[str, float]:
    """Start and age of pictures by each output, then how two cuts and a narrow uplink are made good."""
    measured: dict[str, float] = {}
    with studio(folder) as stage:
        for output in OUTPUTS:
            with stage.watching(output) as page:
                measured |= _ages(output, page)
        with stage.watching("mse") as page:
            _until(page, "ages.length > 30")
            for name in ("cut", "again"):
                stage.wire.cut()
                time.sleep(_CUT_S)
                stage.wire.mend()
                measured[f"video.{name}.back_s"] = _back_s(page)
                time.sleep(_SETTLE_S)
            stage.wire.most_bytes_per_s = _NARROW_BYTES
            time.sleep(_NARROW_S)
            stage.wire.most_bytes_per_s = 0
            measured["video.narrow.back_s"] = _back_s(page)
        measured["video.lost"] = stage.joined_anew()
    return measured


def _ages(output: str, page: Page) -> dict[str, float]:
    _until(page, "ages.length > 3")
    time.sleep(_SETTLE_S)
    page.evaluate("ages.length = 0")
    time.sleep(_WATCH_S)
    ages: list[float] = page.evaluate("ages")
    if len(ages) < _WATCH_S:
        raise Broken(f"{output}: only {len(ages)} pictures could be read")
    return {
        f"video.{output}.p50_ms": percentile(ages, 50),
        f"video.{output}.p95_ms": percentile(ages, 95),
        f"video.{output}.start_ms": float(page.evaluate("startedMs")),
    }


def _back_s(page: Page) -> float:
    """Seconds until a whole second of pictures is no older than two."""
    page.evaluate("ages.length = 0")
    began = time.monotonic()
    near = f"ages.length > 20 && ages.slice(-15).every((age) => age <= {_NEAR_MS})"
    _until(page, near)
    return time.monotonic() - began


def _until(page: Page, condition: str) -> None:
    """Wait until `condition` holds (the page's policy allows no waiting inside it)."""
    until = time.monotonic() + _BACK_S
    while not page.evaluate(condition):
        if time.monotonic() > until:
            raise Broken(f"never {condition}: {page.evaluate('ages.slice(-5)')}")
        time.sleep(0.05)
