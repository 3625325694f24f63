"""What a buyer may choose from: each way with its fee for their parcel, and the slots still open.

A door, because a cart and a live basket ask alike. Refuses to take anything: placing an order does.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from shop.delivery import slots, ways
from shop.delivery.quote import Parcel, Quote, quotes
from shop.delivery.slots import SlotFacts


@dataclass(frozen=True)
class WayChoice:
    """A way of delivery on a form: what it costs, and the slots one of which has to be chosen.

    `slow_h`: how many hours it takes, where that is longer than the goods bear, so that it cannot be chosen.
    """

    quote: Quote
    slots: tuple[SlotFacts, ...]
    slow_h: int = 0

    @property
    def to_the_door(self) -> bool:
        """Whether it needs the buyer's address."""
        return self.quote.kind in ways.TO_THE_DOOR


def choices(session: Session, seller_id: str, parcel: Parcel) -> tuple[WayChoice, ...]:
    """The ways of `seller_id` that carry `parcel`, the cheapest first, those paid on arrival last.

    A way that goes by slots is left out while none of them takes orders.
    """
    found = quotes(ways.ways_of(session, seller_id), parcel)
    by_slot = [one.way_id for one in found if one.by_slot]
    open_now = slots.bookable(session, by_slot) if by_slot else {}
    offered = [
        WayChoice(one, open_now.get(one.way_id, ()))
        for one in found
        if not one.by_slot or one.way_id in open_now
    ]
    return tuple(sorted(offered, key=_handiest))


def with_slow(session: Session, seller_id: str, parcel: Parcel) -> tuple[WayChoice, ...]:
    """As `choices`, and behind them the ways that would do but take longer than the goods bear (`slow_h`)."""
    fitting = choices(session, seller_id, parcel)
    if parcel.most_transit_h is None:
        return fitting
    rows = ways.ways_of(session, seller_id)
    hours = {row.id: row.transit_h or 0 for row in rows}
    slow = [
        WayChoice(one, (), hours[one.way_id])
        for one in quotes(rows, replace(parcel, most_transit_h=None))
        if hours[one.way_id] > parcel.most_transit_h
    ]
    return (*fitting, *slow)


def _handiest(one: WayChoice) -> tuple[bool, int, bool]:
    return one.quote.on_arrival, one.quote.fee_vnd, bool(one.slots)
