"""What is printed for a box: the label it travels under, and a slip for each order in it.

A label says where to; a slip attests goods and lots. Neither shows a price (a gift hides them), but a label
says what is to be collected at the door. Refuses to draw: `sheets` does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity import sellers
from core.identity.sellers import SellerFacts
from core.phone import format_phone
from core.quantity import format_quantity
from shop import links
from shop.models import Order
from shop.packing import board
from shop.packing.errors import NoPapersAsked, NotToPack, TooManyPapers
from shop.packing.models import PackedPart
from shop.packing.tasks import LotTake, Task, Thing
from shop.shipments import shipments
from shop.shipments.labels import spoken
from shop.shipments.models import Shipment
from shop.states import PACKED, PACKING, SECURED

MOST = 200
"""How many orders one file of labels and slips has."""


@dataclass(frozen=True)
class LabelFacts:
    """What stands on a box: from whom, to whom (a gift's recipient), which way, what to collect in đồng."""

    label_code: str
    spoken: str
    seller_name: str
    seller_phone: str
    name: str
    phone: str
    address: str
    way: str
    codes: tuple[str, ...]
    count: int
    cash_vnd: int
    is_gift: bool


@dataclass(frozen=True)
class SlipLine:
    """One thing in the box: how many of what, what the scales said, from which lots."""

    count: int
    name: str
    unit: str
    weighed: str
    lots: tuple[str, ...]
    inside: bool = False


@dataclass(frozen=True)
class SlipFacts:
    """What is in the box of one order; `trace_url` tells where the first of it comes from."""

    code: str
    seller_name: str
    name: str
    packed: bool
    packer: str
    packed_ms: int
    lines: tuple[SlipLine, ...]
    gift_note: str
    trace_url: str


@dataclass(frozen=True)
class Parcel:
    """A label and the slips of the orders that travel under it."""

    label: LabelFacts
    slips: tuple[SlipFacts, ...]


def prepare(session: Session, seller_id: str, codes: Sequence[str]) -> None:
    """See that each order has a label to be printed; one that has keeps it.

    Raises:
        NoPapersAsked, TooManyPapers: none, or more than 200 of them. NotFound: one is not this seller's.
        NotToPack: one of them is not paid, was cancelled or has left.
    """
    _require_some(codes)
    query = select(Order).where(Order.code.in_(codes), Order.seller_id == seller_id)
    rows = {row.code: row.state for row in session.scalars(query)}
    if rows.keys() != set(codes):
        raise NotFound()
    for code in sorted(rows):
        if rows[code] not in (SECURED, PACKING, PACKED):
            raise NotToPack(code)
        shipments.for_order(session, code)


def parcels(session: Session, seller_id: str, codes: Sequence[str]) -> tuple[Parcel, ...]:
    """The papers of these orders, in the order asked; those that travel together make one parcel.

    Raises:
        NoPapersAsked, TooManyPapers: none, or more than 200 of them.
        NotFound: an order is not this seller's, or nobody has prepared its label.
    """
    _require_some(codes)
    seller = sellers.facts(session, seller_id)
    labels = _labels(session, codes)
    together: defaultdict[str, list[Task]] = defaultdict(list)
    for task in board.tasks(session, seller_id, list(dict.fromkeys(codes))):
        if task.order.code not in labels:
            raise NotFound()
        together[labels[task.order.code]].append(task)
    weights = _weights(session, codes)
    who = board.packers(session, codes, PACKED)
    return tuple(
        Parcel(
            _label(seller, label, some),
            tuple(_slip(seller, one, weights, who.get(one.order.code)) for one in some),
        )
        for label, some in together.items()
    )


def _require_some(codes: Sequence[str]) -> None:
    if not codes:
        raise NoPapersAsked()
    if len(codes) > MOST:
        raise TooManyPapers(MOST)


def _labels(session: Session, codes: Sequence[str]) -> dict[str, str]:
    query = (
        select(Order.code, Shipment.label_code)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Order.code.in_(codes))
    )
    return dict(session.execute(query).all())


def _weights(session: Session, codes: Sequence[str]) -> dict[tuple[str, int], int]:
    query = select(PackedPart).where(PackedPart.order_code.in_(codes))
    return {(row.line_id, row.position): row.weighed for row in session.scalars(query)}


def _label(seller: SellerFacts, label_code: str, tasks: Sequence[Task]) -> LabelFacts:
    order = tasks[0].order
    gift = order.gift
    return LabelFacts(
        label_code=label_code,
        spoken=spoken(label_code),
        seller_name=seller.name,
        seller_phone=format_phone(seller.phone),
        name=gift.name if gift else order.name,
        phone=format_phone(gift.phone if gift else order.phone),
        address=order.address,
        way=order.way_label,
        codes=tuple(task.order.code for task in tasks),
        count=sum(line.packs for task in tasks for line in task.lines),
        cash_vnd=sum(task.cash_vnd for task in tasks),
        is_gift=gift is not None,
    )


def _slip(
    seller: SellerFacts,
    task: Task,
    weights: dict[tuple[str, int], int],
    who: tuple[str, int] | None,
) -> SlipFacts:
    order = task.order
    is_packed = order.state not in (SECURED, PACKING)
    packer, packed_ms = who if who and is_packed else ("", 0)
    first = next((take for thing in task.things for take in thing.takes), None)
    return SlipFacts(
        code=order.code,
        seller_name=seller.name,
        name=order.gift.name if order.gift else order.name,
        packed=is_packed,
        packer=packer,
        packed_ms=packed_ms,
        lines=tuple(_slip_lines(task, weights)),
        gift_note=order.gift.note if order.gift else "",
        trace_url=links.trace_url(first.lot_id) if first else "",
    )


def _slip_lines(task: Task, weights: dict[tuple[str, int], int]) -> list[SlipLine]:
    found = []
    for line in task.lines:
        if line.is_combo:
            found.append(SlipLine(line.packs, line.name, line.unit, "", ()))
        for thing in line.things:
            weighed = weights.get((thing.line_id, thing.position), 0)
            found.append(_thing_line(thing, weighed, inside=line.is_combo))
    return found


def _thing_line(thing: Thing, weighed: int, *, inside: bool) -> SlipLine:
    return SlipLine(
        count=thing.packs,
        name=thing.name,
        unit=thing.unit,
        weighed=format_quantity(weighed, thing.base_unit) if weighed else "",
        lots=tuple(_lot(take, thing) for take in thing.takes),
        inside=inside,
    )


def _lot(take: LotTake, thing: Thing) -> str:
    """A lot as a slip names it; how much of it only where there are several."""
    day = f"thu {take.harvested_on:%d/%m/%Y}"
    leaves = f", dùng trước {take.leaves_on:%d/%m/%Y}" if take.leaves_on else ""
    much = f", {format_quantity(take.quantity, thing.base_unit)}" if len(thing.takes) > 1 else ""
    return f"Lô {take.code} ({day}{leaves}{much})"
