"""The orders of live sessions as facts to be counted: no names, no numbers of phones, no addresses.

Refuses to decide what counts as what: that is the report's to say beside each figure.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import came_in
from payments.came_in import Money
from shop.delivery import places
from shop.figures import sold_parts
from shop.figures.sale_facts import IN_PROVINCE, OUTSIDE, UNKNOWN, SoldOrder
from shop.models import Order, OrderLine, OrderTopup
from shop.ordering.balance import TOPUP
from shop.ordering.order_facts import reference_of

_HOME_PROVINCE = "19"
_AT_ONCE = 500


def of_sources(
    session: Session, sources: Collection[str], seller_ids: Collection[str], on: date
) -> tuple[SoldOrder, ...]:
    """The orders that came from `sources` (`live:<session>`) to these sellers, first placed first.

    Papers are those that counted on the day `on`. A fixed number of queries for every 500 orders, and a few
    for each lot they were served from.
    """
    query = select(Order).where(Order.source.in_(sources), Order.seller_id.in_(seller_ids))
    rows = session.scalars(query.order_by(Order.placed_ms, Order.code)).all()
    found: list[SoldOrder] = []
    for first in range(0, len(rows), _AT_ONCE):
        found += _facts(session, rows[first : first + _AT_ONCE], on)
    return tuple(found)


def _facts(session: Session, rows: Sequence[Order], on: date) -> list[SoldOrder]:
    codes = [row.code for row in rows]
    money, lines = money_of(session, codes), _lines(session, codes)
    parts = sold_parts.of_orders(session, lines, on)
    return [
        SoldOrder(
            code=row.code,
            source=row.source,
            seller_id=row.seller_id,
            buyer=row.person_id,
            placed_ms=row.placed_ms,
            state=row.state,
            goes=_goes(row.commune_code),
            packs=sum(line.packs for line in lines[row.code]),
            bank_vnd=money[row.code].bank_vnd + money[row.code].card_vnd,
            cash_vnd=money[row.code].cash_vnd,
            back_vnd=money[row.code].back_vnd,
            parts=tuple(part for line in lines[row.code] for part in parts[line.id]),
        )
        for row in rows
    ]


def _lines(session: Session, codes: Sequence[str]) -> dict[str, list[OrderLine]]:
    found: dict[str, list[OrderLine]] = {code: [] for code in codes}
    query = select(OrderLine).where(OrderLine.order_code.in_(codes)).order_by(OrderLine.position)
    for line in session.scalars(query.execution_options(populate_existing=True)):
        found[line.order_code].append(line)
    return found


def money_of(session: Session, codes: Sequence[str]) -> dict[str, Money]:
    """What came for each order: for itself, and for what was asked on top of it."""
    query = select(OrderTopup.code, OrderTopup.order_code).where(OrderTopup.order_code.in_(codes))
    orders = {TOPUP + code: order for code, order in session.execute(query)}
    orders |= {reference_of(code): code for code in codes}
    found = dict.fromkeys(codes, Money())
    for reference, money in came_in.of_references(session, orders.keys()).items():
        found[orders[reference]] += money
    return found


def _goes(commune_code: str) -> str:
    province = places.province_of(commune_code)
    if not province:
        return UNKNOWN
    return IN_PROVINCE if province == _HOME_PROVINCE else OUTSIDE
