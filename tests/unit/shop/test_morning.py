"""The morning page: what is to be packed, what money came, what is short, what nears its day."""

from datetime import timedelta

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot
from core import clock
from core.clock import FixedClock
from shop import orders
from shop.models import Order
from shop.morning import goods_news, orders_due, week
from shop.morning.orders_due import GoodsDue, WayDue
from shop.ordering import fulfilment
from tests.factories.catalog import stock_id_of
from tests.factories.shop import PRICE_VND, make_order, make_stand, paid_order

DAY_MS = 86_400_000


def test_paid_orders_are_to_be_packed_with_all_their_packs(session: Session) -> None:
    stand = make_stand(session)
    paid_order(session, stand, 2)
    paid_order(session, stand, 3)
    make_order(session, stand)
    due = orders_due.of_seller(session, stand.seller_id)
    assert due.to_pack == (WayDue("pickup", 2),)
    assert [(one.packs, type(one)) for one in due.goods] == [(5, GoodsDue)]
    assert (due.orders_to_pack, due.unpaid, due.unpaid_vnd) == (2, 1, PRICE_VND)


def test_what_is_packed_waits_to_be_handed_over_and_is_no_more_to_pack(session: Session) -> None:
    stand = make_stand(session)
    first, second = paid_order(session, stand), paid_order(session, stand)
    for code in (first, second):
        fulfilment.pack(session, code, "p:packer")
    fulfilment.hand_over(session, second, "p:packer")
    due = orders_due.of_seller(session, stand.seller_id)
    assert (due.orders_to_pack, due.packed, due.on_the_way, due.goods) == (0, 1, 1, ())


def test_money_to_give_back_is_counted(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    orders.cancel(session, code, orders.Cancellation("p:staff", by_buyer=True))
    assert orders_due.of_seller(session, stand.seller_id).refunds == 1


def test_nothing_of_another_seller_shows(session: Session) -> None:
    paid_order(session, make_stand(session))
    mine = make_stand(session)
    due = orders_due.of_seller(session, mine.seller_id)
    assert (due.orders_to_pack, due.goods) == (0, ())
    assert sum(day.sum_vnd for day in week.of_seller(session, mine.seller_id)) == 0


def test_money_stands_on_the_day_it_came_with_empty_days_between(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    paid_order(session, stand)
    time_at.advance(2 * DAY_MS)
    paid_order(session, stand, 2)
    days = week.of_seller(session, stand.seller_id)
    assert [day.bank_vnd for day in days] == [0, 0, 0, 0, PRICE_VND, 0, 2 * PRICE_VND]
    assert days[-1].day == clock.today()


def test_cash_a_person_attested_stands_apart_and_cod_is_no_money_yet(session: Session) -> None:
    stand = make_stand(session)
    for how in ("attested", "cod"):
        code = paid_order(session, stand)
        session.execute(update(Order).where(Order.code == code).values(secured_by=how))
    today = week.of_seller(session, stand.seller_id)[-1]
    assert (today.orders, today.bank_vnd, today.attested_vnd) == (2, 0, PRICE_VND)


def test_a_week_old_order_has_left_the_week(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    paid_order(session, stand)
    time_at.advance(7 * DAY_MS)
    assert sum(day.orders for day in week.of_seller(session, stand.seller_id)) == 0


def test_the_week_is_read_in_one_query(session: Session) -> None:
    stand = make_stand(session)
    paid_order(session, stand)
    session.flush()
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *asked: sent.append(asked[2]))
    assert len(week.of_seller(session, stand.seller_id)) == week.DAYS
    assert len(sent) == 1


def test_goods_promised_beyond_what_is_there_are_short(session: Session) -> None:
    stand = make_stand(session, packs=5)
    paid_order(session, stand, 5)
    stock.recount(session, stock_id_of(session, stand.product_id), 600, "đếm lại")
    [short] = goods_news.of_seller(session, stand.seller_id).short
    assert (short.product_id, short.short) == (stand.product_id, 400)


def test_a_lot_that_leaves_the_shelf_within_a_week_is_told(session: Session) -> None:
    stand = make_stand(session)
    for days, told in ((8, []), (7, [7]), (0, [0])):
        last = clock.today() + timedelta(days=days)
        lots = update(Lot).where(Lot.product_id == stand.product_id)
        session.execute(lots.values(removes_on=last))
        session.expire_all()
        ending = goods_news.of_seller(session, stand.seller_id).ending
        assert [lot.days_left for lot in ending] == told
