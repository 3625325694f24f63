"""The demo catalogue: what the demo sellers of Thái Nguyên would bring to the fair."""

import json
from itertools import chain, zip_longest
from pathlib import Path
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, products
from catalog.growers import demo as growers_demo
from catalog.listings import NewListing
from catalog.lots import demo as lots_demo
from catalog.lots.demo import Bring
from catalog.models import Product
from catalog.products import NewProduct
from core.identity import sellers
from core.quantity import BaseUnit

_FILE = Path(__file__).parent / "data" / "demo_listings.json"
_Pack = tuple[int, str, int]


class _Goods(TypedDict):
    """A product in the file; `packs` are [size in base units, word, price in đồng]."""

    name: str
    art: str
    base_unit: str
    stock: int
    story: str
    packs: list[_Pack]


class _Stand(TypedDict):
    """What one seller, by name, offers."""

    seller: str
    products: list[_Goods]


def load(session: Session) -> None:
    """Offer the demo goods of the demo sellers, unless there is any product."""
    if session.scalar(select(Product.id).limit(1)) is not None:
        return
    ids = {seller.name: seller.id for seller in sellers.all_sellers(session) if seller.demo}
    stands: list[_Stand] = json.loads(_FILE.read_text(encoding="utf-8"))
    offers = [
        (ids[name], _make(session, ids[name], goods), goods)
        for name, goods in _by_turns(stands)
        if name in ids
    ]
    growers_demo.load(session)
    for seller_id, product, goods in offers:
        wanted = Bring(seller_id, product.id, goods["stock"], product.art, product.kind)
        lots_demo.bring(session, wanted)
    for seller_id, product, goods in offers:
        _offer(session, seller_id, product.id, goods["packs"][1:])
    for seller_id, product, goods in offers:
        _offer(session, seller_id, product.id, goods["packs"][:1])


def _by_turns(stands: list[_Stand]) -> list[tuple[str, _Goods]]:
    """The goods of all stands, the first thing of each seller last: it will be among the newest."""
    rows = ([(stand["seller"], goods) for goods in stand["products"]] for stand in stands)
    return [item for item in chain.from_iterable(zip_longest(*rows)) if item][::-1]


def _make(session: Session, seller_id: str, goods: _Goods) -> Product:
    unit = BaseUnit(goods["base_unit"])
    new = NewProduct(name=goods["name"], story=goods["story"], base_unit=unit, art=goods["art"])
    return session.get_one(Product, products.add(session, seller_id, new))


def _offer(session: Session, seller_id: str, product_id: str, packs: list[_Pack]) -> None:
    """The usual pack of each product is offered last, so the newest listings show each thing once."""
    for size, word, price_vnd in packs:
        listings.add(session, seller_id, NewListing(product_id, size, word, price_vnd))
