"""A paid line is a price of the market, once, without its buyer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Product, SoldPrice
from shop import orders
from tests.factories.shop import make_order, make_stand, order, paid_order


def rows(session: Session) -> list[SoldPrice]:
    return list(session.scalars(select(SoldPrice)))


def test_a_paid_line_counts_once_as_a_price_per_kilo(session: Session) -> None:
    stand = make_stand(session)
    for product in session.scalars(select(Product)):
        product.kind = "che_moc_cau"
    code = paid_order(session, stand, packs=2)
    orders.secure(session, code)
    (row,) = rows(session)
    assert (row.kind, row.price_vnd, row.seller_id) == (
        "che_moc_cau",
        325_000,
        stand.till.seller_id,
    )
    assert set(row.__table__.columns.keys()) == {
        *("line", "seller_id", "kind", "commune_code", "price_vnd", "sold_on")
    }


def test_an_order_nobody_paid_is_no_price(session: Session) -> None:
    stand = make_stand(session)
    assert order(session, make_order(session, stand)).state == "placed"
    assert rows(session) == []
