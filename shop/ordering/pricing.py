"""The whole price of what a buyer asks for, before there is an order: lines, weight, way, fee, sum.

Refuses prices from clients: they come from the catalogue (web) or from what a claim froze (live), handed
in by a service. No quote, no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from catalog.modes import Mode
from core import clock
from core.errors import NotFound
from shop.delivery import slots, ways
from shop.delivery.quote import Quote, quote
from shop.delivery.slots import SlotFacts, SlotFull, SlotNeeded
from shop.errors import AddressNeeded, EmptyOrder, GiftNeedsDoor
from shop.ordering.takes import Take, parcel_of, takes_of
from shop.ordering.totals import PricedPacks, Totals, totals

LEAST_TO_PAY_MS = 15 * 60_000
WEIGH_WITHIN_MS = 24 * 60 * 60_000
"""How long staff have to weigh what is weighed before it is paid, and its goods are kept for that."""
SETTLE, LET_BE = "settle", "let_be"
"""What a buyer wants of a difference under 20.000 đ by the scales: settled to the đồng, or let be."""


@dataclass(frozen=True)
class PlaceLine:
    """Packs of a listing at a price in đồng per pack, out of an allotment if it is a live sale's."""

    listing_id: str
    packs: int
    unit_price_vnd: int
    allotment_id: str | None = None


@dataclass(frozen=True)
class Buyer:
    """Who orders, on which device, and how to reach them (`phone` in E.164)."""

    person_id: str
    device_id: str | None
    name: str
    phone: str


@dataclass(frozen=True)
class Gift:
    """Who gets the goods in the buyer's stead (`phone` in E.164), and whether the slip tells no price."""

    name: str
    phone: str
    note: str = ""
    hides_prices: bool = False


@dataclass(frozen=True)
class DeliveryChoice:
    """A way by its id or its kind (`pickup`, `own_run`), and the door's address where it needs one.

    A gift goes to its recipient's door: then the address is theirs. `slot` is the id of a slot where the
    way goes by slots; `commune` the code of the commune it goes to, "" where that was not said.
    """

    way: str
    address: str = ""
    gift: Gift | None = None
    slot: str = ""
    commune: str = ""


@dataclass(frozen=True)
class PlaceOrder:
    """All that makes an order; `hold_until_ms` is the latest end of holds it takes over, or 0.

    One typed in by staff has the `channel` it was asked on and who typed it (`staff_actor`). `voucher` is
    a code as the buyer typed it, "" for none; `if_differs` what a small difference on the scales is to do.
    """

    seller_id: str
    buyer: Buyer
    source: str
    delivery: DeliveryChoice
    lines: tuple[PlaceLine, ...]
    hold_until_ms: int = 0
    channel: str = ""
    staff_actor: str = ""
    voucher: str = ""
    if_differs: str = SETTLE


@dataclass(frozen=True)
class PricedLine:
    """A line with the listing it sells, what it comes to in đồng, and what it takes from stock."""

    wanted: PlaceLine
    listing: ListingFacts
    amount_vnd: int
    takes: tuple[Take, ...]


@dataclass(frozen=True)
class PricedOrder:
    """An order with everything decided but its code; `pay_by_ms` in UTC ms; its slot is not taken yet."""

    wanted: PlaceOrder
    lines: tuple[PricedLine, ...]
    way: Quote
    slot: SlotFacts | None
    sums: Totals
    pay_by_ms: int


def price(session: Session, wanted: PlaceOrder) -> PricedOrder:
    """Decide what `wanted` costs and how long there is to pay it.

    Raises:
        EmptyOrder, NotFound, NoService, CommuneNeeded, AddressNeeded, GiftNeedsDoor, SlotNeeded,
        SlotFull, TooMuchForOneTransfer: see `placing.place`.
    """
    if not wanted.lines:
        raise EmptyOrder()
    packs = [PricedPacks(line.unit_price_vnd, line.packs) for line in wanted.lines]
    goods = totals(packs, fee_vnd=0)
    sold = _listings_of(session, wanted)
    packs_of = [line.packs for line in wanted.lines]
    takes = takes_of(session, list(zip(sold, packs_of, strict=True)))
    lines = tuple(map(PricedLine, wanted.lines, sold, goods.line_amounts_vnd, takes))
    to = ways.destination(wanted.delivery.commune)
    parcel = parcel_of((take for line in lines for take in line.takes), goods.goods_vnd, to)
    way = quote(ways.ways_of(session, wanted.seller_id), wanted.delivery.way, parcel)
    _check_door(way, wanted.delivery)
    pay_by_ms = max(wanted.hold_until_ms, clock.now_ms() + _least_ms(sold))
    slot = _slot_of(session, way, wanted.delivery.slot)
    return PricedOrder(wanted, lines, way, slot, totals(packs, way.fee_vnd), pay_by_ms)


def _least_ms(sold: Sequence[ListingFacts]) -> int:
    """The shortest time an order of these has, in ms, until it ends by itself."""
    by_scales = any(one.mode == Mode.WEIGH_THEN_PAY for one in sold)
    return WEIGH_WITHIN_MS if by_scales else LEAST_TO_PAY_MS


def _slot_of(session: Session, way: Quote, slot_id: str) -> SlotFacts | None:
    """The slot an order of this way takes a place in, None for a way without slots."""
    if not way.by_slot:
        return None
    if not slot_id:
        raise SlotNeeded()
    slot = slots.facts(session, [slot_id]).get(slot_id)
    if slot is None or slot.way_id != way.way_id:
        raise SlotFull()
    return slot


def _check_door(way: Quote, choice: DeliveryChoice) -> None:
    """What goes to a door has an address; a gift goes to a door."""
    to_the_door = way.kind in ways.TO_THE_DOOR
    if to_the_door and not choice.address:
        raise AddressNeeded()
    if choice.gift is not None and not to_the_door:
        raise GiftNeedsDoor()


def _listings_of(session: Session, wanted: PlaceOrder) -> list[ListingFacts]:
    """The listing of each line; raises NotFound when one is not this seller's."""
    found = listings.facts(session, [line.listing_id for line in wanted.lines])
    sold = [found.get(line.listing_id) for line in wanted.lines]
    mine = [item for item in sold if item is not None and item.seller_id == wanted.seller_id]
    if len(mine) < len(sold):
        raise NotFound()
    return mine
