"""Thousands of listings in a moment, written in bulk: for query plans and the bench, not for stock tests.

Names are put together from real ones, so that words are as common or rare as at a market. Four in five have
stock. The index is made by the product's own `search`.
"""

from itertools import islice

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from catalog import kinds, search
from catalog.communes import COMMUNES
from catalog.models import Listing, Product, Stock, StockPoint
from core.identity.models import Seller

_AT_ONCE = 5_000
_SORTS = ("loại một", "sấy lạnh", "nhà làm", "hái sớm", "vụ mới", "rừng già", "đặc biệt", "cân ký")
_PLACES = tuple(COMMUNES.values())
_KINDS = tuple(kinds.KINDS.values())
_START_MS = 1_700_000_000_000
_IN_STOCK_OF_TEN = 8

Columns = dict[str, object]


def fill(session: Session, sellers: int, listings: int) -> None:
    """Add `sellers` cooperatives with a store each and `listings` listings among them, indexed."""
    ids = [f"s{number:06d}" for number in range(sellers)]
    session.execute(insert(Seller), [_seller(one, at) for at, one in enumerate(ids)])
    session.execute(insert(StockPoint), [_store(one) for one in ids])
    numbers = iter(range(listings))
    while some := list(islice(numbers, _AT_ONCE)):
        goods = [_goods(number, ids[number % sellers]) for number in some]
        for table, at in ((Product, 0), (Listing, 1), (Stock, 2)):
            session.execute(insert(table), [each[at] for each in goods])
        search.index_listings(session, [str(each[1]["id"]) for each in goods])


def analyze(session: Session) -> None:
    """Let the database look at what it has, as a running one does by itself."""
    session.execute(text("ANALYZE"))


def _seller(seller_id: str, at: int) -> Columns:
    commune = _PLACES[at % len(COMMUNES)]
    return {
        "id": seller_id,
        "kind": "cooperative",
        "name": f"HTX {commune.name} {at}",
        "owner_name": "Người đại diện",
        "phone": f"+8491{at:07d}",
        "address": "Xóm Đồi",
        "commune": commune.name,
        "created_ms": _START_MS,
    }


def _store(seller_id: str) -> Columns:
    return {
        "id": f"p{seller_id}",
        "seller_id": seller_id,
        "kind": "store",
        "name": "Kho",
        "created_ms": _START_MS,
    }


def _goods(number: int, seller_id: str) -> tuple[Columns, Columns, Columns]:
    """The rows of a product, its listing and its stock."""
    kind = _KINDS[number * 7 % len(kinds.KINDS)]
    commune = _PLACES[number * 11 % len(COMMUNES)]
    product_id = f"g{number:07d}"
    ours = {"seller_id": seller_id, "product_id": product_id}
    product: Columns = {
        "id": product_id,
        "seller_id": seller_id,
        "name": f"{kind.name} {_SORTS[number % len(_SORTS)]} {commune.name}",
        "base_unit": kind.base_unit.value,
        "art": kind.art,
        "kind": kind.code,
        "created_ms": _START_MS + number,
    }
    listing = {
        **ours,
        "id": f"l{number:07d}",
        "pack_size": kind.pack[0],
        "unit_word": kind.pack[1],
        "price_vnd": 20_000 + number * 37 % 400_000,
        "created_ms": _START_MS + number,
    }
    left = 50 * kind.pack[0] if number % 10 < _IN_STOCK_OF_TEN else 0
    shelf = {**ours, "id": f"k{number:07d}", "point_id": f"p{seller_id}", "on_hand": left}
    return product, listing, shelf
