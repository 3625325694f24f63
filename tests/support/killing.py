"""Load that claims, kills that interrupt it, and the question afterwards: is every acked claim there?"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy import text

from core.db import new_write_engine
from tests.support.databases import settings_for
from tests.support.live_client import LiveSocket
from tests.support.server import ROOT, Server

_CLIENTS = 8
_ID_LENGTH = 16


@dataclass
class Load:
    """Buyers who claim without pause, half by socket and half by HTTP, and note every acknowledgement."""

    server: Server
    session_id: str
    tokens: list[str]
    acked: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> "Load":
        for index, token in enumerate(self.tokens):
            work = self._by_socket if index % 2 else self._by_http
            thread = threading.Thread(target=self._until_stopped, args=(work, token))
            thread.start()
            self.threads.append(thread)
        return self

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def _until_stopped(self, work, token: str) -> None:  # type: ignore[no-untyped-def]
        while not self.stopping.is_set():
            try:
                work(token)
            except (OSError, requests.RequestException, ConnectionError, ValueError):
                self.stopping.wait(0.05)  # the server is down: that is what the test does
            except Exception as error:  # websocket-client's own errors when a connection breaks
                if "websocket" not in type(error).__module__:
                    raise
                self.stopping.wait(0.05)

    def _by_socket(self, token: str) -> None:
        socket = LiveSocket(self.server.url, token, timeout=10)
        while not self.stopping.is_set():
            payload = {
                "session": self.session_id,
                "code": "A1",
                "qty": 1,
                "client_id": uuid.uuid4().hex,
            }
            self._note(socket.call("claim", payload, timeout=10))

    def _by_http(self, token: str) -> None:
        with requests.Session() as http:
            http.headers["Authorization"] = f"Bearer {token}"
            while not self.stopping.is_set():
                body = {"code": "A1", "qty": 1, "client_id": uuid.uuid4().hex}
                url = f"{self.server.url}/api/v1/live/{self.session_id}/claims"
                self._note(http.post(url, json=body, timeout=10).json())

    def _note(self, answer: dict[str, object]) -> None:
        if "claim" in answer:
            self.acked.append(str(answer["claim"]))


def kill_server_under_load(server: Server, kills: int) -> list[str]:
    """Kill the full server `kills` times while it is claimed from; returns every acknowledged claim."""
    live = server.flask("demo", "live", "--packs", "1000000", "--limit", "1000000")[0]
    tokens = [str(b["token"]) for b in server.flask("demo", "buyers", str(_CLIENTS))]
    load = Load(server, str(live["session"]), tokens).start()
    try:
        for _ in range(kills):
            before = len(load.acked)
            wait_for_growth(load.acked, before)
            time.sleep(random.uniform(0.0, 0.15))
            server.kill()
            server.start()
    finally:
        load.stop()
    return load.acked


def wait_for_growth(acked: list[str], before: int) -> None:
    """Wait until the load is being served again."""
    deadline = time.monotonic() + 30
    while len(acked) < before + 20:
        assert time.monotonic() < deadline, (
            f"no claim was served after a restart ({len(acked)} so far)"
        )
        time.sleep(0.01)


def kill_bare_writers(server: Server, kills: int) -> list[str]:
    """Start and kill a bare writer `kills` times (the server is down); returns every claim it printed."""
    live = server.flask("demo", "live", "--packs", "1000000", "--limit", "1000000")[0]
    token = str(server.flask("demo", "buyers", "1")[0]["token"])
    command = [sys.executable, "-m", "tests.support.bare_writer", str(live["session"]), token]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command, cwd=ROOT, env=server.environment(), text=True, **pipes
    ) as mother:
        printed = [claim for _ in range(kills) for claim in _one_bare_writer(mother)]
        assert mother.stdin is not None
        mother.stdin.close()
    return printed


def _one_bare_writer(mother: "subprocess.Popen[str]") -> list[str]:
    """Have one writer born, kill it while it writes, and read what it printed whole."""
    assert mother.stdin is not None
    assert mother.stdout is not None
    assert mother.stderr is not None
    mother.stdin.write(f"{uuid.uuid4().hex[:16]}\n")
    mother.stdin.flush()
    pid = int(mother.stderr.readline())
    printed = [mother.stdout.readline().strip()]
    time.sleep(random.uniform(0.0, 0.1))
    os.kill(pid, signal.SIGKILL)
    while (line := mother.stdout.readline().strip()) != "-":
        printed.append(line)
    return [line for line in printed if len(line) == _ID_LENGTH]  # the last may be half a line


def missing_claims(data_dir: Path, database_url: str, acked: list[str]) -> set[str]:
    """The acknowledged claims that are not in the database."""
    engine = new_write_engine(settings_for(data_dir, database_url))
    with engine.connect() as connection:
        kept = set(connection.execute(text("SELECT id FROM claims")).scalars())
    engine.dispose()
    return set(acked) - kept
