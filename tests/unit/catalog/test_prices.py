"""What a pack costs, since when, and from when it will cost something else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, price_history, prices
from catalog.events import PriceChanged
from catalog.models import ListingPrice
from catalog.prices import BadStart, NotTheNewestPrice, TooManyScheduled
from core.clock import FixedClock
from core.errors import NotFound
from core.money import BadAmount
from core.outbox import OutboxRow, subscribe
from tests.factories.catalog import HOUR_MS, make_listing
from tests.factories.identity import make_seller

ACTOR = "p:someone"


def cost(session: Session, listing_id: str) -> int:
    return listings.get(session, listing_id).price_vnd


def mine(session: Session) -> tuple[str, str]:
    """A seller and a listing of it that costs 65.000 đ."""
    seller_id = make_seller(session)
    return seller_id, make_listing(session, seller_id)


def test_a_new_price_holds_at_once_and_the_old_one_is_kept(session: Session) -> None:
    seller_id, listing_id = mine(session)
    prices.set_price(session, seller_id, listing_id, 70_000, ACTOR)
    assert cost(session, listing_id) == 70_000
    told = [
        (one.price_vnd, one.set_by) for one in price_history.history(session, seller_id, listing_id)
    ]
    assert told == [(70_000, ACTOR), (65_000, "")]


def test_the_price_that_holds_is_not_written_twice(session: Session) -> None:
    seller_id, listing_id = mine(session)
    first = prices.set_price(session, seller_id, listing_id, 70_000, ACTOR)
    assert prices.set_price(session, seller_id, listing_id, 70_000, ACTOR) == first
    assert len(price_history.history(session, seller_id, listing_id)) == 2


def test_undo_goes_back_and_is_itself_a_price(session: Session) -> None:
    seller_id, listing_id = mine(session)
    price_id = prices.set_price(session, seller_id, listing_id, 70_000, ACTOR)
    prices.undo(session, seller_id, price_id, ACTOR)
    assert cost(session, listing_id) == 65_000
    assert len(price_history.history(session, seller_id, listing_id)) == 3
    with pytest.raises(NotTheNewestPrice):
        prices.undo(session, seller_id, price_id, ACTOR)


def test_changes_of_one_millisecond_keep_their_order(session: Session, time_at: FixedClock) -> None:
    seller_id, listing_id = mine(session)
    for price_vnd in (70_000, 60_000, 80_000):
        prices.set_price(session, seller_id, listing_id, price_vnd, ACTOR)
    told = [one.price_vnd for one in price_history.history(session, seller_id, listing_id)]
    assert told == [80_000, 60_000, 70_000, 65_000]


def test_the_first_price_cannot_be_undone(session: Session) -> None:
    seller_id, listing_id = mine(session)
    first = prices.set_price(session, seller_id, listing_id, 65_000, ACTOR)
    with pytest.raises(NotTheNewestPrice):
        prices.undo(session, seller_id, first, ACTOR)


def test_a_scheduled_price_holds_from_its_minute_without_a_tick(
    session: Session, time_at: FixedClock
) -> None:
    seller_id, listing_id = mine(session)
    at_ms = time_at.at_ms + HOUR_MS
    prices.set_price(session, seller_id, listing_id, 70_000, ACTOR, at_ms)
    time_at.advance(HOUR_MS - 1)
    assert cost(session, listing_id) == 65_000
    time_at.advance(1)
    assert cost(session, listing_id) == 70_000


def test_the_tick_writes_down_what_holds_and_tells_once(
    session: Session, time_at: FixedClock
) -> None:
    subscribe(PriceChanged, heard)
    seller_id, listing_id = mine(session)
    for hours, price_vnd in ((1, 70_000), (2, 75_000), (9, 99_000)):
        at_ms = time_at.at_ms + hours * HOUR_MS
        prices.set_price(session, seller_id, listing_id, price_vnd, ACTOR, at_ms)
    time_at.advance(3 * HOUR_MS)
    for _ in range(2):
        prices.apply_due(session)
    session.flush()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.subscriber.endswith(heard.__name__)))
    assert [row.payload for row in rows] == [
        f'{{"listing_id": "{listing_id}", "price_vnd": 75000}}'
    ]
    assert cost(session, listing_id) == 75_000
    coming = price_history.scheduled(session, seller_id)
    assert [one.price_vnd for one in coming[listing_id]] == [99_000]


def heard(_session: Session, _event: PriceChanged) -> None:
    """Stands for whoever listens."""


def test_a_price_set_by_hand_comes_after_what_was_due(
    session: Session, time_at: FixedClock
) -> None:
    seller_id, listing_id = mine(session)
    prices.set_price(session, seller_id, listing_id, 70_000, ACTOR, time_at.at_ms + HOUR_MS)
    time_at.advance(2 * HOUR_MS)
    price_id = prices.set_price(session, seller_id, listing_id, 60_000, ACTOR)
    assert cost(session, listing_id) == 60_000
    prices.undo(session, seller_id, price_id, ACTOR)
    assert cost(session, listing_id) == 70_000


def test_a_scheduled_price_can_be_taken_away(session: Session, time_at: FixedClock) -> None:
    seller_id, listing_id = mine(session)
    at_ms = time_at.at_ms + HOUR_MS
    price_id = prices.set_price(session, seller_id, listing_id, 70_000, ACTOR, at_ms)
    prices.undo(session, seller_id, price_id, ACTOR)
    time_at.advance(2 * HOUR_MS)
    assert cost(session, listing_id) == 65_000
    assert session.get(ListingPrice, price_id) is None


@pytest.mark.parametrize("hours", [-1, 0, 24 * 367])
def test_a_start_that_is_past_or_too_far_is_refused(
    session: Session, time_at: FixedClock, hours: int
) -> None:
    seller_id, listing_id = mine(session)
    with pytest.raises(BadStart):
        prices.set_price(
            session, seller_id, listing_id, 70_000, ACTOR, time_at.at_ms + hours * HOUR_MS
        )


def test_ten_scheduled_prices_are_enough(session: Session, time_at: FixedClock) -> None:
    seller_id, listing_id = mine(session)
    for hours in range(1, 11):
        at_ms = time_at.at_ms + hours * HOUR_MS
        prices.set_price(session, seller_id, listing_id, 70_000, ACTOR, at_ms)
    with pytest.raises(TooManyScheduled):
        prices.set_price(session, seller_id, listing_id, 1, ACTOR, time_at.at_ms + 99 * HOUR_MS)


@pytest.mark.parametrize("price_vnd", [0, -1, 500_000_000, 10**12])
def test_a_price_no_transfer_carries_is_refused(session: Session, price_vnd: int) -> None:
    seller_id, listing_id = mine(session)
    with pytest.raises(BadAmount):
        prices.set_price(session, seller_id, listing_id, price_vnd, ACTOR)


def test_another_sellers_price_is_not_found(session: Session) -> None:
    seller_id, listing_id = mine(session)
    price_id = prices.set_price(session, seller_id, listing_id, 70_000, ACTOR)
    stranger = make_seller(session)
    with pytest.raises(NotFound):
        prices.set_price(session, stranger, listing_id, 1000, ACTOR)
    with pytest.raises(NotFound):
        prices.undo(session, stranger, price_id, ACTOR)
    with pytest.raises(NotFound):
        price_history.history(session, stranger, listing_id)
