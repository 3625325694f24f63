"""The player of the live picture in a real browser, fed by a real engine at the pace of a real phone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import Errors
from tests.support.live_feed import Feed, fed
from tests.support.media_engine import Engine
from tests.support.player_page import PlayerSite, play

STREAM = "player_0123456789abcdef"
NO_HLS = "HTMLMediaElement.prototype.canPlayType = () => ''"
NO_SOURCE = "delete window.MediaSource; delete window.ManagedMediaSource"
READS_NO_MP4 = "MediaSource.isTypeSupported = () => false"
BEHIND = "video.buffered.end(video.buffered.length - 1) - video.currentTime"


@dataclass(frozen=True)
class Stage:
    """A page with a player, what it fetched, and where the picture is."""

    page: Page
    feed: Feed
    fetched: list[str]

    def address(self, name: str) -> str:
        return f"{self.feed.url}/picture/{name}"

    def play(self, *names: str) -> None:
        play(self.page, *map(self.address, names))

    def sees(self, condition: str, within_ms: int = 10_000) -> None:
        self.page.wait_for_function(f"() => {condition}", timeout=within_ms, polling=20)

    def plays_on(self) -> None:
        """A second of new pictures from here."""
        self.page.evaluate("() => { window.since = frames.length }")
        self.sees("frames.length > since + 20")

    def longest_gap_ms(self) -> float:
        """The longest time without a new picture since `plays_on` began."""
        gap: float = self.page.evaluate(
            "() => Math.max(...frames.slice(since).map(([at], n, all) => n ? at - all[n - 1][0] : 0))"
        )
        return gap

    def asked_for(self, name: str) -> int:
        return sum(name in url for url in self.fetched)


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Feed]:
    with Engine(tmp_path_factory.mktemp("engine")) as engine, fed(engine, STREAM) as feed:
        feed.wait_for_picture()
        yield feed


@pytest.fixture
def stage(browser: Browser, feed: Feed) -> Iterator[Stage]:
    context = browser.new_context()
    page, fetched, errors = context.new_page(), list[str](), Errors()
    page.on("request", lambda request: fetched.append(request.url))
    errors.watch(page)
    with PlayerSite(feed.url.removesuffix(f"/{STREAM}")) as site:
        page.goto(site.url)
        yield Stage(page, feed, fetched)
        context.close()
    assert [text for text in errors if text.startswith("uncaught") or "Policy" in text] == []


def test_the_picture_is_there_within_a_second_and_near_the_newest(stage: Stage) -> None:
    stage.play("live.mp4", "live.m3u8")
    stage.sees("frames.length > 3")
    assert stage.page.evaluate("frames[0][0]") < 1000
    stage.plays_on()
    assert stage.page.evaluate(BEHIND) < 2
    assert stage.page.evaluate("told.at(-1)") == "playing"
    assert (stage.asked_for("live.mp4"), stage.asked_for("live.m3u8")) == (1, 0)
    assert stage.asked_for("hls-reader") == 0


def test_a_little_behind_it_hurries_and_far_behind_it_jumps(stage: Stage) -> None:
    stage.play("live.mp4")
    stage.sees("frames.length > 3 && video.currentTime - frames[0][1] > 6", 15_000)
    stage.page.evaluate("video.currentTime -= 1.5")
    stage.sees("video.playbackRate > 1")
    stage.page.evaluate("video.currentTime -= 4")
    stage.sees(f"{BEHIND} < 2", 1000)
    assert stage.page.evaluate("video.buffered.length") == 1


def test_another_picture_size_is_shown_without_a_new_video(stage: Stage) -> None:
    stage.play("live.mp4")
    stage.plays_on()
    address = stage.page.evaluate("video.src")
    stage.feed.begin_anew()
    stage.sees("video.buffered.length > 1")
    stage.sees("frames.length > since + 50")
    assert stage.longest_gap_ms() < 1000
    assert stage.page.evaluate("video.src") == address


def test_a_phone_that_was_away_is_back_without_being_asked_in_between(stage: Stage) -> None:
    stage.play("live.mp4")
    stage.plays_on()
    stage.page.evaluate("player.expect(false)")
    stage.feed.stop()
    stage.sees("told.at(-1) === 'waiting'")
    asked = stage.asked_for("live.mp4")
    stage.feed.begin_anew()
    stage.sees("told.at(-1) === 'playing'", 3000)
    stage.plays_on()
    assert stage.asked_for("live.mp4") == asked + 1


def test_an_engine_that_is_away_is_asked_again_until_it_answers(stage: Stage) -> None:
    stage.page.route("**/live.mp4", lambda route: route.abort())
    stage.play("live.mp4")
    stage.sees("told.at(-1) === 'away'")
    stage.page.unroute("**/live.mp4")
    stage.sees("told.at(-1) === 'playing'")
    assert stage.asked_for("live.mp4") > 1


def test_a_player_that_was_stopped_asks_for_nothing(stage: Stage) -> None:
    stage.play("live.mp4")
    stage.plays_on()
    stage.page.evaluate("player.stop()")
    asked = stage.asked_for("live.mp4")
    stage.page.wait_for_timeout(500)
    assert stage.page.evaluate("video.hasAttribute('src')") is False
    assert stage.asked_for("live.mp4") == asked


@pytest.mark.parametrize("without", [NO_SOURCE, READS_NO_MP4])
def test_a_browser_that_reads_no_mp4_piece_by_piece_plays_its_own_hls(
    stage: Stage, without: str
) -> None:
    stage.page.evaluate(without)
    stage.play("live.mp4", "live.m3u8")
    stage.sees("frames.length > 3")
    assert stage.page.evaluate("video.src").endswith("/live.m3u8")
    assert stage.asked_for("hls-reader") == 0


def test_hls_js_comes_only_where_the_list_has_nothing_else_for_this_browser(stage: Stage) -> None:
    """As with an engine that gives HLS alone, in a browser that has none of its own."""
    stage.page.evaluate(NO_HLS)
    stage.play("live.m3u8")
    stage.sees("frames.length > 3")
    assert stage.asked_for("hls-reader") == 1
    assert stage.asked_for("part-") > 0
