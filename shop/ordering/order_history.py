"""The history of an order, read: what happened, when, by whom, and why. Refuses to change any of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import people
from shop.models import OrderEvent


@dataclass(frozen=True)
class Entry:
    """The order was in `state` at `at_ms`, through `actor` (`who`: their name, if a known person), why."""

    state: str
    actor: str
    who: str
    reason: str
    at_ms: int


def entries_of(session: Session, code: str) -> tuple[Entry, ...]:
    """What happened to an order, the earliest first."""
    query = select(OrderEvent).where(OrderEvent.order_code == code)
    rows = session.scalars(query.order_by(OrderEvent.at_ms, OrderEvent.id)).all()
    names = people.names_of(session, {row.actor for row in rows})
    return tuple(
        Entry(row.state, row.actor, names.get(row.actor, ""), row.reason, row.at_ms) for row in rows
    )
