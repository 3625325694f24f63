"""Whether an order's goods must stay where they are: an officer keeps it, and has not ruled.

Refuses to keep money from going back: a frozen order can be cancelled by its buyer and called off by its
seller as any other (ADR 0053).
"""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shop.errors import OrderFrozen
from shop.models import OrderFreeze


def require_free(session: Session, code: str) -> None:
    """Go on only if no officer keeps the order. Precondition: its row is locked.

    Raises:
        OrderFrozen: one does, and has not ruled.
    """
    query = select(OrderFreeze.order_code).where(OrderFreeze.order_code == code, waits())
    if session.scalar(query) is not None:
        raise OrderFrozen()


def waits() -> ColumnElement[bool]:
    """The freezes an officer has not ruled on."""
    return OrderFreeze.ruling == ""
