"""The whole product as a process: gunicorn, its worker and its sockets, started and stopped by a test."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import commands

ROOT = Path(__file__).parents[2]
_BIN = Path(sys.executable).parent
_START_S = 40.0
_WORKERS = 8


def free_port() -> int:
    """A port nobody listens on just now.

    From below those that the system hands to clients, which could take it before the server does; each
    worker of `pytest -n 2` has ports of its own.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = 20_000 + _WORKERS * secrets.randbelow(12_000 // _WORKERS) + worker % _WORKERS
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@dataclass
class Server:
    """One running market on 127.0.0.1."""

    data_dir: Path
    database_url: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    application: str = "wsgi:app"
    port: int = field(default_factory=free_port)
    media_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    media: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.data_dir / "server.log"

    def environment(self) -> dict[str, str]:
        """What the server and the commands beside it are started with."""
        return {
            **os.environ,
            "PORT": str(self.port),
            "MEDIA_PORT": str(self.media_port),
            "HOST": "127.0.0.1",
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "PUBLIC_URL": self.url,
            **self.environ,
        }

    def start(self) -> "Server":
        """Start gunicorn as `make run` does and wait until it can serve."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [str(_BIN / "gunicorn"), "-c", "gunicorn.conf.py", self.application]
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()
        return self

    def start_media(self) -> "Server":
        """Start the video engine beside it, as `make run` does, and wait until it listens."""
        with self.log_path.open("ab") as log:
            self.media = subprocess.Popen(
                [sys.executable, "-m", "livestream.media"],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.media_port)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError(f"no engine:\n{self.log_path.read_text()[-4000:]}")

    def kill_media(self) -> None:
        """End the engine and its programs at once (`kill -9`)."""
        if self.media and self.media.poll() is None:
            os.killpg(self.media.pid, signal.SIGKILL)
            self.media.wait(timeout=10)

    def stop_media(self) -> None:
        """Ask the engine to leave and see it gone."""
        if self.media and self.media.poll() is None:
            self.media.send_signal(signal.SIGTERM)
            try:
                self.media.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill_media()

    def stop(self) -> None:
        """Ask the server, and the engine if it has one, to leave and see them gone."""
        self.stop_media()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End master and worker at once, as a power cut would end them (`kill -9`)."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)

    def flask(self, *arguments: str, expect: int = 0) -> list[dict[str, object]]:
        """Run `flask …` beside the server; returns its JSON lines, fails unless it exits as expected."""
        done = commands.run(arguments, self.environment())
        assert done.exit_code == expect, (
            f"{arguments}: exit {done.exit_code}\n{done.stderr[-4000:]}"
        )
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def _port_is_anothers(self) -> bool:
        """Whether another program took the port first: what answers there is not this server."""
        return "Connection in use" in self.log_path.read_text(errors="replace")

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None or self._port_is_anothers():
                break
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log_path.read_text()[-4000:]}")
