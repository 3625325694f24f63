"""From which harvests a lot was made, to the base unit, with the grade each part has by now.

Why: a member is paid for what became of their leaf, by its grade. Refuses to round anything away (the parts
of a lot sum to what it was made as) and to know any money.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.lots.sharing import passed_on
from catalog.models import IntakeSlip, Lot, LotParent, Movement, Product

_MADE = ("receive", "produce", "returned")


@dataclass(frozen=True)
class Source:
    """A harvest in a lot: whose ("": no member's), which product, its grade, when it came in (UTC ms)."""

    lot_id: str
    member_id: str
    product_id: str
    grade: str
    taken_ms: int
    units: int


@dataclass(frozen=True)
class Intake:
    """A slip: goods of a member weighed in, base units, with the grade they were given."""

    lot_id: str
    number: int
    member_id: str
    product_id: str
    grade: str
    quantity: int
    at_ms: int
    product_name: str
    base_unit: str


@dataclass(frozen=True)
class _Family:
    """All lots above some lots: rows, what they were made as, what they are owed to (parent, share)."""

    lots: dict[str, Lot]
    made: dict[str, int]
    parents: dict[str, list[tuple[str, int]]]


def of_lots(session: Session, lot_ids: Collection[str]) -> dict[str, tuple[Source, ...]]:
    """The harvests in each lot, by harvest; `units` are base units of the lot itself.

    They sum to what was received or produced as the lot. A regraded part has the grade of its last
    regrading. Whose the lots are is the caller's to check.
    """
    family = _family(session, lot_ids)
    known: dict[str, dict[str, int]] = {}
    return {lot_id: _sources(family, _owners(family, lot_id, known)) for lot_id in lot_ids}


def intakes(
    session: Session, seller_id: str, *, lot_id: str = "", member_id: str = ""
) -> tuple[Intake, ...]:
    """The seller's slips, the oldest first; of one lot or one member if asked."""
    query = (
        select(IntakeSlip, Lot.grade, Product)
        .join(Lot, Lot.id == IntakeSlip.lot_id)
        .join(Product, Product.id == Lot.product_id)
        .where(IntakeSlip.seller_id == seller_id)
        .order_by(IntakeSlip.number)
    )
    if lot_id:
        query = query.where(IntakeSlip.lot_id == lot_id)
    if member_id:
        query = query.where(IntakeSlip.member_id == member_id)
    return tuple(
        Intake(
            slip.lot_id,
            slip.number,
            slip.member_id,
            product.id,
            grade,
            slip.quantity,
            slip.at_ms,
            product.name,
            product.base_unit,
        )
        for slip, grade, product in session.execute(query)
    )


def _owners(family: _Family, lot_id: str, known: dict[str, dict[str, int]]) -> dict[str, int]:
    """Units by `harvest:graded` lots; a lot that was only counted has one owner with one unit."""
    if lot_id not in known:
        found: Counter[str] = Counter()
        for parent, share in family.parents.get(lot_id, []):
            found.update(passed_on(share, _owners(family, parent, known)))
        if lot_id not in family.parents:
            found[f"{lot_id}:{lot_id}"] = family.made.get(lot_id) or 1
        known[lot_id] = _graded(family.lots[lot_id], found)
    return known[lot_id]


def _graded(lot: Lot, owners: Counter[str]) -> dict[str, int]:
    if lot.origin != "regrade":
        return dict(owners)
    graded: Counter[str] = Counter()
    for name, units in owners.items():
        graded[f"{name.partition(':')[0]}:{lot.id}"] += units
    return dict(graded)


def _sources(family: _Family, owners: dict[str, int]) -> tuple[Source, ...]:
    found = []
    for name in sorted(owners):
        harvest, graded = (family.lots[id_] for id_ in name.split(":"))
        found.append(
            Source(
                harvest.id,
                harvest.member_id or "",
                harvest.product_id,
                graded.grade,
                harvest.created_ms,
                owners[name],
            )
        )
    return tuple(found)


def _family(session: Session, lot_ids: Collection[str]) -> _Family:
    session.flush()
    seed = select(LotParent.parent_id.label("id")).where(LotParent.child_id.in_(lot_ids))
    reached = seed.cte("reached", recursive=True)
    further = select(LotParent.parent_id).join(reached, LotParent.child_id == reached.c.id)
    above = set(session.scalars(select(reached.union(further).c.id))) | set(lot_ids)
    ties = select(LotParent.child_id, LotParent.parent_id, LotParent.share)
    parents: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    mine = ties.where(LotParent.child_id.in_(above))
    for child, parent, share in session.execute(
        mine.order_by(LotParent.child_id, LotParent.parent_id)
    ):
        parents[child].append((parent, share))
    made = (
        select(Movement.lot_id, func.sum(Movement.quantity))
        .where(Movement.lot_id.in_(above), Movement.kind.in_(_MADE))
        .group_by(Movement.lot_id)
    )
    lots = session.scalars(select(Lot).where(Lot.id.in_(above)))
    return _Family(
        {lot.id: lot for lot in lots},
        {str(lot): int(much) for lot, much in session.execute(made)},
        dict(parents),
    )
