"""The parcel an order travels in: made when its label is first wanted, found by its label.

Refuses labels of other sellers: unknown and not yours look the same (promise P11).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.ids import new_id
from shop.models import Order
from shop.ordering import history
from shop.shipments.errors import NoSuchLabel
from shop.shipments.labels import new_label_code, read_label
from shop.shipments.models import Shipment
from shop.states import CANCELLED, EXPIRED

OPEN = "open"
HANDED_OVER = "handed_over"
JOINED = "joined"


@dataclass(frozen=True)
class ShipmentFacts:
    """A parcel as it stands: `order_codes` are those that travel in it, the first placed first.

    `state` is `open`, `handed_over`, or `joined` (its orders went into another). `handed_over_ms` (UTC)
    is when it left; `taken_by`, `plate` and `driver_phone` (E.164) say with whom, if not with the buyer.
    """

    id: str
    label_code: str
    seller_id: str
    order_codes: tuple[str, ...]
    state: str
    handed_over_ms: int | None = None
    handed_by: str = ""
    taken_by: str = ""
    plate: str = ""
    driver_phone: str = ""


def for_order(session: Session, code: str) -> ShipmentFacts:
    """The parcel of order `code`; one with a fresh label is made for it if it has none.

    Raises:
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.shipment_id is None:
        order.shipment_id = _new(session, order.seller_id)
        session.flush()
    return facts(session, order.shipment_id)


def of_order(session: Session, code: str) -> ShipmentFacts | None:
    """The parcel of order `code`, without making one; None where it has none yet."""
    order = session.get(Order, code)
    return None if order is None or order.shipment_id is None else facts(session, order.shipment_id)


def facts(session: Session, shipment_id: str) -> ShipmentFacts:
    """The parcel `shipment_id`. Raises NotFound."""
    row = session.get(Shipment, shipment_id)
    if row is None:
        raise NotFound()
    return facts_of_rows(session, [row])[0]


def by_label(session: Session, seller_id: str, label_code: str) -> ShipmentFacts:
    """The seller's parcel with that label, as scanned or typed (`labels.read_label`).

    Raises:
        BadLabel: it is no label, or a letter of it is wrong.
        NoSuchLabel (a NotFound): this seller has none such.
    """
    wanted = (Shipment.label_code == read_label(label_code), Shipment.seller_id == seller_id)
    row = session.scalars(select(Shipment).where(*wanted)).one_or_none()
    if row is None:
        raise NoSuchLabel()
    return facts_of_rows(session, [row])[0]


def facts_of_rows(session: Session, rows: Sequence[Shipment]) -> list[ShipmentFacts]:
    """The facts of `rows` in their order, with the orders inside read in one query."""
    inside: dict[str, list[str]] = {row.id: [] for row in rows}
    query = (
        select(Order.shipment_id, Order.code)
        .where(Order.shipment_id.in_(inside), Order.state.not_in([EXPIRED, CANCELLED]))
        .order_by(Order.placed_ms, Order.code)
    )
    for shipment_id, code in session.execute(query):
        inside[str(shipment_id)].append(code)
    return [_facts(row, tuple(inside[row.id])) for row in rows]


def _new(session: Session, seller_id: str) -> str:
    row: dict[str, object] = {
        "id": new_id(),
        "seller_id": seller_id,
        "state": OPEN,
        "created_ms": clock.now_ms(),
        "handed_by": "",
        "taken_by": "",
        "plate": "",
        "driver_phone": "",
    }
    while True:
        label_code = new_label_code(secrets.randbelow)
        if insert_new(session, Shipment, {**row, "label_code": label_code}):
            return str(row["id"])


def _facts(row: Shipment, order_codes: tuple[str, ...]) -> ShipmentFacts:
    return ShipmentFacts(
        id=row.id,
        label_code=row.label_code,
        seller_id=row.seller_id,
        order_codes=order_codes,
        state=row.state,
        handed_over_ms=row.handed_over_ms,
        handed_by=row.handed_by,
        taken_by=row.taken_by,
        plate=row.plate,
        driver_phone=row.driver_phone,
    )
