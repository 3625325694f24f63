"""Products, stock and listings for tests."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import search, stock
from catalog.lots import opening
from catalog.models import Listing, Product, Stock
from core import clock
from core.ids import new_id
from tests.factories.identity import make_seller

HOUR_MS = 3_600_000


def make_product(session: Session, seller_id: str = "", on_hand: int = 0, **changes: object) -> str:
    """A product (its id) of `seller_id` (a new cooperative if none) with `on_hand` base units in stock."""
    product_id = new_id()
    columns: dict[str, object] = {
        "id": product_id,
        "seller_id": seller_id or make_seller(session),
        "name": "Chè móc câu Tân Cương",
        "base_unit": "g",
        "created_ms": clock.now_ms(),
    }
    product = Product(**{**columns, **changes})
    session.add(product)
    session.flush()
    if on_hand:
        opening.bring_in(session, product.seller_id, product.id, on_hand, "first harvest")
    return product.id


def make_listing(
    session: Session, seller_id: str = "", on_hand: int = 2000, **changes: object
) -> str:
    """A listing (its id) on sale, 200 g for 65.000 đ, over a product with `on_hand` base units."""
    product_id = str(changes.pop("product_id", "")) or make_product(session, seller_id, on_hand)
    product = session.get_one(Product, product_id)
    columns: dict[str, object] = {
        "id": new_id(),
        "seller_id": product.seller_id,
        "product_id": product_id,
        "pack_size": 200,
        "unit_word": "gói",
        "price_vnd": 65_000,
        "created_ms": clock.now_ms(),
    }
    listing = Listing(**{**columns, **changes})
    session.add(listing)
    session.flush()
    search.index_listings(session, [listing.id])
    return listing.id


def stock_id_of(session: Session, product_id: str) -> str:
    """The stock row of a product."""
    return session.scalars(select(Stock.id).where(Stock.product_id == product_id)).one()


def keep(
    session: Session, product_id: str, quantity: int, holder: str = "order:A", ms: int = HOUR_MS
) -> str:
    """One web hold for `ms` from now (its id)."""
    request = stock.HoldRequest(product_id, quantity, holder, clock.now_ms() + ms)
    return stock.hold_all(session, [request])[0]
