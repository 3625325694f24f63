"""The price from so many packs on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from catalog import wholesale
from catalog.tiers import BadTiers, Tier, checked, next_tier, price_for
from core.errors import NotFound
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller

TEN, FIFTY = Tier(10, 60_000), Tier(50, 55_000)
BOTH = (TEN, FIFTY)


@pytest.mark.parametrize(
    ("packs", "price_vnd"),
    [(1, 65_000), (9, 65_000), (10, 60_000), (49, 60_000), (50, 55_000), (10_000, 55_000)],
)
def test_a_pack_costs_what_its_number_of_packs_says(packs: int, price_vnd: int) -> None:
    assert price_for(BOTH, packs, 65_000) == price_vnd


def test_a_tier_never_makes_a_pack_dearer_than_the_listing_is_now() -> None:
    assert price_for(BOTH, 10, 58_000) == 58_000


@pytest.mark.parametrize(("packs", "tier"), [(1, TEN), (9, TEN), (10, FIFTY), (50, None)])
def test_the_next_tier_is_the_nearest_that_is_cheaper(packs: int, tier: Tier | None) -> None:
    assert next_tier(BOTH, packs, 65_000) == tier


@given(st.lists(st.builds(Tier, st.integers(2, 99), st.integers(1, 99)), max_size=5), st.data())
def test_more_packs_are_never_dearer_each(tiers: list[Tier], data: st.DataObject) -> None:
    few = data.draw(st.integers(1, 99))
    many = data.draw(st.integers(few, 120))
    assert price_for(tiers, many, 50) <= price_for(tiers, few, 50) <= 50


@pytest.mark.parametrize(
    "tiers",
    [
        (Tier(1, 60_000),),
        (Tier(10_001, 60_000),),
        (Tier(10, 65_000),),
        (Tier(10, 0),),
        (TEN, Tier(50, 60_000)),
        (TEN, Tier(10, 55_000)),
        tuple(Tier(n, 60_000 - n) for n in range(2, 8)),
    ],
)
def test_what_is_no_wholesale_price_is_refused(tiers: tuple[Tier, ...]) -> None:
    with pytest.raises(BadTiers):
        checked(tiers, 65_000)


def test_setting_replaces_what_was_set_before(session: Session) -> None:
    seller = make_seller(session)
    listing = make_listing(session, seller)
    wholesale.set_tiers(session, seller, listing, [FIFTY, TEN])
    assert wholesale.tiers_of(session, [listing]) == {listing: BOTH}
    wholesale.set_tiers(session, seller, listing, [])
    assert wholesale.tiers_of(session, [listing]) == {}


def test_another_sellers_listing_keeps_its_prices(session: Session) -> None:
    with pytest.raises(NotFound):
        wholesale.set_tiers(session, make_seller(session), make_listing(session), [TEN])
