"""Photos at phone size: chosen, made small, sent over a weak network, seen; put first, taken away."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, Route, expect

from tests.support import photographs
from tests.support.browser import PHONE, Errors
from tests.support.databases import SqliteTemplate
from tests.support.demo_market import DemoMarket
from tests.support.relay import Relay
from tests.support.server import Server, free_port

MADE_MS = 90_000


@dataclass(frozen=True)
class Desk:
    """A demo market behind a wire, and one of its sellers with a token of theirs."""

    market: DemoMarket
    wire: Relay
    token: str
    seller: str

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}"

    def sign_in(self, context: BrowserContext) -> None:
        context.add_cookies([{"name": "device", "value": self.token, "url": self.home}])

    def photos(self, draft: str) -> list[dict[str, object]]:
        """What the market itself says of the photos of a draft, past the wire."""
        answer = requests.get(
            f"{self.market.url}/api/v1/sellers/{self.seller}/photos/draft/{draft}",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=10,
        )
        found: list[dict[str, object]] = answer.json()["list"]
        return found


@dataclass(frozen=True)
class Album:
    """The photos of a new draft, open on the farmer's phone."""

    page: Page
    desk: Desk
    draft: str

    @property
    def cards(self) -> Locator:
        return self.page.locator(".photo-card")

    def choose(self, *pictures: bytes, name: str = "anh.jpg") -> None:
        files: list[FilePayload] = [
            {"name": name, "mimeType": "image/jpeg", "buffer": one} for one in pictures
        ]
        self.page.locator("[data-photos-album]").set_input_files(files)

    def is_shown(self, number: int = 1) -> None:
        """So many photos have been made and are seen."""
        ready = self.page.locator('.photo-card[data-state="ready"] img[src^="/photos/"]')
        expect(ready).to_have_count(number, timeout=MADE_MS)

    def state(self, state: str) -> None:
        expect(self.cards.last).to_have_attribute("data-state", state, timeout=MADE_MS)


@pytest.fixture(scope="module")
def desk(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("photos")
    server = Server(folder, sqlite_template.copy_to(folder))
    wire = Relay(server.port, free_port()).start()
    server.environ["PUBLIC_URL"] = f"http://127.0.0.1:{wire.port}"
    market = DemoMarket(server).start()
    number = next(one for one in market.names if market.goods_of(one))
    yield Desk(market, wire, market.token(number), str(market.goods_of(number)[0]["seller"]))
    wire.stop()
    server.stop()
    log = server.log_path.read_text()
    assert "Traceback" not in log, log[-3000:]


@pytest.fixture
def album(browser: Browser, desk: Desk) -> Iterator[Album]:
    """A fresh page on the farmer's phone, with a wire that carries."""
    desk.wire.mend()
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    desk.sign_in(context)
    context.set_default_timeout(15_000)
    page, errors, draft = context.new_page(), Errors(), secrets.token_hex(8)
    errors.watch(page)
    page.goto(f"{desk.home}/console/{desk.seller}/photos/draft/{draft}")
    expect(page.get_by_text("Chọn ảnh")).to_be_visible()
    yield Album(page, desk, draft)
    context.close()
    assert [text for text in errors if text.startswith("uncaught")] == []


def test_a_photo_of_a_phone_is_made_small_sent_and_seen(album: Album) -> None:
    """Upright, and 1,600 px at most on its way: the market would have kept 1,280 of the width."""
    album.choose(photographs.phone_picture(4000, 3000))
    album.is_shown()
    [photo] = album.desk.photos(album.draft)
    assert (photo["state"], photo["width"], photo["height"]) == ("ready", 1200, 1600)


def test_a_photo_waits_for_the_network_and_is_sent_once(album: Album) -> None:
    album.desk.wire.cut()
    album.choose(photographs.jpeg(1200, 900))
    album.state("stuck")
    expect(album.page.locator("[data-photos-say]").first).to_contain_text("Mạng yếu")
    album.desk.wire.mend()
    album.page.get_by_role("button", name="Gửi ngay").click()
    album.is_shown()
    assert len(album.desk.photos(album.draft)) == 1


def test_a_photo_whose_answer_was_lost_does_not_become_two(album: Album) -> None:
    album.desk.wire.deaf = True
    album.choose(photographs.jpeg(1200, 900))
    wait_for_photos(album, 1)
    album.desk.wire.cut()
    album.state("stuck")
    album.desk.wire.mend()
    album.is_shown()
    assert len(album.desk.photos(album.draft)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "không phải ảnh chụp"),
        (photographs.heic(), "HEIC"),
        (photographs.jpeg()[:2000], "thiếu một phần"),
    ],
)
def test_what_is_no_photo_is_told_so_and_can_be_put_aside(
    album: Album, content: bytes, words: str
) -> None:
    album.choose(content)
    album.state("refused")
    expect(album.page.locator("[data-photos-say]").first).to_contain_text(words)
    album.page.get_by_role("button", name="Bỏ").click()
    expect(album.cards).to_have_count(0)


def test_another_photo_is_put_first_one_is_taken_away_and_brought_back(album: Album) -> None:
    album.choose(photographs.jpeg(), photographs.png(300, 400))
    album.is_shown(2)
    first, second = (one["id"] for one in album.desk.photos(album.draft))
    album.page.get_by_role("button", name="Làm ảnh chính").last.click()
    expect(album.page.locator("[data-photos-told]")).to_have_text("Đã đổi ảnh chính.")
    album.page.get_by_role("button", name="Bỏ").last.click()
    album.state("removed")
    assert [one["id"] for one in album.desk.photos(album.draft)] == [second]
    album.page.get_by_role("button", name="Lấy lại").click()
    album.state("ready")
    assert [one["id"] for one in album.desk.photos(album.draft)] == [second, first]


def test_a_photo_we_gave_up_on_is_made_again_in_one_tap(album: Album) -> None:
    def given_up(route: Route) -> None:
        told = [
            {**one, "state": "failed", "why": "photo_stuck"} for one in route.fetch().json()["list"]
        ]
        route.fulfill(json={"list": told})

    album.page.route(f"**/photos/draft/{album.draft}", given_up)
    album.choose(photographs.jpeg())
    album.state("failed")
    album.page.unroute(f"**/photos/draft/{album.draft}")
    album.page.get_by_role("button", name="Làm lại").click()
    album.state("ready")


def test_eight_photos_are_enough(album: Album) -> None:
    album.choose(*[photographs.jpeg(120 + n, 120) for n in range(10)])
    album.is_shown(8)
    expect(album.page.get_by_text("Chụp ảnh")).to_be_hidden()
    expect(album.page.locator("[data-photos-told]")).to_contain_text("Đã đủ 8 ảnh")


def test_a_photo_is_sent_and_seen_without_a_script(browser: Browser, desk: Desk) -> None:
    desk.wire.mend()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    desk.sign_in(context)
    page = context.new_page()
    page.goto(f"{desk.home}/console/{desk.seller}/photos/draft/{secrets.token_hex(8)}")
    page.get_by_label("Thêm ảnh").set_input_files(
        {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photographs.jpeg()}
    )
    page.get_by_role("button", name="Gửi ảnh").click()
    expect(page.locator(".photo-card")).to_have_attribute("data-state", re.compile("waiting|ready"))
    expect(page.locator('.photo-card[data-state="ready"] img')).to_be_visible(timeout=MADE_MS)
    page.get_by_role("button", name="Bỏ").click()
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator('.photo-card[data-state="ready"]')).to_have_count(1)
    context.close()


def wait_for_photos(album: Album, number: int) -> None:
    """Until the market has so many; the page's clock turns meanwhile."""
    for _look in range(200):
        if len(album.desk.photos(album.draft)) == number:
            return
        album.page.wait_for_timeout(50)
    raise AssertionError(f"{album.desk.photos(album.draft)}, not {number} photos")
