"""The one way into the ledger, and what stands in it.

A fact is booked once: its key again with the same lines changes nothing, with others it is a conflict. The
number and the hash of the one before are taken under the lock of the seller's series row, so a seller's
entries have no gaps and no forks. Refuses to change what was booked: a correction is `reverse`.
"""

from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.ids import new_id
from payments.ledger.entries import (
    FIRST_IN_CHAIN,
    Balance,
    Entry,
    Line,
    Sealed,
    digest_of,
    entry_hash,
    reversed_lines,
    whole,
)
from payments.ledger.errors import EntryConflict, NotReversible
from payments.ledger.models import LedgerClosing, LedgerEntry, LedgerLine, LedgerSeries

__all__ = ["Balance", "Entry", "Line", "Posted", "balances", "digest", "post", "reverse"]

_AT_STRIPE = ("card-move", "card-lost", "card-payout")
BY_THEMSELVES = frozenset(
    {"line", "cash", "card", "card-refund", "card-hand", *_AT_STRIPE, "parts", "opening"}
)
"""Kinds of entries that follow from rows of money (`booking`); nobody reverses them by hand."""
REVERSAL = "reversal"
_MOST_WORDS = 200


@dataclass(frozen=True)
class Posted:
    """The entry's number in the seller's books; `is_new` unless it stood there already."""

    number: int
    is_new: bool


def post(session: Session, entry: Entry) -> Posted:
    """Book `entry`; again with the same key and lines it changes nothing.

    A fact of a closed month is dated at the first moment that is open; its own time stands beside it.
    Holds the seller's series until the transaction ends: lock payments before you post, not after.
    Preconditions: `key` is `kind:rest`, at most 120 characters; at least two lines.

    Raises:
        EntryConflict: the key was booked with other lines.
        Unbalanced, UnknownAccount: a slip of the caller's (ValueError).
    """
    lines = whole(entry.lines)
    series = locked_series(session, entry.seller_id)
    known = _find(session, entry.seller_id, entry.key)
    if known is not None:
        if _lines_of(session, known.id) != lines:
            raise EntryConflict(entry.key)
        return Posted(known.number, is_new=False)
    _append(session, series, entry, lines)
    return Posted(series.last_number, is_new=True)


def reverse(session: Session, seller_id: str, key: str, why: str) -> Posted:
    """Book the entry of `key` once more with debit and credit changed, dated now; `why` says the reason.

    Idempotent: an entry is reversed once.

    Raises:
        NotFound: the seller has no such entry.
        NotReversible: it follows from a bank line, cash or its placing: change those.
    """
    found = _find(session, seller_id, key)
    if found is None:
        raise NotFound()
    if found.kind in BY_THEMSELVES or found.kind == REVERSAL:
        raise NotReversible()
    lines = reversed_lines(_lines_of(session, found.id))
    return post(session, Entry(seller_id, f"{REVERSAL}:{key}", why, clock.now_ms(), lines))


def balances(session: Session, seller_id: str, until_ms: int | None = None) -> tuple[Balance, ...]:
    """What stands on each account for each subject, zeros left out; of entries dated before `until_ms`."""
    total = func.sum(LedgerLine.amount_vnd)
    query = (
        select(LedgerLine.account, LedgerLine.subject, total)
        .where(LedgerLine.seller_id == seller_id)
        .group_by(LedgerLine.account, LedgerLine.subject)
        .having(total != 0)
        .order_by(LedgerLine.account, LedgerLine.subject)
    )
    if until_ms is not None:
        query = query.join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        query = query.where(LedgerEntry.at_ms < until_ms)
    return tuple(Balance(row[0], row[1], int(row[2])) for row in session.execute(query))


def digest(session: Session, seller_id: str) -> str:
    """64 hex digits of the seller's balances: the same facts in any order give the same."""
    return digest_of(balances(session, seller_id))


def open_from_ms(session: Session, seller_id: str) -> int:
    """The first moment (UTC ms) that is not in a closed month; 0 while none was closed."""
    query = select(func.max(LedgerClosing.until_ms)).where(LedgerClosing.seller_id == seller_id)
    return session.scalar(query) or 0


def locked_series(session: Session, seller_id: str) -> LedgerSeries:
    """The end of the seller's chain, ours until the end of the transaction."""
    session.flush()
    found = session.get(LedgerSeries, seller_id, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    first = {"seller_id": seller_id, "last_number": 0, "last_hash": FIRST_IN_CHAIN}
    insert_new(session, LedgerSeries, first)
    return session.get_one(LedgerSeries, seller_id, with_for_update=True, populate_existing=True)


def hold(session: Session, seller_id: str) -> None:
    """As `locked_series`, and who waits for it meanwhile reads everything anew (REPEATABLE READ)."""
    locked_series(session, seller_id)
    same = update(LedgerSeries).where(LedgerSeries.seller_id == seller_id)
    session.execute(same.values(last_number=LedgerSeries.last_number))


def _find(session: Session, seller_id: str, key: str) -> LedgerEntry | None:
    query = select(LedgerEntry).where(LedgerEntry.seller_id == seller_id, LedgerEntry.key == key)
    return session.scalars(query).one_or_none()


def _lines_of(session: Session, entry_id: str) -> tuple[Line, ...]:
    query = select(LedgerLine.account, LedgerLine.amount_vnd, LedgerLine.subject).where(
        LedgerLine.entry_id == entry_id
    )
    return tuple(sorted(Line(*row) for row in session.execute(query)))


def _append(session: Session, series: LedgerSeries, entry: Entry, lines: tuple[Line, ...]) -> None:
    """Store the lines, then the entry that seals them, then the new end of the chain."""
    sealed = Sealed(
        seller_id=entry.seller_id,
        number=series.last_number + 1,
        key=entry.key,
        what=entry.what[:_MOST_WORDS],
        at_ms=max(entry.at_ms, open_from_ms(session, entry.seller_id)),
        happened_ms=entry.at_ms,
        lines=lines,
        previous_hash=series.last_hash,
    )
    _store(session, entry.kind, sealed)
    series.last_number, series.last_hash = sealed.number, entry_hash(sealed)
    session.flush()


def _store(session: Session, kind: str, sealed: Sealed) -> None:
    entry_id = new_id()
    rows = [
        {"entry_id": entry_id, "place": place, "seller_id": sealed.seller_id}
        | {"account": line.account, "subject": line.subject, "amount_vnd": line.amount_vnd}
        for place, line in enumerate(sealed.lines)
    ]
    session.execute(insert(LedgerLine), rows)
    values = {
        "id": entry_id,
        "seller_id": sealed.seller_id,
        "number": sealed.number,
        "kind": kind,
        "key": sealed.key,
        "what": sealed.what,
        "at_ms": sealed.at_ms,
        "happened_ms": sealed.happened_ms,
        "booked_ms": clock.now_ms(),
        "previous_hash": sealed.previous_hash,
        "hash": entry_hash(sealed),
    }
    session.execute(insert(LedgerEntry), [values])
