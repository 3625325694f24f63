"""Facts about buyers come and go: noted when an order ends so, taken back when money came late, forgotten.

A fact is the buyer's own doing or it is none. Refuses what the seller had a part in: lines that became
smaller, orders the seller called off, orders its people typed in (the buyer may never have seen them).
"""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.ids import new_id
from shop.models import Order, OrderCut, OrderLineChange
from shop.reliability.models import DepositAppeal, ReliabilityFact
from shop.reliability.reliability_rules import FORGOTTEN_MS, REFUSED, UNPAID

_LIVE = "live:"
_BY_BUYER = "added"
"""Of the changes of lines, the one that may be the buyer's own wish."""
_AT_ONCE = 500


@dataclass(frozen=True)
class LeftClaim:
    """A claim of a live sale whose time ran out in its buyer's hands: at which seller, in which session."""

    seller_id: str
    person_id: str
    device_id: str | None
    session_id: str


def unpaid(session: Session, order: Order) -> None:
    """Note that nobody paid `order` (locked by the caller) in its time. Precondition: no đồng came for it.

    Nothing is noted of an order that became smaller through the seller, or that staff typed in.
    """
    if order.device_id is None or _seller_had_a_part(session, order.code):
        return
    live = order.source.startswith(_LIVE)
    _note(session, order, UNPAID, order.source if live else order.code)


def claim_left(session: Session, claim: LeftClaim) -> None:
    """Note that a claim was neither ordered nor given up in its time; one show at one seller counts once."""
    if claim.device_id is None:  # somebody of the seller's claimed it for a nick
        return
    values: dict[str, object] = {
        "seller_id": claim.seller_id,
        "person_id": claim.person_id,
        "device_id": claim.device_id,
        "occasion": f"{_LIVE}{claim.session_id}",
        "kind": UNPAID,
    }
    _insert(session, values)


def refused(session: Session, order: Order) -> None:
    """Note that `order` (locked by the caller), to be paid at the door, was not taken there."""
    _note(session, order, REFUSED, order.code)


def came_after_all(session: Session, order: Order) -> None:
    """Take back what was noted of `order`: its money came late, which is not running away."""
    noted = (ReliabilityFact.order_code == order.code) & (ReliabilityFact.kind == UNPAID)
    session.execute(delete(ReliabilityFact).where(noted))


def forget_due(session: Session) -> None:
    """Delete facts and appeals that are 180 days old, some five hundred a round."""
    before_ms = clock.now_ms() - FORGOTTEN_MS
    for table in (ReliabilityFact, DepositAppeal):
        old = select(table.id).where(table.at_ms <= before_ms).order_by(table.at_ms)
        ids = session.scalars(old.limit(_AT_ONCE)).all()
        if ids:
            session.execute(delete(table).where(table.id.in_(ids)))


def _note(session: Session, order: Order, kind: str, occasion: str) -> None:
    values: dict[str, object] = {
        "seller_id": order.seller_id,
        "person_id": order.person_id,
        "device_id": order.device_id,
        "order_code": order.code,
        "occasion": occasion,
        "kind": kind,
    }
    _insert(session, values)


def _insert(session: Session, values: dict[str, object]) -> None:
    insert_new(session, ReliabilityFact, {**values, "id": new_id(), "at_ms": clock.now_ms()})


def _seller_had_a_part(session: Session, code: str) -> bool:
    cut = select(OrderCut.order_code).where(OrderCut.order_code == code)
    fewer = select(OrderLineChange.order_code).where(
        OrderLineChange.order_code == code, OrderLineChange.kind != _BY_BUYER
    )
    return any(session.scalar(query.limit(1)) is not None for query in (cut, fewer))
