"""The video engine as a process, and a stand-in for the web process that hears its news."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Self

from livestream.media import letters
from livestream.media.grants import Grant, signed
from livestream.media.keys import shared_secret
from tests.support.local_server import LocalSite
from tests.support.server import ROOT, free_port

_START_S = 20.0
_HEARD_S = 10.0


class Listener(LocalSite):
    """Keeps the news that carry a right signature."""

    def __init__(self, secret: bytes) -> None:
        self.secret, self.news = secret, list[dict[str, str | int]]()
        self.told: list[tuple[dict[str, str], bytes]] = []

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        body = clerk.rfile.read(int(clerk.headers["Content-Length"]))
        is_right = clerk.headers[letters.SIGNATURE] == letters.of_news(self.secret, body)
        self.told.append((dict(clerk.headers.items()), body))
        if is_right:
            self.news.append(json.loads(body))
        clerk.send_response(204 if is_right else 403)
        clerk.end_headers()

    def heard(self, news: str, **facts: str) -> dict[str, str | int]:
        """Wait until that was told, with these facts."""
        until = time.monotonic() + _HEARD_S
        while time.monotonic() < until:
            found = [one for one in self.news if one.items() >= {"news": news, **facts}.items()]
            if found:
                return found[-1]
            time.sleep(0.02)
        raise AssertionError(f"never heard {news}, only {self.news}")


@dataclass(frozen=True)
class Reply:
    """What the engine answered."""

    status: int
    body: bytes
    headers: dict[str, str]


class Engine:
    """One running engine, its data under `folder`; what it prints goes to `log`, if there is one."""

    def __init__(self, folder: Path, log: Path | None = None, **settings: str) -> None:
        self.folder, self._log, self._settings = folder, log, settings
        self.secret = shared_secret(folder / "keys")
        self.listener = Listener(self.secret)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.listener.__enter__()
        environ = {
            **os.environ,
            "DATA_DIR": str(self.folder),
            "MEDIA_PORT": str(self.port),
            "PORT": self.listener.host.rpartition(":")[2],
            **self._settings,
        }
        command = [sys.executable, "-m", "livestream.media"]
        log = self._log.open("wb") if self._log else None
        self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError("the engine did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
        self.listener.__exit__(kind, error, trace)

    def kill(self) -> None:
        """End it as a power cut would: nothing is said or written first."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def programs(self) -> list[int]:
        """The numbers of the ffmpeg processes it runs now."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    @property
    def resident_mb(self) -> float:
        """Its memory, without that of its programs, in MiB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def connected(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def grant(self, stream: str, publisher: str = "host", seconds: int = 600) -> str:
        """What the web process would hand to who publishes."""
        until_ms = time.time_ns() // 1_000_000 + seconds * 1_000
        return signed(Grant(stream, publisher, until_ms), self.secret)

    def put(
        self, stream: str, place: tuple[int, int], data: bytes, grant: str, said: str = ""
    ) -> Reply:
        """Send a slice of a run."""
        said = said or "container=matroska&video=h264&sound=1"
        path = f"/{stream}/runs/{place[0]}/chunks/{place[1]}?{said}"
        return self._asked(path, "PUT", data, {"Authorization": f"Bearer {grant}"})

    def control(
        self, verb: str, stream: str, *, late_s: int = 0, secret: bytes = b"", **said: object
    ) -> Reply:
        """Ask what only the web process may; `late_s` writes the letter so long ago."""
        at_ms = time.time_ns() // 1_000_000 - late_s * 1_000
        body = json.dumps({**said, "at_ms": at_ms}).encode()
        right = letters.of_control(secret or self.secret, verb, stream, body)
        return self._asked(f"/control/{stream}/{verb}", "POST", body, {letters.SIGNATURE: right})

    def get(self, path: str) -> Reply:
        return self._asked(path, "GET", None, {})

    def _asked(self, path: str, method: str, data: bytes | None, headers: dict[str, str]) -> Reply:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method, headers=headers
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return Reply(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as refused:
            return Reply(refused.code, refused.read(), dict(refused.headers))
