"""The history of an order: one row for each thing that happened to it, with who and why. Never changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from shop.models import Order, OrderEvent

BANK = "bank"
TIME = "time"
HARVEST = "harvest"


def record(session: Session, order: Order, actor: str, reason: str = "") -> None:
    """Note that `order` now is what it is, through `actor` (a login's actor, `bank` or `time`)."""
    noted = select(func.count()).where(OrderEvent.order_code == order.code)
    session.add(
        OrderEvent(
            order_code=order.code,
            seller_id=order.seller_id,
            state=order.state,
            actor=actor,
            reason=reason,
            at_ms=clock.now_ms(),
            place=noted.scalar_subquery() + 1,
        )
    )


def locked(session: Session, code: str) -> Order:
    """The order's row, kept from others until the commit; every transition begins with it.

    Raises:
        NotFound: there is none.
    """
    query = select(Order).where(Order.code == code).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound()
    return row
