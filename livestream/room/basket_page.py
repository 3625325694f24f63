"""A basket on its way to an order: what is held, each way of delivery with its fee, the whole price.

Refuses to place anything; the form goes to `checkout`. Prices are those the claims froze.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from catalog.modes import BY_WEIGHT, Mode
from catalog.pricing import line_amount_vnd
from catalog.units import pack_label
from core.identity import sellers
from core.identity.logins import Login
from core.identity.sellers import SellerFacts
from livestream.desk import checkout
from livestream.desk.checkout import BasketLine
from livestream.models import Pin
from shop.delivery.quote import Parcel
from shop.ordering.takes import parcel_of, takes_of


@dataclass(frozen=True)
class Line:
    """A claim in the basket in words; `unit` is what a pack is called, sums in đồng."""

    name: str
    code: str
    number: int
    art: str
    product: str
    unit: str
    packs: int
    unit_price_vnd: int
    amount_vnd: int
    mode: Mode

    @property
    def by_weight(self) -> bool:
        """Whether the scales say what it costs, so that its sum is an estimate."""
        return self.mode in BY_WEIGHT


@dataclass(frozen=True)
class BasketPage:
    """A basket and what it weighs; `until_ms` (UTC ms) is when the first of it runs out."""

    seller: SellerFacts
    lines: tuple[Line, ...]
    parcel: Parcel
    goods_vnd: int
    until_ms: int

    @property
    def by_estimate(self) -> bool:
        """Whether something of it is paid by an estimate, which the scales correct."""
        return any(line.mode == Mode.ESTIMATE_THEN_SETTLE for line in self.lines)


def page(session: Session, session_id: str, seller_id: str, login: Login) -> BasketPage | None:
    """The buyer's basket with one seller in one session, or None while it is empty.

    Raises:
        NotFound: no such seller. LoginRequired: the device has given no number.
    """
    seller = sellers.facts(session, seller_id)
    held = checkout.basket(session, session_id, seller_id, login)
    if not held:
        return None
    pins = _pins(session, held)
    sold = listings.facts(session, {pin.goods for pin in pins.values()})
    listing_of = {pin.id: sold[pin.goods] for pin in pins.values()}
    lines = tuple(_line(pins[one.pin_id], listing_of[one.pin_id], one) for one in held)
    goods_vnd = sum(line.amount_vnd for line in lines)
    takes = takes_of(session, [(listing_of[one.pin_id], one.packs) for one in held])
    parcel = parcel_of((take for line in takes for take in line), goods_vnd)
    return BasketPage(
        seller=seller,
        lines=lines,
        parcel=parcel,
        goods_vnd=goods_vnd,
        until_ms=min(one.expires_ms for one in held),
    )


def _pins(session: Session, held: tuple[BasketLine, ...]) -> dict[str, Pin]:
    query = select(Pin).where(Pin.id.in_({line.pin_id for line in held}))
    return {pin.id: pin for pin in session.scalars(query)}


def _line(pin: Pin, listing: ListingFacts, held: BasketLine) -> Line:
    return Line(
        name=pin.name,
        code=pin.code,
        number=held.number,
        art=pin.art,
        product=listing.product_id,
        unit=pack_label(pin.unit_word, pin.pack_size, pin.base_unit),
        packs=held.packs,
        unit_price_vnd=held.unit_price_vnd,
        amount_vnd=line_amount_vnd(held.unit_price_vnd, held.packs),
        mode=listing.mode,
    )
