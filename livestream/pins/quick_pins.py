"""A product nobody listed yet, pinned while the show runs: name, price, quantity and unit, the rest later.

It becomes a product with a plain lot of today, on sale in the shop like any other; what the show does
not sell goes there. Refuses to guess more than the drawing: photo, story and papers are for the seller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.orm import Session

from catalog import kinds, listings, products
from catalog.listings import NewListing
from catalog.lots import opening
from catalog.products import NewProduct
from core.errors import BadRequest
from core.quantity import BaseUnit
from livestream import log
from livestream.pins import pins
from livestream.pins.pins import NewPin

_REASON = "ghim nhanh khi live"
_DRAWING = "herbs"


@dataclass(frozen=True)
class PackUnit:
    """What a pack is called, and how many base units are in it."""

    word: str
    base_unit: BaseUnit
    size: int


UNITS: Mapping[str, PackUnit] = MappingProxyType(
    {
        "kg": PackUnit("kg", BaseUnit.G, 1000),
        "500g": PackUnit("gói", BaseUnit.G, 500),
        "200g": PackUnit("gói", BaseUnit.G, 200),
        "100g": PackUnit("gói", BaseUnit.G, 100),
        "lit": PackUnit("lít", BaseUnit.ML, 1000),
        "500ml": PackUnit("chai", BaseUnit.ML, 500),
        "qua": PackUnit("quả", BaseUnit.PIECE, 1),
        "con": PackUnit("con", BaseUnit.PIECE, 1),
        "cai": PackUnit("cái", BaseUnit.PIECE, 1),
        "bo": PackUnit("bó", BaseUnit.PIECE, 1),
        "hop": PackUnit("hộp", BaseUnit.PIECE, 1),
        "goi": PackUnit("gói", BaseUnit.PIECE, 1),
        "chuc": PackUnit("chục", BaseUnit.PIECE, 10),
    }
)
"""The packs a host may name with one tap, by the word of the API."""


@dataclass(frozen=True)
class QuickPin:
    """What is to be sold: `packs` of a unit of `UNITS`, `price_vnd` a pack, `limit_packs` a buyer."""

    name: str
    unit: str
    packs: int
    price_vnd: int
    limit_packs: int


def add(session: Session, session_id: str, seller_id: str, new: QuickPin) -> str:
    """Make the product of `seller_id` with its stock, and pin it; a running show shows it; returns the code.

    Raises:
        BadRequest: the unit is none of `UNITS`. BadAmount: the price is none.
        NotFound: no such session or seller.
        SessionNotLive: the session is over. CodesFull: it has 99 pins.
        NotReady: the going-live list blocks the seller; then nothing is made.
    """
    turn = log.begin(session, session_id)
    listing_id = _listed(session, seller_id, new)
    pinned = NewPin(listing_id, new.packs, new.price_vnd, new.limit_packs)
    code = pins.add(session, session_id, pinned, {seller_id})
    if turn.running:
        pins.show(session, session_id, code)
    return code


def _listed(session: Session, seller_id: str, new: QuickPin) -> str:
    """The new listing with its stock."""
    if new.unit not in UNITS:
        raise BadRequest(field="unit", why="no such unit")
    unit, kind = UNITS[new.unit], kinds.guess(new.name)
    product = NewProduct(new.name, "", unit.base_unit, kind.art if kind else _DRAWING)
    product_id = products.add(session, seller_id, product)
    opening.bring_in(session, seller_id, product_id, new.packs * unit.size, _REASON)
    pack = NewListing(product_id, unit.size, unit.word, new.price_vnd)
    return listings.add(session, seller_id, pack)
