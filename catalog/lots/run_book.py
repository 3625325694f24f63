"""Runs that were done, as the desk lists and shows them: what went in, what came out, what was lost."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import trace
from catalog.growers import members
from catalog.lots import facts
from catalog.lots.facts import LotFacts
from catalog.models import Lot, LotParent, Movement, Run
from core.db import owned

_MOST = 50


@dataclass(frozen=True)
class RunSummary:
    """A run in the list: `kind` is process, merge, split or regrade; `loss` in base units."""

    id: str
    number: int
    kind: str
    loss: int
    note: str
    at_ms: int


@dataclass(frozen=True)
class PartFacts:
    """So many base units of a lot that went in or came out; `owners` names whose, by base units."""

    lot: LotFacts
    quantity: int
    owners: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class RunStory:
    """One run with its inputs and outputs."""

    run: RunSummary
    inputs: tuple[PartFacts, ...]
    outputs: tuple[PartFacts, ...]


def of_seller(session: Session, seller_id: str) -> tuple[RunSummary, ...]:
    """The seller's newest fifty runs."""
    query = select(Run).where(Run.seller_id == seller_id).order_by(Run.number.desc())
    return tuple(_summary(run) for run in session.scalars(query.limit(_MOST)))


def get(session: Session, seller_id: str, run_id: str) -> RunStory:
    """One run of the seller; raises NotFound."""
    run = owned(session, Run, run_id, seller_id)
    made = session.scalars(select(Lot.id).where(Lot.run_id == run_id).order_by(Lot.code)).all()
    used: Counter[str] = Counter()
    for parent_id, quantity in session.execute(
        select(LotParent.parent_id, LotParent.used).where(LotParent.child_id.in_(made))
    ):
        used[parent_id] += quantity
    lots = facts.by_ids(session, seller_id, [*used, *made])
    return RunStory(
        _summary(run),
        tuple(PartFacts(lots[id_], used[id_]) for id_ in sorted(used, key=lambda id_: -used[id_])),
        tuple(
            PartFacts(lots[id_], _produced(session, run, id_), _owners(session, seller_id, id_))
            for id_ in made
        ),
    )


def _produced(session: Session, run: Run, lot_id: str) -> int:
    query = select(Movement.quantity).where(
        Movement.lot_id == lot_id, Movement.kind == "produce", Movement.seller_id == run.seller_id
    )
    return sum(session.scalars(query))


def _owners(session: Session, seller_id: str, lot_id: str) -> tuple[tuple[str, int], ...]:
    shares = trace.member_shares(session, lot_id)
    names = {one.id: one.name for one in members.facts_of(session, seller_id, shares).values()}
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((names.get(id_, ""), quantity) for id_, quantity in ordered)


def _summary(run: Run) -> RunSummary:
    return RunSummary(run.id, run.number, run.kind, run.loss, run.note, run.at_ms)
