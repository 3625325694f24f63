"""Goods near their best-before day: a rule proposes, nothing changes by itself."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog import freshness, listings, offers, prices
from catalog.freshness import Rule, TooManyRules
from catalog.lots import record
from catalog.lots.record import NewHarvest
from core import clock
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller

DAY_MS = 24 * 3_600_000


def tea(session: Session, days_left: int, *rules: Rule) -> tuple[str, str]:
    """A seller and a listing (65.000 đ) of goods that are best for so many days more."""
    seller_id = make_seller(session)
    product_id = make_product(session, seller_id)
    best_before = clock.today() + timedelta(days=days_left)
    harvest = NewHarvest(product_id, 2000, clock.today(), best_before=best_before)
    record.record(session, seller_id, harvest, "p:test")
    for rule in rules:
        freshness.set_rule(session, seller_id, product_id, rule)
    return seller_id, make_listing(session, product_id=product_id)


def test_a_rule_proposes_and_changes_nothing(session: Session) -> None:
    seller_id, listing_id = tea(session, 5, Rule(7, 20))
    (told,) = freshness.proposals(session, seller_id)
    assert (told.listing_id, told.days_left, told.now_vnd) == (listing_id, 5, 65_000)
    assert told.proposed_vnd == 52_000
    assert listings.get(session, listing_id).price_vnd == 65_000


def test_before_its_days_a_rule_is_silent(session: Session, time_at: FixedClock) -> None:
    seller_id, _ = tea(session, 8, Rule(7, 20))
    assert freshness.proposals(session, seller_id) == ()
    time_at.advance(DAY_MS)
    assert freshness.proposals(session, seller_id)[0].days_left == 7


def test_the_nearest_rule_speaks(session: Session) -> None:
    seller_id, _ = tea(session, 2, Rule(7, 20), Rule(3, 50))
    assert freshness.proposals(session, seller_id)[0].percent_off == 50


def test_an_accepted_proposal_is_not_made_cheaper_again(
    session: Session, time_at: FixedClock
) -> None:
    seller_id, listing_id = tea(session, 8, Rule(7, 20), Rule(3, 50))
    time_at.advance(2 * DAY_MS)
    (told,) = freshness.proposals(session, seller_id)
    prices.set_price(session, seller_id, listing_id, told.proposed_vnd, "p:test")
    assert freshness.proposals(session, seller_id) == ()
    time_at.advance(4 * DAY_MS)
    (later,) = freshness.proposals(session, seller_id)
    assert (later.now_vnd, later.proposed_vnd) == (52_000, 33_000)


def test_hidden_goods_and_goods_without_a_day_have_no_proposal(session: Session) -> None:
    seller_id, listing_id = tea(session, 5, Rule(7, 20))
    offers.hide(session, seller_id, listing_id)
    assert freshness.proposals(session, seller_id) == ()
    bare = make_product(session, seller_id, on_hand=500)
    freshness.set_rule(session, seller_id, bare, Rule(7, 20))
    make_listing(session, product_id=bare)
    assert freshness.proposals(session, seller_id) == ()


@pytest.mark.parametrize("rule", [Rule(-1, 20), Rule(366, 20), Rule(7, 0), Rule(7, 91)])
def test_a_rule_of_nonsense_is_refused(session: Session, rule: Rule) -> None:
    with pytest.raises(BadRequest):
        tea(session, 5, rule)


def test_five_rules_are_enough_and_each_can_be_replaced_or_forgotten(session: Session) -> None:
    seller_id, listing_id = tea(session, 5, *(Rule(days, 20) for days in range(1, 6)))
    product_id = listings.get(session, listing_id).product_id
    freshness.set_rule(session, seller_id, product_id, Rule(5, 30))
    with pytest.raises(TooManyRules):
        freshness.set_rule(session, seller_id, product_id, Rule(6, 20))
    freshness.remove_rule(session, seller_id, product_id, 1)
    assert [rule.days for rule in freshness.rules_of(session, product_id)] == [2, 3, 4, 5]


def test_another_sellers_product_takes_no_rule(session: Session) -> None:
    _, listing_id = tea(session, 5)
    product_id = listings.get(session, listing_id).product_id
    with pytest.raises(NotFound):
        freshness.set_rule(session, make_seller(session), product_id, Rule(7, 20))
