"""A photo whose copies were tried for in vain: said in words, and made when somebody asks again."""

import pytest

from catalog.photos import develop
from catalog.photos.develop import DarkroomStuck
from tests.flows import photos_of
from tests.flows.examples_shop import client_id
from tests.flows.market import Market

HOUR_MS = 3_600_000


@pytest.fixture
def stuck(market: Market, monkeypatch: pytest.MonkeyPatch) -> str:
    """A photo the machine was too busy for, eight times."""

    def too_busy(_original: bytes) -> None:
        raise DarkroomStuck()

    sent = photos_of.send(market, market.ids["seller"], market.ids["product"])
    with monkeypatch.context() as busy:
        busy.setattr(develop, "develop", too_busy)
        for _ in range(8):
            photos_of.develop(market)
            market.time.advance(HOUR_MS)
    return sent


def test_the_page_says_so_and_one_tap_has_it_made(market: Market, stuck: str) -> None:
    seller, product = market.ids["seller"], market.ids["product"]
    page = f"/console/{seller}/photos/product/{product}"
    assert "nhiều lần chưa xong" in market.ask("staff_a", "GET", page).text
    again = f"/console/{seller}/photo/{stuck}/retry"
    market.ask("staff_a", "POST", again, data={"client_id": client_id()})
    assert "nhiều lần chưa xong" not in market.ask("staff_a", "GET", page).text
    photos_of.develop(market)
    assert market.ask("guest", "GET", f"/photos/{stuck}/320.jpg").status_code == 200


def test_a_program_is_told_why_and_asks_again(market: Market, stuck: str) -> None:
    seller, product = market.ids["seller"], market.ids["product"]
    album = f"/api/v1/sellers/{seller}/photos/product/{product}"
    failed = market.ask("staff_a", "GET", album).get_json()["list"][-1]
    assert (failed["state"], failed["why"]) == ("failed", "photo_stuck")
    again = f"/api/v1/sellers/{seller}/photo/{stuck}/retry"
    told = market.ask("staff_a", "POST", again, json={"client_id": client_id()}).get_json()
    assert (told["state"], told["message"]) == ("waiting", "")
