"""`make run TLS=1` as it is: Caddy, web server and engine under one supervisor, a phone before them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page

from livestream.media.grants import Grant, signed
from livestream.media.keys import shared_secret
from tests.browser.tour import sign_in
from tests.factories.recordings import recording, slices
from tests.support.browser import PHONE, Errors
from tests.support.server import ROOT, free_port
from tests.support.supervised import is_running, waited
from tools.https_front import CERTIFICATE_PATH

STREAM = "stream_0123456789abcdef"
_NEVER_MS = 4_000_000_000_000
_SOCKET = """url => new Promise((said, failed) => {
  const socket = new WebSocket(url);
  socket.onmessage = event => { said(event.data); socket.close(); };
  socket.onerror = () => failed("the socket was refused");
})"""
_CAMERA = "[isSecureContext, typeof navigator.mediaDevices?.getUserMedia, typeof MediaRecorder]"


@dataclass
class Home:
    """A market on one's own machine, by https."""

    folder: Path
    ports: tuple[int, int, int]
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.ports[2]}"

    @property
    def authority(self) -> Path:
        return self.folder / "caddy/store/pki/authorities/local/root.crt"

    @property
    def log(self) -> str:
        return (self.folder / "terminal").read_text()

    def ask(self, path: str, method: str = "GET", **more: object) -> requests.Response:
        """Ask as one who trusts the home's own authority, and nobody else."""
        trusted = {"verify": str(self.authority), "timeout": 10, **more}
        return requests.request(method, self.url + path, **trusted)  # type: ignore[arg-type]

    def answers(self, path: str) -> Callable[[], bool]:
        def asked() -> bool:
            assert self.process.poll() is None, self.log
            try:
                return self.authority.exists() and self.ask(path).ok
            except requests.ConnectionError:
                return False

        return asked

    def programs(self) -> dict[str, int]:
        """The processes right under the supervisor, by what they run."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        pids = [int(pid) for pid in Path(children).read_text().split()]
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in pids}
        return {
            name: pid
            for pid, line in lines.items()
            for name in ("gunicorn", "livestream.media", "caddy")
            if f"{name}\0" in line
        }


@pytest.fixture(scope="module")
def home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    ports = (free_port(), free_port(), free_port())
    names = dict(zip(("PORT", "MEDIA_PORT", "HTTPS_PORT"), map(str, ports), strict=True))
    environ = {**os.environ, **names, "TLS": "1", "DATA_DIR": str(folder)}
    environ["DATABASE_URL"] = f"sqlite:///{folder / 'chophien.db'}"
    environ["PUBLIC_URL"] = f"https://127.0.0.1:{ports[2]}"
    environ["HOME"] = str(folder / "nobody")
    with (folder / "terminal").open("wb") as log:
        command = [sys.executable, "-m", "tools.serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    started = Home(folder, ports, process)
    try:
        waited(started.answers("/readyz"), 90)
        waited(started.answers("/media/readyz"))
        yield started
        left_in_time(started)
    finally:
        process.kill()


def left_in_time(home: Home) -> None:
    """Told to stop, all of them go by themselves."""
    pids = home.programs().values()
    home.process.terminate()
    assert home.process.wait(20) == 0
    assert [pid for pid in pids if is_running(pid)] == []
    assert "did not leave in time" not in home.log


@pytest.fixture
def phone(home: Home, browser: Browser) -> Iterator[Page]:
    """A phone whose owner went on past the warning."""
    context = browser.new_context(
        base_url=home.url, viewport=PHONE, has_touch=True, locale="vi-VN", ignore_https_errors=True
    )
    context.set_default_timeout(15_000)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    yield page
    context.close()
    assert errors == []


def test_a_phone_may_use_its_camera_and_its_socket(phone: Page, home: Home) -> None:
    phone.goto("/")
    assert phone.evaluate(_CAMERA) == [True, "function", "function"]
    address = f"wss://127.0.0.1:{home.ports[2]}/socket.io/?EIO=4&transport=websocket"
    assert phone.evaluate(_SOCKET, address).startswith("0{")


def test_signing_in_by_https_keeps_a_cookie_no_other_site_can_set(phone: Page) -> None:
    sign_in(phone)
    kept = [(one["name"], one["secure"]) for one in phone.context.cookies()]
    assert ("__Host-device", True) in kept


def test_slices_go_to_the_engine_and_live_video_comes_back_under_the_same_address(
    home: Home, phone: Page
) -> None:
    grant = signed(Grant(STREAM, "host", _NEVER_MS), shared_secret(home.folder / "keys"))
    for at, piece in enumerate(slices(recording(), 20)):
        path = f"/media/{STREAM}/runs/0/chunks/{at}?container=matroska&video=h264&sound=1"
        headers = {"Authorization": f"Bearer {grant}"}
        assert home.ask(path, "PUT", data=piece, headers=headers).ok
    waited(home.answers(f"/media/{STREAM}/picture/init-0.mp4"))
    phone.goto("/")
    read = "url => fetch(url).then(async a => [a.status, await a.text()])"
    status, text = phone.evaluate(read, f"/media/{STREAM}/index.m3u8")
    assert (status, "avc1" in text) == (200, True)


def test_only_the_certificate_of_the_authority_is_handed_out(home: Home) -> None:
    assert "BEGIN CERTIFICATE" in home.ask(CERTIFICATE_PATH).text
    for path in ("/root.key", "/local-ca.crt/root.key", "/media/control/x/close", "/caddy"):
        assert home.ask(path).status_code == 404, path
    assert (home.folder / "nobody").exists() is False


def test_an_engine_that_is_killed_comes_back_and_nobody_at_the_shop_notices(home: Home) -> None:
    before = home.programs()
    os.kill(before["livestream.media"], signal.SIGKILL)
    assert home.ask("/").ok
    waited(home.answers("/media/readyz"))
    after = home.programs()
    assert after["livestream.media"] != before["livestream.media"]
    assert [after[name] for name in ("gunicorn", "caddy")] == [before["gunicorn"], before["caddy"]]
    assert home.log.count("video ended (exit code 137)") == 1


def test_the_terminal_tells_where_to_go_with_a_phone(home: Home) -> None:
    assert f"On a phone in the same Wi-Fi open {home.url}" in home.log
    assert f"{home.url}{CERTIFICATE_PATH}" in home.log
    assert "A camera works at" not in home.log
    lines = [line for line in home.log.splitlines() if line.startswith("{")]
    assert [line for line in lines if json.loads(line).get("level") == "error"] == []
