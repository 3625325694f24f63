"""Pins as the room sees them: what the snapshot shows and the `pinned` event carries, made in one place."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.identity import sellers
from livestream.models import Pin
from livestream.snapshot import Flash, PinView


@dataclass(frozen=True)
class FlashSale:
    """A price in đồng per pack for claims received in `[starts_ms, ends_ms)` (UTC ms)."""

    price_vnd: int
    starts_ms: int
    ends_ms: int


def views_of(session: Session, rows: Collection[Pin]) -> list[PinView]:
    """The pins as the room sees them, in their order, with the sellers' names; two queries."""
    products = listings.products_of(session, {pin.listing_id for pin in rows})
    names = sellers.facts_of(session, {pin.seller_id for pin in rows})
    ordered = sorted(rows, key=lambda pin: pin.position)
    return [_view(pin, products[pin.listing_id], names[pin.seller_id].name) for pin in ordered]


def flash_data(flash: FlashSale) -> Flash:
    """The window as the protocol writes it."""
    return Flash(
        price_vnd=flash.price_vnd,
        starts_at=clock.iso(flash.starts_ms),
        ends_at=clock.iso(flash.ends_ms),
    )


def _view(pin: Pin, product_id: str, seller_name: str) -> PinView:
    return PinView(
        code=pin.code,
        position=pin.position,
        state=pin.state,
        listing=pin.listing_id,
        product=product_id,
        seller=pin.seller_id,
        seller_name=seller_name,
        name=pin.name,
        art=pin.art,
        unit_word=pin.unit_word,
        base_unit=pin.base_unit,
        pack_size=pin.pack_size,
        shop_price_vnd=pin.shop_price_vnd,
        price_vnd=pin.price_vnd,
        packs=pin.packs,
        limit=pin.limit_packs,
        flash=_flash_of(pin),
    )


def _flash_of(pin: Pin) -> Flash | None:
    if pin.flash_price_vnd is None or pin.flash_starts_ms is None or pin.flash_ends_ms is None:
        return None
    return flash_data(FlashSale(pin.flash_price_vnd, pin.flash_starts_ms, pin.flash_ends_ms))
