"""What there is to pack now, for one seller: orders in the order to pack them, each with its lots.

A fixed number of queries however many orders there are. Reads only; another seller's orders are not here.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import listings, stock
from catalog.allocation import Allocation, FreeLot, keeps_until
from catalog.lots import facts as lot_facts
from catalog.lots.facts import LotFacts
from catalog.modes import Mode
from catalog.stock import ToPick
from catalog.units import pack_label
from core import clock
from core.errors import NotFound
from core.identity import people
from shop.delivery import arrival, slots
from shop.delivery.models import DeliverySlot
from shop.models import Order, OrderEvent, OrderLine, OrderLinePart
from shop.ordering import order_facts, weights
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.packing import to_weigh
from shop.packing.suggesting import Want, suggest
from shop.packing.tasks import Closed, Line, LotTake, Task, Thing
from shop.shipments.models import Shipment
from shop.states import PACKED, PACKING, SECURED

MOST = 200
"""How many orders one page has; the rest follows when these are packed."""
_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Board:
    """What is to be packed, what stands packed and waits to leave, and how far the day has come.

    `to_weigh` is not paid yet: its buyers learn the sum when it was weighed.
    """

    tasks: tuple[Task, ...]
    closed: tuple[Closed, ...]
    done_today: int
    to_weigh: tuple[OrderFacts, ...] = ()

    @property
    def all_today(self) -> int:
        """What is packed today and what is still to be."""
        return self.done_today + len(self.tasks)


def board(session: Session, seller_id: str) -> Board:
    """What the seller's packers see; at most 200 orders, as they have to leave.

    What is expected in a slot today comes first, then what leaves when it can (the longest paid first),
    then the slots of later days.
    """
    due = func.coalesce(DeliverySlot.starts_ms, clock.midnight_ms(clock.today()) + _DAY_MS)
    query = (
        select(Order)
        .outerjoin(DeliverySlot, DeliverySlot.id == Order.slot_id)
        .where(Order.seller_id == seller_id, Order.state.in_([SECURED, PACKING]))
        .order_by(due, Order.secured_ms, Order.code)
    )
    rows = session.scalars(query.limit(MOST)).all()
    return Board(
        _tasks(session, seller_id, rows),
        _closed(session, seller_id),
        _done(session, seller_id),
        to_weigh.orders(session, seller_id),
    )


def task(session: Session, seller_id: str, code: str) -> Task:
    """One order as it is to be packed, was packed or would be.

    Raises:
        NotFound: it is not this seller's.
    """
    return tasks(session, seller_id, [code])[0]


def tasks(session: Session, seller_id: str, codes: Sequence[str]) -> tuple[Task, ...]:
    """Several orders as `task` shows one, in the order asked; lots are offered to the first asked first.

    Raises:
        NotFound: one of them is not this seller's.
    """
    query = select(Order).where(Order.code.in_(codes), Order.seller_id == seller_id)
    found = {row.code: row for row in session.scalars(query)}
    if found.keys() != set(codes):
        raise NotFound()
    return _tasks(session, seller_id, [found[code] for code in codes])


def waiting(session: Session, seller_id: str) -> int:
    """How many orders are still to be packed."""
    query = select(func.count()).where(
        Order.seller_id == seller_id, Order.state.in_([SECURED, PACKING])
    )
    return session.scalar(query) or 0


def closed(session: Session, seller_id: str, code: str) -> Closed | None:
    """The order as it stands packed; None where it is not."""
    return next((one for one in _closed(session, seller_id, code) if one.code == code), None)


def packers(session: Session, codes: Collection[str], state: str) -> dict[str, tuple[str, int]]:
    """Who last brought each order into `state` and when (UTC ms); a name, or "" where there is none."""
    query = (
        select(OrderEvent.order_code, OrderEvent.actor, OrderEvent.at_ms)
        .where(OrderEvent.order_code.in_(list(codes)), OrderEvent.state == state)
        .order_by(OrderEvent.at_ms, OrderEvent.place)
    )
    last = {code: (actor, at_ms) for code, actor, at_ms in session.execute(query)}
    names = people.names_of(session, {actor for actor, _ in last.values()})
    return {code: (names[actor], at_ms) for code, (actor, at_ms) in last.items()}


@dataclass(frozen=True)
class _Shelf:
    """What is known of the goods of all these orders."""

    picks: dict[str, ToPick]
    served: dict[str, Allocation]
    free: dict[str, tuple[FreeLot, ...]]
    lots: dict[str, LotFacts]
    by_scales: frozenset[str]
    arrives: dict[str, date]  # by holder: the day its buyer has the goods


def _tasks(session: Session, seller_id: str, rows: Sequence[Order]) -> tuple[Task, ...]:
    known = order_facts.facts_of_rows(session, rows)
    pairs = _pairs(session, [row.code for row in rows])
    shelf = _shelf(session, seller_id, rows, [part for some in pairs.values() for _, part in some])
    who = packers(session, [row.code for row in rows if row.state == PACKING], PACKING)
    expected = slots.facts(session, {row.slot_id for row in rows if row.slot_id})
    return tuple(
        replace(
            _task(row, order, _lines(pairs[row.code], shelf), who.get(row.code, ("", 0))),
            slot=expected.get(row.slot_id or ""),
        )
        for row, order in zip(rows, known, strict=True)
    )


def _pairs(
    session: Session, codes: Collection[str]
) -> defaultdict[str, list[tuple[OrderLine, OrderLinePart]]]:
    query = (
        select(OrderLine, OrderLinePart)
        .join(OrderLinePart, OrderLinePart.line_id == OrderLine.id)
        .where(OrderLine.order_code.in_(list(codes)), OrderLinePart.packs > 0, OrderLine.packs > 0)
        .order_by(OrderLine.position, OrderLinePart.position)
    )
    found: defaultdict[str, list[tuple[OrderLine, OrderLinePart]]] = defaultdict(list)
    for line, part in session.execute(query):
        found[line.order_code].append((line, part))
    return found


def _shelf(
    session: Session, seller_id: str, rows: Sequence[Order], parts: Sequence[OrderLinePart]
) -> _Shelf:
    """The goods of `rows`: what each hold wants, in the order of the rows, and the lots that could serve."""
    holders = [reference_of(row.code) for row in rows]
    turn = {holder: place for place, holder in enumerate(holders)}
    picks = sorted(stock.to_pick(session, holders), key=lambda one: (turn[one.holder], one.hold_id))
    bound = stock.bound_of(session, holders)
    arrives = {reference_of(code): day for code, day in arrival.days(session, rows).items()}
    free = stock.free_at(session, {one.stock_id for one in picks})
    wants = [
        Want(
            one.hold_id,
            one.stock_id,
            one.quantity,
            arrives[one.holder],
            tuple((b.lot_id, b.quantity) for b in bound.get(one.hold_id, ())),
        )
        for one in picks
        if not one.ahead
    ]
    lot_ids = {lot.id for lots in free.values() for lot in lots}
    lot_ids |= {one.lot_id for some in bound.values() for one in some}
    sold = listings.facts(session, {part.listing_id for part in parts})
    return _Shelf(
        picks={one.hold_id: one for one in picks},
        served=suggest(wants, free),
        arrives=arrives,
        free=free,
        lots=lot_facts.by_ids(session, seller_id, lot_ids),
        by_scales=frozenset(id_ for id_, one in sold.items() if one.mode != Mode.PACK),
    )


def _task(row: Order, order: OrderFacts, lines: tuple[Line, ...], who: tuple[str, int]) -> Task:
    owed = {"cod": row.amount_vnd, "deposit": row.amount_vnd - row.deposit_vnd}
    return Task(
        order=order,
        lines=lines,
        if_short=row.if_short,
        cash_vnd=owed.get(row.secured_by or "", 0),
        packer=who[0],
        since_ms=who[1],
    )


def _lines(pairs: Sequence[tuple[OrderLine, OrderLinePart]], shelf: _Shelf) -> tuple[Line, ...]:
    rows: dict[str, OrderLine] = {}
    things: defaultdict[str, list[Thing]] = defaultdict(list)
    for line, part in pairs:
        rows[line.id] = line
        things[line.id].append(_thing(line, part, shelf))
    return tuple(
        Line(
            id=line.id,
            name=line.name,
            unit=pack_label(line.unit_word, line.pack_size, line.base_unit),
            packs=line.packs,
            things=tuple(things[line.id]),
        )
        for line in rows.values()
    )


def _thing(line: OrderLine, part: OrderLinePart, shelf: _Shelf) -> Thing:
    by_weight = weights.is_by_weight(line)
    pick = shelf.picks.get(part.hold_id)
    served = shelf.served.get(part.hold_id, Allocation((), 0))
    free = shelf.free.get(pick.stock_id, ()) if pick else ()
    return Thing(
        line_id=part.line_id,
        position=part.position,
        hold_id=part.hold_id,
        product_id=pick.product_id if pick else "",
        name=part.name,
        unit=pack_label(part.unit_word, part.pack_size, part.base_unit),
        packs=part.packs,
        pack_size=part.pack_size,
        base_unit=part.base_unit,
        weighs=by_weight or part.listing_id in shelf.by_scales,
        ahead=pick is not None and pick.ahead,
        missing=served.missing,
        takes=tuple(_take(shelf, lot_id, quantity) for lot_id, quantity in served.parts),
        choices=tuple(
            _take(shelf, lot.id, lot.free)
            for lot in free
            if lot.id in shelf.lots
            and (pick is None or keeps_until(lot, shelf.arrives[pick.holder]))
        ),
        price_vnd=line.unit_price_vnd if by_weight else 0,
        weighed=line.weighed,
    )


def _take(shelf: _Shelf, lot_id: str, quantity: int) -> LotTake:
    lot = shelf.lots[lot_id]
    return LotTake(lot_id, lot.code, quantity, lot.harvested_on, lot.removes_on)


def _closed(session: Session, seller_id: str, code: str = "") -> tuple[Closed, ...]:
    """What stands packed, the last packed first; the order `code` alone if it is named."""
    query = (
        select(Order, Shipment.label_code)
        .outerjoin(Shipment, Shipment.id == Order.shipment_id)
        .where(Order.seller_id == seller_id, Order.state == PACKED)
        .order_by(Order.packed_ms.desc(), Order.code)
        .limit(MOST)
    )
    if code:
        query = query.where(Order.code == code)
    rows = session.execute(query).all()
    who = packers(session, [row.code for row, _ in rows], PACKED)
    return tuple(
        Closed(row.code, row.name, who.get(row.code, ("", 0))[0], row.packed_ms or 0, label or "")
        for row, label in rows
    )


def _done(session: Session, seller_id: str) -> int:
    """How many orders were packed today, Vietnam's day."""
    since_ms = clock.midnight_ms(clock.today())
    query = select(func.count()).where(Order.seller_id == seller_id, Order.packed_ms >= since_ms)
    return session.scalar(query) or 0
