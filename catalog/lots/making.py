"""Carrying out a run: what goes in, what comes out, what is lost, and who owns which part of it.

Refuses to make more than went in and to take what is promised; `runs` has decided what each output is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import opening
from catalog.lots.errors import OutputsTooHeavy
from catalog.lots.numbers import open_run
from catalog.lots.opening import NewLot
from catalog.lots.rows import columns_of, note, row_of
from catalog.lots.rules import Origin
from catalog.lots.sharing import ties
from catalog.models import Lot, LotParent, Product, Run, Stock
from core.errors import BadRequest

MOST_LOTS = 100


@dataclass(frozen=True)
class RunFacts:
    """A run as it was done; `outputs` are the ids of the new lots, as they were asked for.

    `loss` is what is missing of what went in; 0 where in and out are counted in different units.
    """

    id: str
    number: int
    kind: str
    loss: int
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """An input with its lot locked and its stock row known."""

    lot: Lot
    quantity: int
    stock_id: str


@dataclass(frozen=True)
class Yield:
    """An output with all that it inherits."""

    product: Product
    quantity: int
    origin: Origin


@dataclass(frozen=True)
class Plan:
    """A run to be: its kind, what goes in, what comes out, who says so and why."""

    seller_id: str
    kind: str
    parts: list[Part]
    yields: list[Yield]
    word: stock.Word


def carry_out(session: Session, plan: Plan) -> RunFacts:
    """Do it, in one write: number, new lots, what goes in, what comes out, and who owns which part of it."""
    if not 1 <= len(plan.yields) <= MOST_LOTS:
        raise BadRequest(field="outputs")
    loss = _loss(session, plan)
    run = open_run(session, plan.seller_id, plan.kind, loss, plan.word)
    point_id = session.get_one(Stock, plan.parts[0].stock_id).point_id
    made = [_add_lot(session, plan, one, run) for one in plan.yields]
    rows = [stock.row_at(session, plan.seller_id, one.product.id, point_id) for one in plan.yields]
    stock.ready(session, {*rows, *(part.stock_id for part in plan.parts)})
    holder = f"run:{run.id}"
    for part in plan.parts:
        move = _move("consume", part.lot.id, part.quantity, plan.word, holder)
        stock.take_out(session, part.stock_id, row_of(part.lot), move)
    for lot, one, stock_id in zip(made, plan.yields, rows, strict=True):
        move = _move("produce", lot.id, one.quantity, plan.word, holder)
        stock.put(session, stock_id, row_of(lot), move)
        note(session, lot, "produced", plan.word)
    _tie(session, plan, made)
    return RunFacts(run.id, run.number, run.kind, loss, tuple(lot.id for lot in made))


def _loss(session: Session, plan: Plan) -> int:
    """What is missing of what went in, if all of it is counted in one unit; 0 if not."""
    products = {part.lot.product_id for part in plan.parts}
    units = {session.get_one(Product, id_).base_unit for id_ in sorted(products)}
    units |= {one.product.base_unit for one in plan.yields}
    if len(units) > 1:
        return 0
    loss = sum(part.quantity for part in plan.parts) - sum(one.quantity for one in plan.yields)
    if loss < 0:
        raise OutputsTooHeavy(more=-loss)
    return loss


def _add_lot(session: Session, plan: Plan, made: Yield, run: Run) -> Lot:
    origin = made.origin
    members = {part.lot.member_id for part in plan.parts}
    plots = {part.lot.plot_id for part in plan.parts}
    new = NewLot(
        plan.seller_id,
        made.product.id,
        "run" if plan.kind == "process" else plan.kind,
        origin.standing.state,
        origin.days.harvested_on,
        plan.word.actor,
    )
    lot_id = opening.add(
        session,
        new,
        **columns_of(origin),
        run_id=run.id,
        member_id=members.pop() if len(members) == 1 else None,
        plot_id=plots.pop() if len(plots) == 1 else None,
    )
    return session.get_one(Lot, lot_id)


def _tie(session: Session, plan: Plan, made: Sequence[Lot]) -> None:
    """Write down, to the base unit, what each new lot was made from."""
    amounts: dict[str, int] = {}
    for part in plan.parts:
        amounts[part.lot.id] = amounts.get(part.lot.id, 0) + part.quantity
    lots = list(amounts)
    session.add_all(
        LotParent(
            child_id=made[tie.target].id,
            parent_id=lots[tie.source],
            seller_id=plan.seller_id,
            used=tie.used,
            share=tie.share,
        )
        for tie in ties(list(amounts.values()), [one.quantity for one in plan.yields])
    )


def _move(kind: str, lot_id: str, quantity: int, word: stock.Word, holder: str) -> stock.LotMove:
    return stock.LotMove(kind, lot_id, quantity, word.actor, word.reason, holder)
