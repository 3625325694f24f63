"""Who is at risk when a product is short: the newest unpaid first."""

from sqlalchemy.orm import Session

from catalog import stock
from core.clock import FixedClock
from shop.ordering.at_risk import orders_at_risk
from tests.factories.catalog import stock_id_of
from tests.factories.shop import Stand, make_order, make_stand, paid_order


def at_risk(session: Session, stand: Stand, seller_id: str = "") -> list[str]:
    found = orders_at_risk(session, seller_id or stand.seller_id, stand.product_id)
    return [one.order.code for one in found]


def counted(session: Session, stand: Stand, grams: int) -> None:
    stock.recount(session, stock_id_of(session, stand.product_id), grams, "counted again")


def test_while_nothing_is_short_nobody_is(session: Session) -> None:
    stand = make_stand(session)
    make_order(session, stand)
    assert at_risk(session, stand) == []


def test_the_newest_unpaid_come_before_older_and_paid_ones(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    codes = []
    for make in (paid_order, make_order, make_order, paid_order):
        codes.append(make(session, stand))
        time_at.advance(1_000)
    first_paid, old, new, last_paid = codes
    counted(session, stand, 600)
    assert at_risk(session, stand) == [new]
    counted(session, stand, 400)
    assert at_risk(session, stand) == [new, old]
    counted(session, stand, 200)
    assert at_risk(session, stand) == [new, old, last_paid]
    assert first_paid not in at_risk(session, stand)


def test_another_sellers_staff_sees_no_order(session: Session) -> None:
    stand = make_stand(session)
    make_order(session, stand)
    counted(session, stand, 0)
    assert at_risk(session, stand, make_stand(session).seller_id) == []
