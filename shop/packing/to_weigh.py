"""What the desk weighs before its buyers pay: orders that ask for no money until then. Reads only."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from catalog.modes import Mode
from core import clock
from shop.models import Order, OrderLine
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts
from shop.states import PLACED

_MOST = 200


def orders(session: Session, seller_id: str) -> tuple[OrderFacts, ...]:
    """The seller's orders that wait for the scales, the first to end first; at most 200."""
    unweighed = exists().where(
        OrderLine.order_code == Order.code,
        OrderLine.mode == Mode.WEIGH_THEN_PAY,
        OrderLine.packs > 0,
        OrderLine.weighed == 0,
    )
    query = (
        select(Order)
        .where(Order.seller_id == seller_id, Order.state == PLACED, unweighed)
        .where(Order.pay_by_ms > clock.now_ms())
        .order_by(Order.pay_by_ms, Order.code)
    )
    return tuple(order_facts.facts_of_rows(session, session.scalars(query.limit(_MOST)).all()))
