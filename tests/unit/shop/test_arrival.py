"""Lots are chosen for the day the buyer has the goods, not for the day they are packed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalog.errors import LotsMissing
from catalog.models import Lot
from core import clock
from core.errors import NotFound
from shop.delivery import arrival, ways
from shop.delivery.models import DeliverySlot, DeliveryWay
from shop.models import Order
from shop.ordering import fulfilment
from shop.packing import board
from tests.factories.identity import make_seller
from tests.factories.shop import Stand, make_stand, order, paid_order

DAY_MS = 24 * 3_600_000


def test_hours_on_the_road_count_from_when_goods_leave() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=clock.VIETNAM)
    for hours, days in ((None, 0), (6, 0), (12, 1), (48, 2)):
        assert arrival.day(noon, hours) == noon.date() + timedelta(days=days)


def by_slot(session: Session, stand: Stand, code: str, days: int) -> None:
    """Have the order go out in a slot so many days ahead."""
    starts_ms = clock.now_ms() + days * DAY_MS
    way = session.scalars(
        select(DeliveryWay).where(DeliveryWay.seller_id == stand.seller_id).limit(1)
    ).one()
    slot = DeliverySlot(
        seller_id=stand.seller_id,
        way_id=way.id,
        starts_ms=starts_ms,
        ends_ms=starts_ms + 3_600_000,
        cutoff_ms=starts_ms,
        capacity=9,
        used=1,
    )
    session.add(slot)
    session.flush()
    session.execute(update(Order).where(Order.code == code).values(slot_id=slot.id, way_id=way.id))
    session.expire_all()


def leaves_in(session: Session, days: int) -> None:
    """Have every lot leave the shelf in so many days."""
    session.execute(update(Lot).values(removes_on=clock.today() + timedelta(days=days)))


def test_a_lot_that_ends_before_the_slot_is_neither_suggested_nor_packed(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    by_slot(session, stand, code, days=5)
    leaves_in(session, 3)
    (thing,) = board.task(session, stand.seller_id, code).things
    assert (thing.takes, thing.choices, thing.missing) == ((), (), 200)
    with pytest.raises(LotsMissing):
        fulfilment.pack(session, code, "p:packer")


def test_a_lot_that_lasts_until_the_slot_serves(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    by_slot(session, stand, code, days=5)
    leaves_in(session, 5)
    assert board.task(session, stand.seller_id, code).things[0].missing == 0
    fulfilment.pack(session, code, "p:packer")
    assert order(session, code).state == "packed"


def test_what_travels_two_days_needs_a_lot_that_lasts_two_days(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    way = order(session, code).way.way_id
    assert way is not None
    leaves_in(session, 1)
    assert board.task(session, stand.seller_id, code).things[0].missing == 0
    ways.take_hours(session, stand.seller_id, way, 48)
    assert board.task(session, stand.seller_id, code).things[0].missing == 200
    with pytest.raises(NotFound):
        ways.take_hours(session, make_seller(session), way, 48)
