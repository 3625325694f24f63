"""The picture in the buyer's room: a real engine, a real market, a phone that sends at its own pace."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import OpenPage
from tests.browser.tour import PASSWORD, STAFF_PHONE
from tests.support.browser import Errors
from tests.support.live_feed import Feed
from tests.support.server import Server

PLAYING = "[data-stage][data-picture=playing]"
WAITS = "document.querySelector('[data-video]').dispatchEvent(new Event('waiting'));"
PLAYS = "document.querySelector('[data-video]').dispatchEvent(new Event('playing'));"
_LOST_MS = 20_000
"""The engine waits 4 s before it says so, and a busy machine longer."""


@dataclass(frozen=True)
class Show:
    """A show that is live, and the phone that films it."""

    url: str
    feed: Feed


def filmed(market: Server) -> Show:
    [show] = market.flask("demo", "live", "--packs", "20", "--limit", "3")
    login = {"phone": STAFF_PHONE, "password": PASSWORD}
    said = requests.post(f"{market.url}/api/v1/auth/login", json=login, timeout=10).json()
    granted = requests.post(
        f"{market.url}/api/v1/live/{show['session']}/video/publish",
        json={"publisher": secrets.token_hex(8)},
        headers={"Authorization": f"Bearer {said['token']}"},
        timeout=10,
    ).json()
    return Show(str(show["url"]), Feed(granted["url"], granted["token"]))


@pytest.fixture(scope="module")
def show(market: Server) -> Iterator[Show]:
    market.start_media()
    show = filmed(market)
    with show.feed:
        show.feed.wait_for_picture()
        yield show


def opened(open_page: OpenPage, show: Show) -> Page:
    page = open_page()
    page.goto(show.url)
    page.locator(PLAYING).wait_for()
    return page


def asked_for(page: Page) -> list[str]:
    """What the page asks the engine for from now on, by its last two names."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "/live.m" in request.url:
            asked.append("/".join(request.url.split("/")[-2:]))

    page.on("request", hear)
    return asked


def forgive(errors: Errors) -> None:
    """Browsers themselves log what was not answered; a script of ours or the policy must not."""
    assert [text for text in errors if text.startswith("uncaught") or "Policy" in text] == []
    errors.clear()


def chosen(page: Page, what: str) -> None:
    page.locator("[data-video-menu] summary").click()
    page.locator(f"[data-video-menu] [data-choose={what}]").click()


def test_the_picture_plays_muted_until_a_tap_lets_it_speak(open_page: OpenPage, show: Show) -> None:
    page = opened(open_page, show)
    expect(page.locator("[data-room-note]")).to_have_text("")
    sound = page.get_by_role("button", name="Bấm để nghe tiếng")
    assert (sound.bounding_box() or {})["height"] >= 48
    sound.click()
    assert page.evaluate("document.querySelector('[data-video]').muted") is False
    expect(page.get_by_role("button", name="Tắt tiếng")).to_be_visible()


def test_sound_alone_is_chosen_once_and_loads_no_picture(open_page: OpenPage, show: Show) -> None:
    page = opened(open_page, show)
    chosen(page, "sound")
    expect(page.locator("[data-room-note]")).to_have_text("Đang phát tiếng, không tải hình.")
    asked = asked_for(page)
    page.reload()
    page.locator("[data-stage][data-picture=sound]").wait_for()
    assert set(asked) == {"sound/live.mp4"}


def test_photos_alone_load_nothing_of_the_engine(open_page: OpenPage, show: Show) -> None:
    page = opened(open_page, show)
    chosen(page, "photo")
    expect(page.locator("[data-room-note]")).to_contain_text("Chỉ xem ảnh")
    shown, pinned = page.locator("[data-stage-image]"), page.locator("[data-pin-art]")
    assert shown.get_attribute("src") == pinned.get_attribute("src")
    asked = asked_for(page)
    page.reload()
    page.locator("[data-stage][data-picture=photo]").wait_for()
    assert asked == []


def test_less_is_offered_when_the_picture_stood_still_three_times(
    open_page: OpenPage, show: Show
) -> None:
    page = opened(open_page, show)
    page.evaluate(f"() => {{ {(WAITS + PLAYS) * 3} }}")
    offer = page.locator("[data-video-offer]")
    expect(offer).to_contain_text("Mạng yếu?")
    offer.get_by_role("button", name="Chỉ nghe tiếng").click()
    page.locator("[data-stage][data-picture=sound]").wait_for()
    expect(offer).to_be_hidden()


def test_an_engine_that_is_away_leaves_the_room_whole(
    open_page: OpenPage, show: Show, errors: Errors
) -> None:
    page = open_page()
    page.route("**/live.mp4", lambda route: route.fulfill(status=503, body=""))
    page.goto(show.url)
    expect(page.locator("[data-room-note]")).to_contain_text("Chưa tải được hình")
    page.locator("[data-pin-go]").click()
    expect(page.locator("dialog[open] input[name=phone]")).to_be_visible()
    forgive(errors)


def test_without_a_script_the_browser_plays_hls_and_the_card_is_a_form(
    open_page: OpenPage, show: Show, errors: Errors
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(show.url)
    video = page.locator(".stage noscript video")
    expect(video).to_have_attribute("src", f"{show.feed.url}/picture/live.m3u8")
    expect(video).to_be_visible()
    page.locator("[data-pin-go]").click()
    expect(page.locator("input[name=phone]")).to_be_visible()
    forgive(errors)


def test_a_lost_picture_is_told_claims_go_on_and_it_comes_back(
    open_page: OpenPage, market: Server, show: Show
) -> None:
    own = filmed(market)
    with own.feed:
        own.feed.wait_for_picture()
        page = opened(open_page, own)
        own.feed.stop()
        expect(page.locator("[data-room-note]")).to_contain_text(
            "Mất hình, phiên vẫn bán", timeout=_LOST_MS
        )
        expect(page.locator("[data-pin-go]")).to_be_enabled()
        own.feed.begin_anew()
        page.locator(PLAYING).wait_for()
        expect(page.locator("[data-room-note]")).to_have_text("")
