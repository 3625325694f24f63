"""The demo goods: enough of them, each with a drawing, all plainly a demo, and loaded once."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import browse, checks, demo, listings
from catalog.models import Listing
from catalog.search import Wanted
from core.identity import demo as identity_demo
from core.identity import passwords, sellers

ART = Path(__file__).parents[3] / "core" / "static" / "art"


@pytest.fixture
def market(session: Session) -> Session:
    identity_demo.load(session)
    demo.load(session)
    return session


def test_three_cooperatives_and_four_households_have_some_forty_listings(market: Session) -> None:
    everybody = sellers.all_sellers(market)
    kinds = sorted(seller.kind for seller in everybody)
    assert kinds == ["cooperative"] * 3 + ["household"] * 4
    assert all(listings.of_seller(market, seller.id) for seller in everybody)
    assert 40 <= (market.scalar(select(func.count()).select_from(Listing)) or 0) <= 50


def test_nobody_can_take_a_demo_seller_for_a_real_one(market: Session) -> None:
    for seller in sellers.all_sellers(market):
        assert seller.demo
        assert seller.tax_id.startswith("DEMO")
        assert "demo" in seller.owner_name
        assert seller.phone.startswith("+8490000000")


def test_every_listing_has_its_drawing_and_a_story(market: Session) -> None:
    for listing in browse.page(market, Wanted(), limit=60).items:
        assert (ART / f"{listing.art}-1.svg").is_file(), listing.name
        assert listing.story.count(".") >= 2, listing.name


def test_loading_again_adds_nothing(market: Session) -> None:
    before = market.scalar(select(func.count()).select_from(Listing))
    identity_demo.load(market)
    demo.load(market)
    assert market.scalar(select(func.count()).select_from(Listing)) == before


def test_a_manager_signs_in_with_the_printed_password(market: Session) -> None:
    assert passwords.person_with(passwords.kept_for(market, "+84900000001"), identity_demo.PASSWORD)
    assert any(identity_demo.PASSWORD in line for line in identity_demo.logins())


def test_the_books_are_in_order_from_the_first_day(market: Session) -> None:
    assert list(checks.columns_are_the_sums_of_movements(market)) == []
    assert list(checks.sellers_agree(market)) == []
