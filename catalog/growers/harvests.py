"""What members brought in, told for one member or counted for several: lots with their slips.

Refuses to change anything; `catalog.lots` writes, this reads.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.models import IntakeSlip, Lot, Product

MOST_SHOWN = 20


@dataclass(frozen=True)
class Harvest:
    """A lot a member brought in; `quantity` (base units) and `slip` are None where none was weighed in."""

    lot_id: str
    code: str
    state: str
    product: str
    base_unit: str
    grade: str
    harvested_on: date
    plot_id: str | None
    slip: int | None
    quantity: int | None


@dataclass(frozen=True)
class Brought:
    """How many lots a member brought in, and the day of the last."""

    lots: int
    last_on: date


def of_member(session: Session, seller_id: str, member_id: str) -> tuple[Harvest, ...]:
    """The newest 20 lots of a member, in one query; none for another seller's member."""
    query = (
        select(Lot, Product.name, Product.base_unit, IntakeSlip.number, IntakeSlip.quantity)
        .join(Product, Product.id == Lot.product_id)
        .outerjoin(IntakeSlip, IntakeSlip.lot_id == Lot.id)
        .where(Lot.seller_id == seller_id, Lot.member_id == member_id)
        .order_by(Lot.harvested_on.desc(), Lot.created_ms.desc(), Lot.id)
        .limit(MOST_SHOWN)
    )
    return tuple(
        Harvest(
            lot_id=lot.id,
            code=lot.code,
            state=lot.state,
            product=name,
            base_unit=base_unit,
            grade=lot.grade,
            harvested_on=lot.harvested_on,
            plot_id=lot.plot_id,
            slip=slip,
            quantity=quantity,
        )
        for lot, name, base_unit, slip, quantity in session.execute(query)
    )


def brought_by(session: Session, seller_id: str, member_ids: Collection[str]) -> dict[str, Brought]:
    """What each of the seller's members brought in, in one query; who brought nothing is absent."""
    query = (
        select(Lot.member_id, func.count(), func.max(Lot.harvested_on))
        .where(Lot.seller_id == seller_id, Lot.member_id.in_(set(member_ids)))
        .group_by(Lot.member_id)
    )
    rows = session.execute(query)
    return {str(member): Brought(lots, last) for member, lots, last in rows}
