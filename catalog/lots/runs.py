"""Lots turned into lots, by one mechanism: processing, pooling, splitting off, regrading.

What goes in is what comes out and what is lost, to the base unit, and each output knows what it owes to
whom. Refuses to make more than went in, to take what buyers were promised, and to let goods escape their
interval, their block or their last day by passing through here (`rules.inherited`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import rules
from catalog.lots.errors import BadLotDay, LotNotUsable, ProductsDiffer
from catalog.lots.making import MOST_LOTS, Part, Plan, RunFacts, Yield, carry_out
from catalog.lots.record import whole
from catalog.lots.rows import days_of, locked, origin_of
from catalog.lots.rules import Days, Origin
from catalog.models import Lot, Product
from catalog.products import keeps_days
from core import clock
from core.db import owned
from core.errors import BadRequest
from core.text import clean_line

__all__ = ["RunFacts", "RunInput", "RunOutput", "merge", "process", "regrade", "split"]

_LONGEST_GRADE = 40


@dataclass(frozen=True)
class RunInput:
    """So many base units of a lot, from a stock row (none said: the store, or wherever it lies)."""

    lot_id: str
    quantity: int
    stock_id: str | None = None


@dataclass(frozen=True)
class RunOutput:
    """What came out: base units of a product. `best_before` unsaid is what the product usually keeps."""

    product_id: str
    quantity: int
    grade: str = ""
    best_before: date | None = None


def process(
    session: Session,
    seller_id: str,
    inputs: Sequence[RunInput],
    outputs: Sequence[RunOutput],
    actor: str,
    note: str = "",
) -> RunFacts:
    """Make lots of other goods (or of the same, by grade) from lots; what is missing is loss.

    Outputs lie where the first input lay. They are dated by the earliest harvest, wait for the longest
    interval, and keep as long as their product does, never longer than an input of the same product.

    Raises:
        OutputsTooHeavy: more would come out than went in (counted in one unit).
        LotNotUsable: an input is blocked, recalled, closed, or past its last day.
        OutOfStock, LotTooSmall: an input is promised to buyers, or does not lie there.
        BadLotDay: an output's best-before day is before today.
        BadQuantity, TooLargeQuantity, NotFound, BadRequest (nothing in or out, or over a hundred).
    """
    parts = _parts(session, seller_id, inputs)
    _require_usable([part.lot for part in parts])
    yields = [_processed(session, seller_id, parts, output) for output in outputs]
    return carry_out(session, Plan(seller_id, "process", parts, yields, stock.Word(actor, note)))


def merge(
    session: Session, seller_id: str, inputs: Sequence[RunInput], actor: str, note: str = ""
) -> RunFacts:
    """Pool parts of several lots of one product into one lot, as strict as the strictest of them.

    Raises:
        ProductsDiffer: they are not one product. Else as `process`.
    """
    parts = _parts(session, seller_id, inputs)
    lots = [part.lot for part in parts]
    if len({lot.product_id for lot in lots}) > 1:
        raise ProductsDiffer()
    _require_usable(lots)
    made = Yield(
        session.get_one(Product, lots[0].product_id),
        sum(part.quantity for part in parts),
        rules.inherited([origin_of(lot) for lot in lots]),
    )
    return carry_out(session, Plan(seller_id, "merge", parts, [made], stock.Word(actor, note)))


def split(session: Session, seller_id: str, part: RunInput, actor: str, note: str = "") -> RunFacts:
    """Split a part off a lot; it stands as the lot stands, whatever that is, with the same days.

    Raises:
        OutOfStock, LotTooSmall, BadQuantity, TooLargeQuantity, NotFound: as `process`.
    """
    return _apart(session, seller_id, part, None, stock.Word(actor, note))


def regrade(
    session: Session, seller_id: str, part: RunInput, grade: str, word: stock.Word
) -> RunFacts:
    """Give a part of a lot (or all of it) another grade, as a lot that stands as the first one stands.

    Raises:
        OutOfStock, LotTooSmall, BadQuantity, TooLargeQuantity, NotFound: as `process`.
    """
    return _apart(session, seller_id, part, clean_line(grade, _LONGEST_GRADE), word)


def _apart(
    session: Session, seller_id: str, part: RunInput, grade: str | None, word: stock.Word
) -> RunFacts:
    parts = _parts(session, seller_id, [part])
    lot = parts[0].lot
    origin = origin_of(lot)
    if grade is not None:
        origin = replace(origin, grade=grade)
    made = Yield(session.get_one(Product, lot.product_id), parts[0].quantity, origin)
    kind = "split" if grade is None else "regrade"
    return carry_out(session, Plan(seller_id, kind, parts, [made], word))


def _parts(session: Session, seller_id: str, inputs: Sequence[RunInput]) -> list[Part]:
    """The inputs with their lots locked; the same lot at the same row counts once, with the sum."""
    if not 1 <= len(inputs) <= MOST_LOTS:
        raise BadRequest(field="inputs")
    lots = locked(session, seller_id, {one.lot_id for one in inputs})
    wanted: dict[tuple[str, str], int] = {}
    for one in inputs:
        key = one.lot_id, one.stock_id or _where(session, lots[one.lot_id])
        wanted[key] = wanted.get(key, 0) + whole(one.quantity)
    return [
        Part(lots[lot_id], whole(quantity), stock_id)
        for (lot_id, stock_id), quantity in wanted.items()
    ]


def _where(session: Session, lot: Lot) -> str:
    """Where a part of the lot is taken from if nobody says: the store if it lies there, else elsewhere."""
    rows = [stock_id for stock_id, quantity in stock.lying(session, lot.id) if quantity]
    store = stock.row_at(session, lot.seller_id, lot.product_id)
    return store if store in rows or not rows else rows[0]


def _require_usable(lots: Sequence[Lot]) -> None:
    today = clock.today()
    for lot in lots:
        past = rules.is_past(days_of(lot), today)
        if lot.state not in {"available", "quarantine"} or past:
            raise LotNotUsable(lot=lot.code, state="blocked" if past else lot.state)


def _processed(session: Session, seller_id: str, parts: Sequence[Part], output: RunOutput) -> Yield:
    """What an output is: strict as its inputs, with the days of its own product."""
    product = owned(session, Product, output.product_id, seller_id)
    lots = [part.lot for part in parts]
    origin = rules.inherited([origin_of(lot) for lot in lots])
    best_before = output.best_before or _usually_keeps(product)
    if best_before is not None and best_before < clock.today():
        raise BadLotDay("best_before")
    same = [lot for lot in lots if lot.product_id == product.id]
    days = _days(origin.days, product, best_before, same)
    grade = clean_line(output.grade, _LONGEST_GRADE)
    standing = origin.standing
    if rules.is_past(days, clock.today()):
        standing = rules.first_standing(days, clock.today())
    return Yield(product, whole(output.quantity), Origin(standing, days, grade))


def _usually_keeps(product: Product) -> date | None:
    keeps = keeps_days(product)
    return clock.today() + timedelta(keeps) if keeps else None


def _days(inherited: Days, product: Product, best_before: date | None, same: Sequence[Lot]) -> Days:
    """The days of an output: its own, but no later than those of inputs (`same`) of the same product."""
    removes_on = rules.removal_day(best_before, product.removal_days)
    return replace(
        inherited,
        best_before=rules.earliest([best_before, *(lot.best_before for lot in same)]),
        removes_on=rules.earliest([removes_on, *(lot.removes_on for lot in same)]),
    )
