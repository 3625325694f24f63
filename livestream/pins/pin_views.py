"""Pins as the room sees them: what the snapshot shows and the `pinned` event carries, made in one place."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.identity import sellers
from livestream.models import Pin
from livestream.room.snapshot import Flash, PinView


@dataclass(frozen=True)
class FlashSale:
    """A price in đồng per pack for claims received in `[starts_ms, ends_ms)` (UTC ms).

    For `packs` in all and `limit_packs` of one buyer; None: as many as the pin sells.
    """

    price_vnd: int
    starts_ms: int
    ends_ms: int
    packs: int | None = None
    limit_packs: int | None = None


def views_of(session: Session, rows: Collection[Pin]) -> list[PinView]:
    """The pins as the room sees them, in their order, with the sellers' names; three queries."""
    sold = {pin.goods for pin in rows if pin.goods}
    products, weighed = (
        listings.products_of(session, sold),
        listings.priced_by_weight(session, sold),
    )
    names = sellers.facts_of(session, {pin.seller_id for pin in rows})
    ordered = sorted(rows, key=lambda pin: pin.position)
    views = [
        _view(pin, products.get(pin.goods, pin.id), names[pin.seller_id].name) for pin in ordered
    ]
    for pin, view in zip(ordered, views, strict=True):
        if pin.goods in weighed:
            view["by_weight"] = True
    return views


def flash_data(flash: FlashSale) -> Flash:
    """The window as the protocol writes it."""
    data = Flash(
        price_vnd=flash.price_vnd,
        starts_at=clock.iso(flash.starts_ms),
        ends_at=clock.iso(flash.ends_ms),
    )
    if flash.packs is not None:
        data["packs"] = flash.packs
    if flash.limit_packs is not None:
        data["limit"] = flash.limit_packs
    return data


def _view(pin: Pin, product_id: str, seller_name: str) -> PinView:
    return PinView(
        code=pin.code,
        position=pin.position,
        state=pin.state,
        listing=pin.goods,
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
    flash = flash_sale(pin)
    return None if flash is None or pin.flash_over else flash_data(flash)


def flash_sale(pin: Pin) -> FlashSale | None:
    """The last flash window that was set for the pin, over or not."""
    if pin.flash_price_vnd is None or pin.flash_starts_ms is None or pin.flash_ends_ms is None:
        return None
    return FlashSale(
        price_vnd=pin.flash_price_vnd,
        starts_ms=pin.flash_starts_ms,
        ends_ms=pin.flash_ends_ms,
        packs=pin.flash_packs,
        limit_packs=pin.flash_limit_packs,
    )
