"""A weak network in the room: what is pressed is kept, said and claimed once; the server is found again."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PHONE, Errors
from tests.support.databases import SqliteTemplate
from tests.support.relay import Relay
from tests.support.server import Server, free_port

PACKS = 5
RECONNECTS_MS = 20_000


@dataclass(frozen=True)
class Room:
    """A room behind a wire: the phone in it, the wire, the server past it, tokens of other buyers."""

    page: Page
    wire: Relay
    server: Server
    session: str
    buyers: list[str]

    def cut(self) -> None:
        """The phone goes into a tunnel."""
        self.page.context.set_offline(True)
        self.wire.cut()

    def mend(self) -> None:
        """And comes out."""
        self.wire.mend()
        self.page.context.set_offline(False)

    def claims(self) -> int:
        """How many claims the server has, asked directly."""
        answer = requests.get(f"{self.server.url}/api/v1/live/{self.session}", timeout=10)
        return int(answer.json()["counters"]["claims"])


@dataclass(frozen=True)
class Wired:
    """A server whose public address is a wire that can be cut; `buyers` are tokens nobody has used."""

    server: Server
    wire: Relay
    buyers: list[str]

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}"


@pytest.fixture(scope="module")
def wired(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wired]:
    folder = tmp_path_factory.mktemp("wired")
    server = Server(folder, sqlite_template.copy_to(folder))
    wire = Relay(server.port, free_port()).start()
    server.environ["PUBLIC_URL"] = f"http://127.0.0.1:{wire.port}"
    buyers = server.start().flask("demo", "buyers", "8")
    yield Wired(server, wire, [str(buyer["token"]) for buyer in buyers])
    wire.stop()
    server.stop()


@pytest.fixture
def room(browser: Browser, wired: Wired) -> Iterator[Room]:
    """A buyer who is known, in a fresh room."""
    [show] = wired.server.flask("demo", "live", "--packs", str(PACKS), "--limit", "3")
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    token = wired.buyers.pop()
    context.add_cookies([{"name": "device", "value": token, "url": wired.home}])
    context.set_default_timeout(20_000)
    page, errors = context.new_page(), Errors()
    errors.watch(page)
    page.goto(str(show["url"]))
    expect(page.locator("[data-room-viewers]")).to_have_text("1")
    yield Room(page, wired.wire, wired.server, str(show["session"]), wired.buyers)
    context.close()
    assert [text for text in errors if text.startswith("uncaught")] == []


def test_a_claim_pressed_without_network_is_kept_and_claimed_once(room: Room) -> None:
    room.cut()
    says(room, "[data-room-note]", "Mất mạng")
    room.page.locator("[data-pin-go]").click()
    says(room, "[data-told]", "có mạng là gửi ngay")
    assert room.claims() == 0
    room.mend()
    says(room, "[data-told]", "Đã giữ 1 × A1")
    says(room, "[data-room-note]", "theo dõi bằng chữ")
    expect(room.page.locator("[data-pin-left]")).to_have_text(str(PACKS - 1))
    assert room.claims() == 1


def test_a_claim_whose_answer_was_lost_is_not_made_twice(room: Room) -> None:
    room.wire.deaf = True
    room.page.locator("[data-pin-go]").click()
    room.page.wait_for_function("() => sessionStorage.length > 0")
    expect_claims(room, 1)
    room.cut()
    room.mend()
    says(room, "[data-told]", "Đã giữ 1 × A1 cho bạn, số 1")
    says(room, "[data-mine]", "Trả ngay")
    assert room.claims() == 1


def test_a_claim_waits_through_a_reload(room: Room) -> None:
    room.cut()
    room.page.locator("[data-pin-go]").click()
    says(room, "[data-told]", "có mạng là gửi ngay")
    room.mend()
    room.page.reload()
    says(room, "[data-mine]", "Trả ngay")
    assert room.claims() == 1


def test_a_room_finds_its_server_again_and_misses_nothing(room: Room) -> None:
    room.server.kill()
    says(room, "[data-room-note]", "Mất mạng")
    room.server.start()
    claim_elsewhere(room)
    claim_elsewhere(room)
    says(room, "[data-room-note]", "theo dõi bằng chữ")
    expect(room.page.locator("[data-room-count]")).to_have_text("2")
    expect(room.page.locator("[data-claims] tr")).to_have_count(2)
    expect(room.page.locator("[data-pin-left]")).to_have_text(str(PACKS - 2))
    room.page.locator("[data-pin-go]").click()
    says(room, "[data-told]", "Đã giữ 1 × A1 cho bạn, số 3")


def says(room: Room, place: str, text: str) -> None:
    """The page says `text`, at the latest when it has had time to reconnect."""
    expect(room.page.locator(place)).to_contain_text(text, timeout=RECONNECTS_MS)


def claim_elsewhere(room: Room) -> None:
    """Somebody else claims one pack, past the wire."""
    answer = requests.post(
        f"{room.server.url}/api/v1/live/{room.session}/claims",
        json={"client_id": secrets.token_hex(16), "code": "A1", "qty": 1},
        headers={"Authorization": f"Bearer {room.buyers.pop()}"},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text


def expect_claims(room: Room, number: int) -> None:
    """Wait until the server has so many claims; the page's clock turns meanwhile."""
    for _look in range(100):
        if room.claims() == number:
            return
        room.page.wait_for_timeout(50)
    raise AssertionError(f"{room.claims()} claims, not {number}")
