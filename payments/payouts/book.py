"""The payees' book: what each is owed, as entries that are never edited.

What a fact comes to is brought to its sum by the *difference* (`bring_to`), so that it may be worked out
again in any order. What a person records stands under their name and is undone by a reversal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from core.text import clean_line
from payments.payouts import postings
from payments.payouts.errors import AlreadyReversed, EntryNotYours
from payments.payouts.models import PayeeEntry

BY_HAND = {"advance": -1, "charge": -1, "extra": 1}
"""What people record, and whether it makes what is owed more or less."""
_LONGEST_WHAT = 160


@dataclass(frozen=True)
class Standing:
    """What one fact (`reference`) comes to for a payee: `amount_vnd` of one kind, in all, signed."""

    seller_id: str
    payee: str
    reference: str
    kind: str
    amount_vnd: int
    what: str = ""
    day_ms: int = 0
    cash: bool = False


@dataclass(frozen=True)
class Recorded:
    """Something a person writes down: an advance, a charge or an extra of `amount_vnd` (> 0) đồng."""

    payee: str
    kind: str
    amount_vnd: int
    what: str
    day_ms: int


@dataclass(frozen=True)
class EntryFacts:
    """A line of the book; đồng, signed: owed to the payee if > 0. `reversed` if another took it back."""

    id: str
    payee: str
    kind: str
    reference: str
    what: str
    amount_vnd: int
    day_ms: int
    actor: str
    at_ms: int
    reverses_id: str | None
    reversed: bool


def bring_to(session: Session, standing: Standing, actor: str) -> int:
    """Write the difference between what stands for a fact and what it comes to; returns the difference.

    Precondition: the caller holds a lock on the fact, so that two do not write the same difference (the
    key of the entry would refuse the second).
    """
    mine = _of_fact(standing)
    written, count = session.execute(mine).one()
    difference = standing.amount_vnd - int(written or 0)
    if difference:
        key = f"{standing.reference}/{standing.payee}/{standing.kind}/{count}"
        row = PayeeEntry(
            id=new_id(),
            seller_id=standing.seller_id,
            key=key,
            payee=standing.payee,
            kind=standing.kind,
            reference=standing.reference,
            what=clean_line(standing.what, _LONGEST_WHAT),
            amount_vnd=difference,
            day_ms=standing.day_ms or clock.now_ms(),
            actor=actor,
            at_ms=clock.now_ms(),
            cash=standing.cash,
        )
        _write(session, row)
    return difference


def record(session: Session, seller_id: str, said: Recorded, actor: str) -> str:
    """Write down what a person says was given or taken; returns the entry's id.

    Precondition: the write has a client id, so that it is written once.

    Raises:
        BadAmount: not from 1 to 499,999,999 đồng.
    """
    amount_vnd = check_vnd(said.amount_vnd, least=1) * BY_HAND[said.kind]
    entry_id = new_id()
    row = PayeeEntry(
        id=entry_id,
        seller_id=seller_id,
        key=f"by-hand/{entry_id}",
        payee=said.payee,
        kind=said.kind,
        reference=f"by-hand:{entry_id}",
        what=clean_line(said.what, _LONGEST_WHAT),
        amount_vnd=amount_vnd,
        day_ms=said.day_ms,
        actor=actor,
        at_ms=clock.now_ms(),
    )
    _write(session, row)
    return entry_id


def reverse(session: Session, seller_id: str, entry_id: str, actor: str, reason: str) -> str:
    """Take back what a person recorded, by an entry that says the opposite; returns its id.

    Raises:
        NotFound: not this seller's. EntryNotYours: no person recorded it, the facts did.
        AlreadyReversed: it was taken back before.
    """
    query = select(PayeeEntry).where(PayeeEntry.id == entry_id, PayeeEntry.seller_id == seller_id)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound()
    if row.kind not in BY_HAND or row.reverses_id is not None:
        raise EntryNotYours()
    taken_back = select(PayeeEntry.id).where(PayeeEntry.reverses_id == entry_id)
    if session.scalars(taken_back).first() is not None:
        raise AlreadyReversed()
    opposite = PayeeEntry(
        id=new_id(),
        seller_id=seller_id,
        key=f"reversal/{entry_id}",
        payee=row.payee,
        kind=row.kind,
        reference=row.reference,
        what=clean_line(reason, _LONGEST_WHAT),
        amount_vnd=-row.amount_vnd,
        day_ms=clock.now_ms(),
        actor=actor,
        at_ms=clock.now_ms(),
        reverses_id=entry_id,
    )
    _write(session, opposite)
    return opposite.id


def entries(
    session: Session, seller_id: str, payee: str, from_ms: int = 0, until_ms: int | None = None
) -> tuple[EntryFacts, ...]:
    """A payee's entries written from `from_ms` until before `until_ms`, the oldest first."""
    query = select(PayeeEntry).where(
        PayeeEntry.seller_id == seller_id, PayeeEntry.payee == payee, PayeeEntry.at_ms >= from_ms
    )
    if until_ms is not None:
        query = query.where(PayeeEntry.at_ms < until_ms)
    rows = session.scalars(query.order_by(PayeeEntry.at_ms, PayeeEntry.id)).all()
    undone = select(PayeeEntry.reverses_id).where(
        PayeeEntry.reverses_id.in_([row.id for row in rows])
    )
    gone = set(session.scalars(undone))
    return tuple(_facts(row, row.id in gone) for row in rows)


def owed(session: Session, seller_id: str, payee: str, until_ms: int | None = None) -> int:
    """What a payee is owed, in đồng (before `until_ms` if given); below 0 they owe the seller."""
    query = select(func.coalesce(func.sum(PayeeEntry.amount_vnd), 0)).where(
        PayeeEntry.seller_id == seller_id, PayeeEntry.payee == payee
    )
    if until_ms is not None:
        query = query.where(PayeeEntry.at_ms < until_ms)
    return int(session.scalars(query).one())


def sums(
    session: Session,
    seller_id: str,
    payees: Collection[str] | None = None,
    until_ms: int | None = None,
) -> dict[str, dict[str, int]]:
    """Đồng by payee and kind, of all the seller's payees or of some (before `until_ms`), in one query."""
    query = (
        select(PayeeEntry.payee, PayeeEntry.kind, func.sum(PayeeEntry.amount_vnd))
        .where(PayeeEntry.seller_id == seller_id)
        .group_by(PayeeEntry.payee, PayeeEntry.kind)
    )
    if payees is not None:
        query = query.where(PayeeEntry.payee.in_(payees))
    if until_ms is not None:
        query = query.where(PayeeEntry.at_ms < until_ms)
    found: dict[str, dict[str, int]] = {}
    for payee, kind, much in session.execute(query):
        found.setdefault(payee, {})[kind] = int(much)
    return found


def of_reference(session: Session, seller_id: str, reference: str) -> dict[tuple[str, str], int]:
    """What stands for a fact, in đồng by payee and kind."""
    query = (
        select(PayeeEntry.payee, PayeeEntry.kind, func.sum(PayeeEntry.amount_vnd))
        .where(PayeeEntry.seller_id == seller_id, PayeeEntry.reference == reference)
        .group_by(PayeeEntry.payee, PayeeEntry.kind)
    )
    rows: Sequence[Row[str, str, int]] = session.execute(query).all()
    return {(payee, kind): int(much) for payee, kind, much in rows}


def references(session: Session, seller_id: str, kind: str) -> frozenset[str]:
    """The facts of one kind that stand in the seller's book."""
    query = select(PayeeEntry.reference).where(
        PayeeEntry.seller_id == seller_id, PayeeEntry.kind == kind
    )
    return frozenset(session.scalars(query))


def _of_fact(standing: Standing) -> Select[int | None, int]:
    return select(func.sum(PayeeEntry.amount_vnd), func.count()).where(
        PayeeEntry.seller_id == standing.seller_id,
        PayeeEntry.payee == standing.payee,
        PayeeEntry.reference == standing.reference,
        PayeeEntry.kind == standing.kind,
    )


def _write(session: Session, row: PayeeEntry) -> None:
    session.add(row)
    session.flush()
    postings.post_entry(session, row)


def _facts(row: PayeeEntry, undone: bool) -> EntryFacts:
    return EntryFacts(
        id=row.id,
        payee=row.payee,
        kind=row.kind,
        reference=row.reference,
        what=row.what,
        amount_vnd=row.amount_vnd,
        day_ms=row.day_ms,
        actor=row.actor,
        at_ms=row.at_ms,
        reverses_id=row.reverses_id,
        reversed=undone,
    )
