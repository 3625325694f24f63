"""The market the bench measures: the real server as a process, on the same disk as its baselines.

Everything it starts is stopped by its own handle; nothing but 127.0.0.1 is spoken to. The data lies
below `var/` and not in `/tmp`, which may be memory: an fsync that costs nothing would be a lie.
"""

import gzip
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.bench.lines import Broken, HttpLine
from tests.support.databases import PostgresTemplate
from tests.support.server import ROOT, Server

BUYERS = 640
_Server = TypeVar("_Server", bound=Server)
_PRODUCT = re.compile(rb'href="(/products/[A-Za-z0-9_-]+)"')


@dataclass
class Market:
    """One running market with demo data and 640 new buyers."""

    name: str
    server: Server
    tokens: list[str] = field(default_factory=list)

    def open(self) -> "Market":
        """Migrate, fill, start, and have the buyers come."""
        self.server.flask("prepare")
        self.tokens = [str(b["token"]) for b in self.server.flask("demo", "buyers", str(BUYERS))]
        self.server.start()
        return self

    def new_session(self) -> str:
        """The id of a new running session with one pin nobody can exhaust."""
        live = self.server.flask("demo", "live", "--packs", "1000000", "--limit", "1000000")[0]
        return str(live["session"])

    def product_path(self) -> str:
        """The page of the first product on the front page."""
        found = _PRODUCT.search(fetch(self.server.url, "/"))
        assert found, "the front page shows no product"
        return found.group(1).decode()


class Places:
    """The folders and the PostgreSQL server of one bench run, gone when it ends."""

    def __init__(self) -> None:
        (ROOT / "var").mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
        self.folder.chmod(0o755)  # PostgreSQL runs as a user of its own when we are root
        self._servers: list[Server] = []
        self._postgres: PostgresTemplate | None = None

    def __enter__(self) -> "Places":
        return self

    def __exit__(self, *_error: object) -> None:
        for server in self._servers:
            server.stop()
        if self._postgres:
            self._postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def server(self, name: str, database_url: str = "", application: str = "wsgi:app") -> Server:
        """A server with a data folder of its own, not started yet."""
        url = database_url or f"sqlite:///{self.folder / name / 'chophien.db'}"
        return self.keep(Server(self.folder / name, url, application=application))

    def keep(self, server: _Server) -> _Server:
        """Stop `server` when the run ends."""
        self._servers.append(server)
        return server

    def postgres_url(self) -> str:
        """A migrated database on a PostgreSQL server of our own."""
        if self._postgres is None:
            home = self.folder / "postgres"
            home.mkdir()
            self._postgres = PostgresTemplate(home)
        return self._postgres.new_database()


def fetch(url: str, path: str) -> bytes:
    """What is at `path`; raises Broken unless it is there."""
    return fetch_squeezed(url, path)[1]


def fetch_squeezed(url: str, path: str) -> tuple[int, bytes]:
    """How many bytes a browser gets for `path`, compressed if the server does so, and what they mean."""
    line = HttpLine(url)
    line.send(get_request(line, path))
    answers: list[bytes] = []
    while not answers:
        answers = line.read()
    line.close()
    head, _, body = answers[0].partition(b"\r\n\r\n")
    is_ok(head)
    squeezed = b"content-encoding: gzip" in head.lower()
    return len(body), gzip.decompress(body) if squeezed else body


def get_request(line: HttpLine, path: str) -> bytes:
    """A GET as a browser's keep-alive connection sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {line.host}\r\n"
        "Accept-Encoding: gzip\r\nAccept: text/html\r\n\r\n"
    ).encode()


def is_ok(answer: bytes) -> bool:
    """True for an answer whose status is 200; raises Broken for any other."""
    if not answer.startswith(b"HTTP/1.1 200"):
        raise Broken(answer[:400].decode(errors="replace"))
    return True
