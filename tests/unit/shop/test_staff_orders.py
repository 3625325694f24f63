"""Staff orders: at the shop's prices, held as long as said, the buyer's by number, told by channel."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import wholesale
from catalog.tiers import Tier
from core import clock
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from core.identity import people
from shop.errors import EmptyOrder
from shop.models import Order, OrderEvent
from shop.staff import staff_orders
from shop.staff.staff_orders import StaffLine, StaffOrder
from shop.vouchers import offering
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth
from tests.factories.identity import make_login, new_phone
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, make_order, make_stand, order

ACTOR = "p:0000000000000001"


def wanted(stand: Stand, *lines: StaffLine, phone: str = "", minutes: int = 120) -> StaffOrder:
    asked = lines or (StaffLine(stand.listing_id, 2),)
    return StaffOrder(stand.seller_id, "Hoa", phone or new_phone(), "zalo", PICK_UP, asked, minutes)


def test_the_order_is_held_at_the_shops_price_and_says_where_it_came_from(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = staff_orders.place(session, wanted(stand), ACTOR)
    found = order(session, code)
    assert (found.amount_vnd, found.source, found.channel) == (2 * PRICE_VND, "staff", "zalo")
    assert found.pay_by_ms == clock.now_ms() + 120 * 60_000
    assert stand.level(session).held == 400


def test_the_history_names_who_typed_it(session: Session) -> None:
    code = staff_orders.place(session, wanted(make_stand(session)), ACTOR)
    session.flush()
    events = session.scalars(select(OrderEvent.actor).where(OrderEvent.order_code == code))
    assert list(events) == [ACTOR]
    row = session.get(Order, code)
    assert row is not None
    assert (row.staff_actor, row.device_id) == (ACTOR, None)


def test_it_belongs_to_the_owner_of_the_number_once_proved(session: Session) -> None:
    phone = new_phone()
    person = people.find_or_create(session, phone, "Hoa thật")
    code = staff_orders.place(session, wanted(make_stand(session), phone=phone), ACTOR)
    proved, typed = make_login(session, person)[1], make_login(session, person, verified=False)[1]
    assert order(session, code).belongs_to(proved)
    assert not order(session, code).belongs_to(typed)
    assert people.facts(session, person).name == "Hoa thật"


def test_the_same_goods_twice_are_one_line_at_the_price_of_so_many(session: Session) -> None:
    stand = make_stand(session)
    wholesale.set_tiers(session, stand.seller_id, stand.listing_id, [Tier(4, 60_000)])
    twice = (StaffLine(stand.listing_id, 2), StaffLine(stand.listing_id, 2))
    found = order(session, staff_orders.place(session, wanted(stand, *twice), ACTOR))
    assert [(line.packs, line.amount_vnd) for line in found.lines] == [(4, 240_000)]


def test_more_than_there_is_holds_nothing(session: Session) -> None:
    stand = make_stand(session, packs=1)
    with pytest.raises(OutOfStock):
        staff_orders.place(session, wanted(stand), ACTOR)


def test_another_sellers_goods_and_no_goods_are_refused(session: Session) -> None:
    mine, theirs = make_stand(session), make_stand(session)
    with pytest.raises(NotFound):
        staff_orders.place(session, wanted(mine, StaffLine(theirs.listing_id, 1)), ACTOR)
    empty = StaffOrder(mine.seller_id, "Hoa", new_phone(), "zalo", PICK_UP, (), 30)
    with pytest.raises(EmptyOrder):
        staff_orders.place(session, empty, ACTOR)


def test_staff_see_what_staff_typed_in_and_nothing_else_here(session: Session) -> None:
    stand, other = make_stand(session), make_stand(session)
    code = staff_orders.place(session, wanted(stand), ACTOR)
    assert staff_orders.of_seller(session, stand.seller_id, code).code == code
    assert [one.code for one in staff_orders.lately(session, stand.seller_id)] == [code]
    for seller, asked in ((other.seller_id, code), (stand.seller_id, make_order(session, stand))):
        with pytest.raises(NotFound):
            staff_orders.of_seller(session, seller, asked)


def test_a_buyers_voucher_counts_for_an_order_staff_typed_in(session: Session) -> None:
    stand = make_stand(session)
    now = clock.now_ms()
    new = NewVoucher("TET10", Worth(SUM, 10_000), now, now + 60_000)
    offering.offer(session, stand.seller_id, new, ACTOR)
    code = staff_orders.place(session, replace(wanted(stand), voucher="tết 10"), ACTOR)
    assert order(session, code).amount_vnd == 2 * PRICE_VND - 10_000
