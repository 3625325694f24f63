"""Goods of which nobody wrote down the harvest: they get a plain lot, so that everything on hand has one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot
from core import clock
from core.db import insert_new
from core.ids import new_id


@dataclass(frozen=True)
class NewLot:
    """The columns of a lot to be; the rest are as the table has them."""

    seller_id: str
    product_id: str
    origin: str
    state: str
    harvested_on: date
    actor: str = ""


def bring_in(session: Session, seller_id: str, product_id: str, quantity: int, reason: str) -> str:
    """Put `quantity` base units of a product in the seller's store as a lot of today; returns the lot's id.

    Raises:
        NotFound: the product is not this seller's.
        BadQuantity: less than one base unit.
    """
    stock_id = stock.row_at(session, seller_id, product_id)
    new = NewLot(seller_id, product_id, "opening", "available", clock.today())
    lot_id = add(session, new)
    stock.receive(session, stock_id, lot_id, quantity, stock.Word(reason=reason))
    return lot_id


def add(session: Session, new: NewLot, **columns: object) -> str:
    """Write a lot down under the next free code of its day (`L-261121-03`); returns its id."""
    day = f"L-{clock.today():%y%m%d}-"
    taken = select(func.count()).where(Lot.seller_id == new.seller_id, Lot.code.startswith(day))
    number = session.scalar(taken) or 0
    while True:
        number += 1
        values = {**_values(new), **columns, "code": f"{day}{number:02d}"}
        if insert_new(session, Lot, values):
            return str(values["id"])


def _values(new: NewLot) -> dict[str, object]:
    return {
        "id": new_id(),
        "seller_id": new.seller_id,
        "product_id": new.product_id,
        "origin": new.origin,
        "state": new.state,
        "waits_for": "",
        "why": "",
        "harvested_on": new.harvested_on,
        "grade": "",
        "interval_days": 0,
        "notes": "",
        "created_by": new.actor,
        "created_ms": clock.now_ms(),
    }
