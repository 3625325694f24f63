"""An order that a seller's people type in for a buyer who wrote or called: at the shop's prices, held for
as long as they say, paid by a link that is sent back.

The buyer is whoever has the number; nothing of the order shows on their devices before they open the link
or prove the number. Refuses prices of its own and other sellers' goods.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, wholesale
from catalog.listings import ListingFacts
from catalog.tiers import price_for
from core import clock
from core.errors import N_, NotFound
from core.identity import people
from shop import orders
from shop.errors import EmptyOrder, NotOnSale
from shop.models import Order
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder
from shop.staff.paste_amounts import Ware

STAFF = "staff"
CHANNELS: Mapping[str, str] = {
    "zalo": "Zalo",
    "facebook": "Facebook",
    "phone": N_("Gọi điện"),
    "stall": N_("Tại quầy"),
    "other": N_("Nơi khác"),
}
"""Where people ask, and how it is called."""

KEPT_MINUTES: Mapping[int, str] = {
    30: N_("30 phút"),
    120: N_("2 giờ"),
    480: N_("8 giờ"),
    1440: N_("1 ngày"),
}
"""For how long goods may be kept for a buyer who still has to open the link."""
_MINUTE_MS = 60_000
_MOST_LATELY = 10


@dataclass(frozen=True)
class StaffLine:
    """So many packs of a listing."""

    listing_id: str
    packs: int


@dataclass(frozen=True)
class StaffOrder:
    """What staff confirmed: for whom (`phone` in E.164), on which channel, what, how, kept for how long,
    and a voucher's code ("" for none)."""

    seller_id: str
    name: str
    phone: str
    channel: str
    delivery: DeliveryChoice
    lines: tuple[StaffLine, ...]
    kept_minutes: int
    voucher: str = ""


def place(session: Session, wanted: StaffOrder, actor: str) -> str:
    """Place the order for the buyer and return its code; `actor` is the login that typed it in.

    The same listing twice is one line.

    Raises:
        EmptyOrder: no lines. NotOnSale: a listing is not sold any more.
        NotFound: a listing is not this seller's.
        and what `orders.place` raises (NoService, AddressNeeded, OutOfStock, NoReceivingAccount, …).
    """
    packs = _packs_of(wanted.lines)
    sold = listings.facts(session, list(packs))
    for listing_id in packs:
        if listing_id not in sold or sold[listing_id].seller_id != wanted.seller_id:
            raise NotFound()
        if not sold[listing_id].on_sale:
            raise NotOnSale(listing=listing_id)
    person_id = people.find_or_create(session, wanted.phone, wanted.name)
    return orders.place(
        session,
        PlaceOrder(
            seller_id=wanted.seller_id,
            buyer=Buyer(person_id, None, wanted.name, wanted.phone),
            source=STAFF,
            delivery=wanted.delivery,
            lines=_lines(session, packs, sold),
            hold_until_ms=clock.now_ms() + wanted.kept_minutes * _MINUTE_MS,
            channel=wanted.channel,
            staff_actor=actor,
            voucher=wanted.voucher,
        ),
    )


def of_seller(session: Session, seller_id: str, code: str) -> OrderFacts:
    """The order `code` that the seller's people typed in.

    Raises:
        NotFound: there is none, it is another seller's, or a buyer placed it.
    """
    order = order_facts.facts(session, code)
    if order.seller_id != seller_id or order.source != STAFF:
        raise NotFound()
    return order


def lately(session: Session, seller_id: str) -> tuple[OrderFacts, ...]:
    """The seller's last ten orders of this kind, the newest first."""
    query = select(Order).where(Order.seller_id == seller_id, Order.source == STAFF)
    newest = query.order_by(Order.placed_ms.desc(), Order.code).limit(_MOST_LATELY)
    return tuple(order_facts.facts_of_rows(session, session.scalars(newest).all()))


def sold_now(session: Session, seller_id: str) -> tuple[ListingFacts, ...]:
    """What of the seller's can be ordered, by name."""
    return tuple(one for one in listings.of_seller(session, seller_id) if one.on_sale)


def wares(sold: Sequence[ListingFacts]) -> tuple[Ware, ...]:
    """Listings as the reader of pasted messages knows them."""
    return tuple(
        Ware(one.id, one.name, one.unit_word, one.base_unit, one.pack_size) for one in sold
    )


def _packs_of(lines: Sequence[StaffLine]) -> dict[str, int]:
    if not lines:
        raise EmptyOrder()
    packs: dict[str, int] = {}
    for line in lines:
        packs[line.listing_id] = packs.get(line.listing_id, 0) + line.packs
    return packs


def _lines(
    session: Session, packs: Mapping[str, int], sold: Mapping[str, ListingFacts]
) -> tuple[PlaceLine, ...]:
    tiers = wholesale.tiers_of(session, list(packs))
    return tuple(
        PlaceLine(
            listing_id,
            count,
            price_for(tiers.get(listing_id, ()), count, sold[listing_id].price_vnd),
        )
        for listing_id, count in packs.items()
    )
