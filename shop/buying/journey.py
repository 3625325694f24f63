"""Where one order is, read for its buyer's page: steps, who packed it, from which lots, who took it.

Refuses names and codes of other orders to whoever only holds the link of this one: they are told that
something travels along, not what.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import facts as lot_facts
from core.identity.logins import Login
from shop.buying.progress import Reached, Step, steps
from shop.cases import granted
from shop.delivery import slots, ways
from shop.delivery.slots import SlotFacts
from shop.delivery.ways import PICKUP, Handling
from shop.models import OrderLine, OrderLinePart
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.ordering.order_history import Entry, entries_of
from shop.shipments import joining, shipments
from shop.shipments.shipments import ShipmentFacts
from shop.states import BROUGHT_BACK, OUT, PACKED, PACKING, WITHOUT_GOODS

_FROM_LOTS = OUT | {PACKED}
"""The states in which the lots of an order are settled; before, the packer may still take others."""


@dataclass(frozen=True)
class LotLink:
    """A lot something of a line came from; its page is `/trace/<id>`."""

    id: str
    code: str
    harvested_on: date


@dataclass(frozen=True)
class Ending:
    """How an order ended before its buyer kept it: the state, when (UTC ms), and why.

    `said` is what the market noted (a gettext msgid), `reason` what somebody wrote; either may be "".
    """

    state: str
    at_ms: int
    said: str
    reason: str


@dataclass(frozen=True)
class Journey:
    """What the order's page tells beside the money.

    `lots` by line id. `together` are the codes of orders in the same parcel this caller may open, `beside`
    how many there are in all; `may_join` those that could be put into it. `granted_vnd` (đồng) is to go
    back because of a complaint.
    """

    steps: tuple[Step, ...]
    packer: str
    packed_ms: int | None
    ending: Ending | None
    lots: Mapping[str, tuple[LotLink, ...]]
    parcel: ShipmentFacts | None
    together: tuple[str, ...]
    beside: int
    may_join: tuple[str, ...]
    slot: SlotFacts | None
    handling: Handling | None
    granted_vnd: int


def read(session: Session, order: OrderFacts, login: Login | None) -> Journey:
    """Where `order` is, for this caller, who may see it (`order_facts.seen_by` judged that)."""
    came = _arrivals(entries_of(session, order.code))
    parcel = shipments.of_order(session, order.code)
    others = [code for code in parcel.order_codes if code != order.code] if parcel else []
    way, times, packed = order.way, order.times, came.get(PACKED)
    return Journey(
        steps=steps(_reached(order, came)),
        packer=packed.who if packed and times.packed_ms else "",
        packed_ms=times.packed_ms,
        ending=_ending(order, came),
        lots=lots_of(session, order),
        parcel=parcel,
        together=_opened_by(session, others, login),
        beside=len(others),
        may_join=_may_join(session, order, login),
        slot=slots.facts(session, [way.slot_id]).get(way.slot_id) if way.slot_id else None,
        handling=ways.handling(session, [way.way_id]).get(way.way_id) if way.way_id else None,
        granted_vnd=granted.of_order_vnd(session, order.code),
    )


def _arrivals(history: Sequence[Entry]) -> dict[str, Entry]:
    """The entry by which the order last came into each state; what was noted in it does not count."""
    came: dict[str, Entry] = {}
    before = ""
    for entry in history:
        if entry.state != before:
            came[entry.state] = entry
        before = entry.state
    return came


def _reached(order: OrderFacts, came: Mapping[str, Entry]) -> Reached:
    begun, times = came.get(PACKING), order.times
    return Reached(
        state=order.state,
        placed_ms=order.placed_ms,
        secured_ms=times.secured_ms,
        packing_ms=begun.at_ms if begun else None,
        packed_ms=times.packed_ms,
        handed_over_ms=times.handed_over_ms,
        delivered_ms=times.delivered_ms,
        fetched=order.way_kind == PICKUP,
    )


def _ending(order: OrderFacts, came: Mapping[str, Entry]) -> Ending | None:
    entry = came.get(order.state)
    if entry is None or order.state not in WITHOUT_GOODS | BROUGHT_BACK:
        return None
    return Ending(order.state, entry.at_ms, entry.said, entry.reason)


def lots_of(session: Session, order: OrderFacts) -> dict[str, tuple[LotLink, ...]]:
    """The lots each line of `order` came from, by line id; none before they are settled."""
    if order.state not in _FROM_LOTS:
        return {}
    query = (
        select(OrderLinePart.hold_id, OrderLinePart.line_id)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(OrderLine.order_code == order.code)
    )
    line_of = dict(session.execute(query).all())
    bound = stock.bound_to(session, reference_of(order.code))
    known = lot_facts.by_ids(session, order.seller_id, {one.lot_id for one in bound})
    found: defaultdict[str, dict[str, LotLink]] = defaultdict(dict)
    for one in bound:
        if (lot := known.get(one.lot_id)) and one.hold_id in line_of:
            found[line_of[one.hold_id]][lot.id] = LotLink(lot.id, lot.code, lot.harvested_on)
    return {line_id: tuple(lots.values()) for line_id, lots in found.items()}


def _may_join(session: Session, order: OrderFacts, login: Login | None) -> tuple[str, ...]:
    """Orders to the same place, for the buyer alone: the link tells of no other order."""
    if not order.belongs_to(login):
        return ()
    return _opened_by(session, joining.companions(session, order.code), login)


def _opened_by(session: Session, codes: Sequence[str], login: Login | None) -> tuple[str, ...]:
    facts = [order_facts.facts(session, code) for code in codes]
    return tuple(one.code for one in facts if one.belongs_to(login))
