"""An order goes into its box: begun, packed, put aside or opened again; each a step that may come late.

A phone without a network tells of a whole box at once, so `pack` does in one write what the desk does in
several: begins, shortens what is short, binds the lots that were in hand, writes down the scales, closes.
What has changed meanwhile is refused as a whole, in words for somebody who holds the box. The phone's
clock plays no part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import facts as lot_facts
from core import clock
from core.errors import NotFound
from shop.delivery import arrival
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering import changes, fulfilment, history, weights
from shop.ordering.changes import Delivered
from shop.ordering.order_facts import reference_of
from shop.packing import board, scales
from shop.packing.errors import (
    AlreadyPacked,
    LotNotServing,
    NothingInside,
    NotToPack,
    OrderChanged,
)
from shop.shipments import shipments
from shop.states import OUT, PACKED, PACKING, SECURED

_SHORT = "không đủ hàng"


@dataclass(frozen=True)
class PartDone:
    """What went in of one thing: the lot in hand ("": any), and base units on the scales (0: none)."""

    position: int
    lot_id: str = ""
    weighed: int = 0


@dataclass(frozen=True)
class LineDone:
    """How many packs of a line are in the box, and what is said of its things."""

    line_id: str
    packs: int
    parts: tuple[PartDone, ...] = ()


@dataclass(frozen=True)
class BoxDone:
    """All of one order as it was packed; `reason` says why something is short."""

    code: str
    lines: tuple[LineDone, ...]
    reason: str = ""


@dataclass(frozen=True)
class Packed:
    """What became of it: the code on the box's label; "" where the buyer waits for what is short."""

    label_code: str

    @property
    def waits(self) -> bool:
        """Whether the order was put aside, because its buyer wants all of it or nothing yet."""
        return not self.label_code


def begin(session: Session, seller_id: str, code: str, actor: str) -> None:
    """Take an order to the table, so that others see who packs it; begun already, nothing changes.

    Raises:
        AlreadyPacked, NotToPack: it is not to be packed. NotFound: it is not this seller's.
    """
    _require_open(session, _locked(session, seller_id, code))
    fulfilment.start_packing(session, code, actor)


def put_aside(session: Session, seller_id: str, code: str, actor: str, reason: str = "") -> None:
    """Leave an order for later: its goods stay its own, no lot is its any more.

    Raises:
        AlreadyPacked, NotToPack: nobody packs it. NotFound: it is not this seller's.
    """
    _require_open(session, _locked(session, seller_id, code))
    fulfilment.stop_packing(session, code, actor, reason)


def open_again(session: Session, seller_id: str, code: str, actor: str, reason: str = "") -> None:
    """Open a box that has not left the house: it is to be packed once more.

    Raises:
        NotToPack: it left, or was never closed. NotFound: it is not this seller's.
    """
    order = _locked(session, seller_id, code)
    if order.state not in (PACKED, PACKING):
        raise NotToPack(code)
    fulfilment.unpack(session, code, actor, reason)


def pack(session: Session, seller_id: str, box: BoxDone, actor: str) -> Packed:
    """Close the box of an order as it was packed.

    Effect: what is short is taken off the order and its money follows, the lots in hand serve it (what
    they cannot, the next to expire), the weights are kept (and price what is priced by weight), the order
    is packed. Where the buyer chose to wait for what is short, the order is put aside instead and keeps
    everything.

    Raises:
        AlreadyPacked, NotToPack: it is not to be packed. NotFound: order or lot is not this seller's.
        OrderChanged: its lines are not those that were packed. NothingInside: all of it is short.
        TooLight, TooHeavy: see `scales`. NotWeighed, WeighsTooLittle, WeighsTooMuch: see
        `ordering.weights`. LotNotServing: the lot in hand may not be sold, or is used up.
        LotsMissing: not enough lies here, of any lot.
    """
    order = _locked(session, seller_id, box.code)
    _require_open(session, order)
    _require_same(session, box)
    if not any(line.packs for line in box.lines):
        raise NothingInside()
    fulfilment.start_packing(session, box.code, actor)
    if _shorten(session, box, actor):
        return Packed("")
    parts = _parts(session, box.code)
    _require_known(box, parts)
    weights.weigh(session, order, _of_lines(box), actor)
    _bind(session, order, box, parts)
    scales.write_down(session, order.seller_id, parts, _weights(box), actor)
    fulfilment.finish_packing(session, box.code, actor)
    return Packed(shipments.for_order(session, box.code).label_code)


def _locked(session: Session, seller_id: str, code: str) -> Order:
    order = history.locked(session, code)
    if order.seller_id != seller_id:
        raise NotFound()
    return order


def _require_open(session: Session, order: Order) -> None:
    """Go on only with an order that is to be packed."""
    if order.state in (SECURED, PACKING):
        return
    if order.state == PACKED or order.state in OUT:
        by, at_ms = board.packers(session, [order.code], PACKED).get(order.code, ("", 0))
        if at_ms:
            raise AlreadyPacked(order.code, by or "?", f"{clock.in_vietnam(at_ms):%H:%M %d/%m}")
    raise NotToPack(order.code)


def _require_same(session: Session, box: BoxDone) -> None:
    """The box has each line of the order once, with no more packs and no other things than it asks for."""
    query = select(OrderLine.id, OrderLine.packs).where(OrderLine.order_code == box.code)
    asked = {line_id: packs for line_id, packs in session.execute(query) if packs}
    told = {line.line_id: line.packs for line in box.lines}
    if len(told) != len(box.lines) or told.keys() != asked.keys():
        raise OrderChanged(box.code)
    if any(packs > asked[line_id] for line_id, packs in told.items()):
        raise OrderChanged(box.code)


def _shorten(session: Session, box: BoxDone, actor: str) -> bool:
    """Take off the order what is not in the box; whether its buyer waits for that instead."""
    for line in box.lines:
        delivered = Delivered(line.line_id, line.packs, actor, box.reason or _SHORT)
        done = changes.shorten(session, box.code, delivered)
        if done.outcome == changes.WAIT and done.missing_packs:
            return True
    session.flush()
    return False


def _parts(session: Session, code: str) -> Sequence[OrderLinePart]:
    """What the order asks for now, thing by thing."""
    query = (
        select(OrderLinePart)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(OrderLine.order_code == code, OrderLinePart.packs > 0)
        .order_by(OrderLine.position, OrderLinePart.position)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def _require_known(box: BoxDone, parts: Sequence[OrderLinePart]) -> None:
    """What is said of things is said of things of this order."""
    told = {(line.line_id, one.position) for line in box.lines if line.packs for one in line.parts}
    if not told <= {(part.line_id, part.position) for part in parts}:
        raise OrderChanged(box.code)


def _weights(box: BoxDone) -> dict[tuple[str, int], int]:
    return {(line.line_id, one.position): one.weighed for line in box.lines for one in line.parts}


def _of_lines(box: BoxDone) -> dict[str, int]:
    """What the scales said of whole lines: one priced by weight is a single thing."""
    return {line.line_id: sum(one.weighed for one in line.parts) for line in box.lines}


def _bind(session: Session, order: Order, box: BoxDone, parts: Sequence[OrderLinePart]) -> None:
    """Have the lots in hand serve the order, and the next to expire what they cannot.

    No lot serves that leaves the shelf before the buyer has the goods.
    """
    deliver_on = arrival.day_of(session, order)
    in_hand = {
        (line.line_id, one.position): one.lot_id
        for line in box.lines
        for one in line.parts
        if one.lot_id
    }
    lots = lot_facts.by_ids(session, order.seller_id, set(in_hand.values()))
    if lots.keys() != set(in_hand.values()):
        raise NotFound()
    wished = {
        part.hold_id: in_hand[part.line_id, part.position]
        for part in parts
        if (part.line_id, part.position) in in_hand
    }
    holder = reference_of(box.code)
    stock.unbind_holder(session, holder)
    stock.bind_holder(session, holder, deliver_on, wished)
    _require_in_hand(session, holder, wished, {id_: lot.code for id_, lot in lots.items()})


def _require_in_hand(
    session: Session, holder: str, wished: Mapping[str, str], codes: Mapping[str, str]
) -> None:
    """Each lot that was in hand serves its thing at least in part."""
    serving = {(one.hold_id, one.lot_id) for one in stock.bound_to(session, holder)}
    for hold_id, lot_id in wished.items():
        if (hold_id, lot_id) not in serving:
            raise LotNotServing(codes[lot_id])
