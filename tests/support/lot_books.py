"""What the tables and the model of lots say, in one shape, so that they can be compared whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import checks
from catalog.lots import checks as lot_checks
from catalog.models import Allotment, Lot, LotBinding, LotStock, Movement, Stock
from tests.support.lot_model import STORE, Model

CHECKS = [
    function
    for module in (checks, lot_checks)
    for function in vars(module).values()
    if getattr(function, "__module__", "") == module.__name__ and not hasattr(function, "cache")
]
_IN = {"receive": "received", "returned": "returned"}
_OUT = {"ship": "shipped", "sell": "sold"}


@dataclass
class Books:
    """Lots by id, what lies where, rows by id, ties by order and lot, shows, and all that came or went."""

    lots: dict[str, tuple[str, str]]
    lies: dict[tuple[str, str], int]
    rows: dict[str, tuple[int, int, int]]
    ties: dict[tuple[str, str, str], int]
    shows: list[tuple[int, int]]
    flows: dict[str, int]


def problems(session: Session) -> list[str]:
    """What `fsck` has to say about stock and lots."""
    return [f"{check.__name__}: {found}" for check in CHECKS for found in check(session)]


def as_modelled(model: Model, rows: Mapping[tuple[str, str], str]) -> Books:
    """What the model says; `rows` names the stock row of each product and point."""
    ties: Counter[tuple[str, str, str]] = Counter()
    for tie in model.ties:
        ties[tie.holder, tie.lot, tie.state] += tie.quantity if tie.state != "freed" else 0
    return Books(
        {id_: (lot.state, lot.waits_for) for id_, lot in model.lots.items()},
        {
            (id_, rows[lot.product, point]): quantity
            for id_, lot in model.lots.items()
            for point, quantity in lot.at.items()
            if quantity
        },
        {row: _columns(model, *where) for where, row in rows.items()},
        {key: quantity for key, quantity in ties.items() if quantity},
        sorted((show.granted, show.used) for show in model.shows.values()),
        {name: quantity for name, quantity in sorted(model.flows.items()) if quantity},
    )


def as_booked(session: Session, seller_id: str) -> Books:
    """What the tables say."""
    session.flush()
    return Books(_lots(session, seller_id), _lies(session, seller_id), *_rest(session, seller_id))


def _columns(model: Model, product: str, point: str) -> tuple[int, int, int]:
    return (
        model.on_hand(product, point),
        model.allocated(product, point) if point == STORE else 0,
        model.held(product, point),
    )


def _lots(session: Session, seller_id: str) -> dict[str, tuple[str, str]]:
    query = select(Lot.id, Lot.state, Lot.waits_for).where(Lot.seller_id == seller_id)
    return {row.id: (row.state, row.waits_for) for row in session.execute(query)}


def _lies(session: Session, seller_id: str) -> dict[tuple[str, str], int]:
    query = select(LotStock.lot_id, LotStock.stock_id, LotStock.quantity)
    found = session.execute(query.where(LotStock.seller_id == seller_id, LotStock.quantity > 0))
    return {(row.lot_id, row.stock_id): row.quantity for row in found}


def _rest(
    session: Session, seller_id: str
) -> tuple[
    dict[str, tuple[int, int, int]],
    dict[tuple[str, str, str], int],
    list[tuple[int, int]],
    dict[str, int],
]:
    columns = select(Stock.id, Stock.on_hand, Stock.allocated, Stock.held)
    rows = session.execute(columns.where(Stock.seller_id == seller_id))
    key = (LotBinding.holder, LotBinding.lot_id, LotBinding.state)
    bound = select(*key, func.sum(LotBinding.quantity)).where(
        LotBinding.seller_id == seller_id, LotBinding.state != "freed"
    )
    ties = session.execute(bound.group_by(*key))
    shows = select(Allotment.granted, Allotment.used).where(Allotment.seller_id == seller_id)
    return (
        {row.id: (row.on_hand, row.allocated, row.held) for row in rows},
        {(holder, lot, state): quantity for holder, lot, state, quantity in ties},
        sorted((row.granted, row.used) for row in session.execute(shows)),
        flows(session, seller_id),
    )


def flows(session: Session, seller_id: str) -> dict[str, int]:
    """All that came, went or was lost, told from the movements alone."""
    query = select(Movement.kind, Movement.quantity).where(
        Movement.seller_id == seller_id, Movement.quantity != 0
    )
    flows: Counter[str] = Counter()
    for kind, quantity in session.execute(query):
        if kind in _IN:
            flows[_IN[kind]] += quantity
        elif kind in _OUT:
            flows[_OUT[kind]] -= quantity
        elif kind in {"spoil", "recount"}:
            flows["found" if quantity > 0 else "lost"] += abs(quantity)
        elif kind in {"consume", "produce"}:
            flows["dried"] -= quantity
    return {name: quantity for name, quantity in sorted(flows.items()) if quantity}
