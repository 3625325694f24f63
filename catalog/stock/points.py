"""Where goods lie: the seller's one store, which web and live sell from, and stalls and vans beside it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Product, Stock, StockPoint
from core import clock
from core.db import insert_new, owned
from core.errors import BadRequest
from core.ids import new_id
from core.text import clean_line

STORE = "store"
STALL = "stall"
VAN = "van"
FORECAST = "forecast"
_STORE_NAME = "Kho chính"
_LONGEST_NAME = 80


@dataclass(frozen=True)
class PointFacts:
    """A stock point: `kind` is `store`, `stall` or `van`."""

    id: str
    kind: str
    name: str


def store_of(session: Session, seller_id: str) -> str:
    """The id of the seller's store, opened if there is none yet."""
    query = select(StockPoint.id).where(StockPoint.seller_id == seller_id, StockPoint.kind == STORE)
    known = session.scalar(query)
    if known is None:
        insert_new(session, StockPoint, _values(seller_id, STORE, _STORE_NAME))
        known = session.scalars(query).one()
    return known


def open_point(session: Session, seller_id: str, kind: str, name: str) -> str:
    """Open a stall or a van called `name`; one of that name already there is the answer. Returns its id.

    Raises:
        BadRequest: another kind, or no name.
    """
    name = clean_line(name, _LONGEST_NAME)
    if kind not in {STALL, VAN} or not name:
        raise BadRequest(field="name" if kind in {STALL, VAN} else "kind")
    insert_new(session, StockPoint, _values(seller_id, kind, name))
    query = select(StockPoint.id).where(StockPoint.seller_id == seller_id, StockPoint.name == name)
    return session.scalars(query).one()


def points_of(session: Session, seller_id: str) -> tuple[PointFacts, ...]:
    """The seller's points, the store first; forecasts are no place."""
    query = select(StockPoint).where(StockPoint.seller_id == seller_id, StockPoint.kind != FORECAST)
    points = session.scalars(query.order_by(StockPoint.kind != STORE, StockPoint.name))
    return tuple(PointFacts(point.id, point.kind, point.name) for point in points)


def row_at(session: Session, seller_id: str, product_id: str, point_id: str | None = None) -> str:
    """The id of the stock row of a product at a point (None: the store), made if there is none yet.

    Raises:
        NotFound: product or point is not this seller's.
    """
    session.flush()
    owned(session, Product, product_id, seller_id)
    point_id = point_id or store_of(session, seller_id)
    kind = owned(session, StockPoint, point_id, seller_id).kind
    query = select(Stock.id).where(Stock.product_id == product_id, Stock.point_id == point_id)
    row_id = session.scalar(query)
    if row_id is None:
        values: dict[str, object] = {
            "id": new_id(),
            "seller_id": seller_id,
            "product_id": product_id,
            "point_id": point_id,
            "in_store": kind == STORE,
        }
        insert_new(session, Stock, {**values, "on_hand": 0, "allocated": 0, "held": 0})
        row_id = session.scalars(query).one()
    return row_id


def _values(seller_id: str, kind: str, name: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "seller_id": seller_id,
        "kind": kind,
        "name": name,
        "created_ms": clock.now_ms(),
    }
