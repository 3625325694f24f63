"""The host's camera: a real browser with a fake one, the market and its engine as processes of their own.

An outage loses no chunk, a net too weak for the picture makes it smaller, another device takes over, and
without bandwidth sound and a photo remain.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, CDPSession, Page, Playwright, Request, expect

from tests.browser.conftest import served
from tests.browser.test_path import open_session, room_address, sign_in
from tests.support.browser import PHONE, Errors, launch
from tests.support.server import Server

FAKES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
OUTAGE_MS, SLOW_BYTES_PER_S = 5_000, 20_000
BACK_MS = 2_000


@pytest.fixture(scope="module")
def show(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A market of this file's own, with its engine."""
    server = served(prepared, tmp_path_factory.mktemp("camera"))
    yield server.start().start_media()
    server.stop()
    assert "Traceback" not in server.log_path.read_text()


@pytest.fixture(scope="module")
def filming(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright, *FAKES)
    yield started
    started.close()


@dataclass
class Host:
    """A host's phone; `taken` are the chunks that the engine has answered for, by run."""

    page: Page
    taken: dict[int, set[int]] = field(default_factory=dict)

    def heard(self, request: Request) -> None:
        answer = request.response()
        if request.method == "PUT" and answer and answer.ok:
            run, _, number = request.url.split("/runs/")[1].split("?")[0].split("/")
            self.taken.setdefault(int(run), set()).add(int(number))

    def has_taken_all(self, of_runs: int) -> bool:
        """Whether slices of so many runs were answered for, and of each run all up to the newest."""
        whole = (numbers == set(range(len(numbers))) for numbers in self.taken.values())
        return len(self.taken) >= of_runs and all(whole)

    def press(self, what: str) -> None:
        self.page.locator(f"[data-camera-do={what}]:visible").first.click()

    def is_(self, state: str, timeout: float = 10_000) -> None:
        """Wait until the panel says so: a state, or how the net is."""
        said = f"[data-camera-state={state}], [data-camera][data-weather={state}]"
        expect(self.page.locator(said)).to_be_visible(timeout=timeout)

    def net(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)


@pytest.fixture
def host(filming: Browser, show: Server) -> Iterator[Host]:
    """Somebody who has just started a show of their own and opened the camera."""
    host = phone(filming, show)
    open_session(host.page, 9)
    host.page.locator("[data-host][data-state=live]").wait_for()  # else it goes on air by itself
    host.press("open")
    host.is_("preview")
    yield host
    host.page.context.close()


def phone(filming: Browser, show: Server) -> Host:
    context = filming.new_context(base_url=show.url, viewport=PHONE, has_touch=True, locale="vi-VN")
    context.grant_permissions(["camera", "microphone"], origin=show.url)
    context.set_default_timeout(15_000)
    host = Host(context.new_page())
    host.page.on("requestfinished", host.heard)
    return host


def slowly(net: CDPSession, bytes_per_s: int) -> None:
    how = {"offline": False, "latency": 20, "downloadThroughput": -1}
    net.send("Network.emulateNetworkConditions", {**how, "uploadThroughput": bytes_per_s})


def video(show: Server, host: Host) -> dict[str, object]:
    session = room_address(host.page).rpartition("/")[2]
    answer = requests.get(f"{show.url}/api/v1/live/{session}/video", timeout=5)
    said: dict[str, object] = answer.json()
    return said


def recorded(show: Server) -> list[dict[str, int]]:
    """The pieces of the newest recording."""
    folders = (show.data_dir / "recordings").iterdir()
    newest = max(folders, key=lambda folder: folder.stat().st_mtime)
    return [json.loads(line) for line in (newest / "segments.jsonl").read_text().splitlines()]


def becomes(show: Server, host: Host, **wanted: object) -> dict[str, object]:
    until = time.monotonic() + 12
    while not wanted.items() <= (said := video(show, host)).items():
        assert time.monotonic() < until, said
        host.page.wait_for_timeout(200)
    return said


def test_an_outage_loses_no_chunk_and_is_made_good_in_two_seconds(show: Server, host: Host) -> None:
    host.press("go")
    host.is_("good")
    becomes(show, host, state="sending", mode="picture")
    host.page.wait_for_timeout(2_000)
    host.page.context.set_offline(True)
    host.is_("lost")
    host.page.wait_for_timeout(OUTAGE_MS)
    host.page.context.set_offline(False)
    host.is_("good", BACK_MS)
    host.page.wait_for_timeout(1_000)
    host.press("stop")
    host.is_("preview")
    ((_, numbers),) = host.taken.items()
    assert numbers == set(range(len(numbers)))
    host.page.wait_for_timeout(1_000)
    pieces = recorded(show)
    assert sum(piece["length_us"] for piece in pieces) > 6_500_000
    assert [piece["is_break"] for piece in pieces].count(True) == 1


def test_a_net_too_weak_for_the_picture_makes_it_smaller(show: Server, host: Host) -> None:
    host.press("go")
    host.is_("good")
    line = host.page.locator("[data-camera-line]")
    expect(line).to_contain_text("hình nét")
    net = host.net()
    slowly(net, SLOW_BYTES_PER_S)
    expect(line).to_contain_text("hình vừa", timeout=15_000)
    slowly(net, -1)
    host.is_("good", BACK_MS + 1_000)
    expect(host.page.locator("[data-camera-told]")).to_contain_text("Mạng yếu")
    until = time.monotonic() + 10
    while not host.has_taken_all(of_runs=2) and time.monotonic() < until:
        host.page.wait_for_timeout(100)
    assert host.has_taken_all(of_runs=2), (
        "a smaller picture is a run of its own, and no slice is lost"
    )


def test_another_device_takes_over_and_the_first_one_says_so(
    filming: Browser, show: Server, host: Host
) -> None:
    host.press("go")
    host.is_("good")
    becomes(show, host, state="sending")
    second = phone(filming, show)
    sign_in(second.page)
    second.page.goto(host.page.url)
    second.press("open")
    second.is_("preview")
    second.press("go")
    second.is_("elsewhere")
    second.press("take")
    second.is_("good")
    host.is_("elsewhere")
    second.page.context.close()


def test_sound_and_a_photo_remain_where_there_is_no_bandwidth(show: Server, host: Host) -> None:
    host.page.locator("[data-open=camera-more]").click()
    host.press("sound")
    host.page.locator("#camera-more [data-close]").click()
    host.press("go")
    host.is_("good")
    expect(host.page.locator("[data-camera-word]")).to_have_text("Phát tiếng")
    said = becomes(show, host, state="sending", mode="sound")
    until = time.monotonic() + 12
    while not said["photo"] and time.monotonic() < until:
        host.page.wait_for_timeout(300)
        said = video(show, host)
    answer = requests.get(f"{show.url}{said['photo']}", timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("NotAllowedError", "Chưa được phép dùng máy quay"),
        ("NotReadableError", "Máy quay đang bận"),
    ],
)
def test_without_a_camera_the_page_says_what_to_press(
    filming: Browser, show: Server, name: str, told: str
) -> None:
    host, errors = phone(filming, show), Errors()
    errors.watch(host.page)
    refusing = f"() => Promise.reject(Object.assign(new Error(), {{name: '{name}'}}))"
    host.page.add_init_script(f"navigator.mediaDevices.getUserMedia = {refusing}")
    open_session(host.page, 9)
    host.press("open")
    host.is_("help")
    expect(host.page.locator("[data-camera-word]")).to_have_text(told)
    expect(host.page.locator("[data-camera-steps]")).to_contain_text("vẫn bán được")
    host.page.context.close()
    assert errors == []
