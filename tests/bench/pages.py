"""Catalogue pages a second, and how heavy a buyer's first page is on a phone's data plan."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from tests.bench.lines import HttpLine, Load, closed_loop
from tests.bench.market import fetch_squeezed, get_request, is_ok

READERS = 16
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_MODULE = re.compile(r"""(?:from|import)\s*["'](\.{0,2}/[^"']+)""")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico", ".woff2")


def read(url: str, path: str, seconds: float) -> Load:
    """Sixteen readers ask for one page again and again on keep-alive connections."""
    lines = [HttpLine(url) for _ in range(READERS)]
    try:
        return closed_loop(lines, seconds, lambda line: get_request(line, path), is_ok)
    finally:
        for line in lines:
            line.close()


def weight_kb(url: str, path: str) -> dict[str, float]:
    """What a first visit to `path` loads, in KB (1,000 bytes) as the server sends it, by kind and `total`.

    Counted: the page, stylesheets, scripts with what they import, pictures (lazy ones too), icons; bodies
    only, without headers.
    """
    kinds = {"html": 0, "css": 0, "js": 0, "images": 0}
    for name, size in _loads(url, path):
        kinds[_kind(name)] += size
    weights = {kind: size / 1000 for kind, size in kinds.items()}
    return {**weights, "total": sum(weights.values())}


def _loads(url: str, path: str) -> Iterator[tuple[str, int]]:
    """Everything the page at `path` needs: where it is and how many bytes are sent for it."""
    size, page = fetch_squeezed(url, path)
    yield path, size
    parser = _Parts()
    parser.feed(page.decode())
    waiting, known = [urljoin(path, part) for part in parser.parts], set[str]()
    while waiting:
        name = waiting.pop().partition("#")[0]
        if name in known or not name.startswith("/"):
            continue
        known.add(name)
        size, body = fetch_squeezed(url, name)
        yield name.partition("?")[0], size
        waiting += [urljoin(name, part) for part in _mentioned(name, body)]


def _mentioned(name: str, body: bytes) -> list[str]:
    pattern = _CSS_URL if name.endswith(".css") else _MODULE if name.endswith(".js") else None
    found: list[str] = pattern.findall(body.decode()) if pattern else []
    return [part for part in found if not part.startswith("data:")]


def _kind(name: str) -> str:
    if name.endswith((".js", ".mjs")):
        return "js"
    if name.endswith(".css"):
        return "css"
    return "images" if name.endswith(_PICTURES) else "html"


class _Parts(HTMLParser):
    """Collects what a browser fetches for a page by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "icon", "modulepreload"} & set(
            given.get("rel", "").split()
        ):
            self.parts.append(given.get("href", ""))
        elif tag in {"script", "img"} and given.get("src"):
            self.parts.append(given["src"])
        elif tag == "use" and given.get("href"):
            self.parts.append(given.get("href", ""))
