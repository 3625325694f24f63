"""Lines of an order made smaller after it was placed: cancelled by the seller, or short at the desk.

The goods go back, the money follows (`balance`), and what was lost stays readable with its reason.
Refuses to make a line larger, and to touch an order whose parcel is made up.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.pricing import line_amount_vnd
from core import clock
from core.errors import NotFound
from core.quantity import BadQuantity
from core.states import BadTransition
from shop.models import Order, OrderLine, OrderLineChange, OrderLinePart
from shop.ordering import weights
from shop.ordering.order_facts import reference_of
from shop.states import ORDER, PACKING, PLACED, SECURED

SHORT, CANCELLED_LINE, REPLACED, ADDED = "short", "cancelled", "replaced", "added"
CHANGING = frozenset({PLACED, SECURED, PACKING})
"""The states in which lines and ways still change."""


@dataclass(frozen=True)
class Why:
    """What a line's change is: its kind, who says so (a login's actor), the reason as the buyer reads it."""

    kind: str
    actor: str
    reason: str


def require_changing(order: Order) -> None:
    """Go on only while `order` can change: its parcel is not made up, and neither it nor its time has ended.

    Raises:
        BadTransition: it cannot any more.
    """
    is_late = order.state == PLACED and order.pay_by_ms <= clock.now_ms()
    if order.state not in CHANGING or is_late:
        raise BadTransition(ORDER.name, order.state, "changed")


def line_of(session: Session, order: Order, line_id: str) -> OrderLine:
    """A line of `order`; raises NotFound for another's."""
    line = session.get(OrderLine, line_id)
    if line is None or line.order_code != order.code:
        raise NotFound()
    return line


def take_off(session: Session, order: Order, line: OrderLine, packs_left: int, why: Why) -> int:
    """Leave `packs_left` packs of `line`, and give back what the rest took; returns its đồng.

    The order's goods are lowered; the caller settles up. Preconditions: `require_changing`; the order is
    locked.

    Raises:
        BadQuantity: that is no less than the line has, or less than nothing.
    """
    if not 0 <= packs_left < line.packs:
        raise BadQuantity()
    weights.forget(order, line)
    kept_vnd = line_amount_vnd(line.unit_price_vnd, packs_left) if packs_left else 0
    lost_vnd = line.amount_vnd - kept_vnd
    note(session, line, line.packs - packs_left, lost_vnd, why)
    _shrink_parts(session, order, line, packs_left)
    line.packs = packs_left
    line.amount_vnd -= lost_vnd
    order.goods_vnd -= lost_vnd
    order.amount_vnd -= lost_vnd
    return lost_vnd


def note(session: Session, line: OrderLine, packs: int, amount_vnd: int, why: Why) -> None:
    """Keep by how much `line` changed, and why."""
    row = OrderLineChange(
        line_id=line.id,
        order_code=line.order_code,
        seller_id=line.seller_id,
        kind=why.kind,
        packs=packs,
        amount_vnd=amount_vnd,
        reason=why.reason,
        actor=why.actor,
        at_ms=clock.now_ms(),
    )
    session.add(row)


def packs_left_of(session: Session, code: str) -> int:
    """How many packs all lines of an order have together."""
    return sum(session.scalars(select(OrderLine.packs).where(OrderLine.order_code == code)))


def _shrink_parts(session: Session, order: Order, line: OrderLine, packs_left: int) -> None:
    query = select(OrderLinePart).where(OrderLinePart.line_id == line.id)
    kept: dict[str, int] = {}
    for part in session.scalars(query).all():
        if part.packs:
            part.packs = part.packs // line.packs * packs_left
            kept[part.hold_id] = part.packs * part.pack_size
    stock.cap_holder(session, reference_of(order.code), kept)
