"""A page with a <video> and our player alone, under the policy that real pages have."""

import json
from http.server import BaseHTTPRequestHandler

from playwright.sync_api import Page

from tests.support.local_server import LocalSite
from tests.support.server import ROOT

_PAGE = b"""<!doctype html><html lang="vi"><title>player</title><link rel="icon" href="data:,">
<video muted playsinline width="180" height="320"></video></html>"""
_PLAY = """async ([list, library]) => {
  const { play } = await import("/livestream/frontend/_player.js");
  const video = document.querySelector("video");
  const asked = performance.now();
  const frame = (now, { mediaTime }) => {
    frames.push([now - asked, mediaTime]);
    video.requestVideoFrameCallback(frame);
  };
  Object.assign(window, { video, told: [], frames: [] });
  video.requestVideoFrameCallback(frame);
  window.player = play(video, { list, library, told: (state) => told.push(state) });
}"""
_DIST = ROOT / "core/static/dist"


class PlayerSite(LocalSite):
    """Serves the page, our scripts as they are written, and the built ones; lets them reach `engine`."""

    def __init__(self, engine: str) -> None:
        self._policy = (
            f"default-src 'self'; img-src data:; media-src 'self' blob: {engine}; "
            f"connect-src 'self' {engine}"
        )

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        path = ROOT / clerk.path.removeprefix("/").replace("static/dist", str(_DIST))
        is_page = clerk.path == "/"
        clerk.send_response(200)
        clerk.send_header("Content-Type", "text/html" if is_page else "text/javascript")
        clerk.send_header("Content-Security-Policy", self._policy)
        clerk.end_headers()
        clerk.wfile.write(_PAGE if is_page else path.read_bytes())


def play(page: Page, *addresses: str) -> None:
    """Play the first of `addresses` that works in `page`; `.mp4` or `.m3u8`."""
    kinds = {".mp4": "mp4", "m3u8": "hls"}
    listed = [{"kind": kinds[one[-4:]], "url": one} for one in addresses]
    page.evaluate(_PLAY, [listed, f"/static/dist/{built()['livestream/hls-reader.js']}"])


def built() -> dict[str, str]:
    names: dict[str, str] = json.loads((_DIST / "manifest.json").read_text())
    return names
