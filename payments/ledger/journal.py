"""The journal: a month's entries one by one, of all accounts or of one, page by page; or all for a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.ledger import names
from payments.ledger.closing import begins_ms, ends_ms
from payments.ledger.entries import Line
from payments.ledger.models import LedgerEntry, LedgerLine
from payments.ledger.months import Month
from payments.ledger.names import Named, Names

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which entries: of a month, of one account ("" for all), about one subject ("" for all)."""

    month: Month
    account: str = ""
    subject: str = ""


@dataclass(frozen=True)
class ShownLine:
    """One line for people: its account, what it is about ("" if nothing), debit positive."""

    named: Named
    about: str
    amount_vnd: int


@dataclass(frozen=True)
class Shown:
    """One entry for people. With an account asked: what it moved there, and what stood there after it."""

    number: int
    key: str
    what: str
    at_ms: int
    happened_ms: int
    hash: bytes
    lines: tuple[ShownLine, ...] = ()
    moved_vnd: int = 0
    after_vnd: int = 0

    @property
    def is_late(self) -> bool:
        """Whether its own month was closed already when it was booked."""
        return self.happened_ms < self.at_ms


@dataclass(frozen=True)
class Page:
    """A page of the journal, oldest first; `more` if another follows."""

    number: int
    entries: tuple[Shown, ...]
    more: bool


def page(session: Session, seller_id: str, asked: Asked, number: int = 1) -> Page:
    """Page `number` (from 1) of what was asked for."""
    first = (number - 1) * PAGE
    found = _entries(session, seller_id, asked, (first, PAGE + 1))
    shown = _with_lines(session, seller_id, found[:PAGE])
    return Page(number, tuple(shown), len(found) > PAGE)


def all_of(session: Session, seller_id: str, month: Month) -> tuple[Shown, ...]:
    """Every entry of the month, for a file."""
    return tuple(_with_lines(session, seller_id, _entries(session, seller_id, Asked(month), None)))


_Found = list[tuple[str, Shown]]
"""Entries' ids with what is known without their lines."""


def _entries(
    session: Session, seller_id: str, asked: Asked, some: tuple[int, int] | None
) -> _Found:
    """The entries asked for, from the first of `some`, so many; what stood after each counts all before."""
    moved = func.sum(LedgerLine.amount_vnd)
    order = (LedgerEntry.at_ms, LedgerEntry.number)
    query = (
        select(LedgerEntry, moved.label("moved"), func.sum(moved).over(order_by=order).label("now"))
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .where(LedgerEntry.seller_id == seller_id, LedgerEntry.at_ms < ends_ms(asked.month))
        .where(*_of_lines(asked))
        .group_by(LedgerEntry.id)
        .order_by(*order)
    )
    inner = query.subquery()
    outer = select(inner).where(inner.c.at_ms >= begins_ms(asked.month))
    outer = outer.order_by(inner.c.at_ms, inner.c.number)
    if some is not None:
        outer = outer.offset(some[0]).limit(some[1])
    return [
        (
            row.id,
            Shown(
                number=row.number,
                key=row.key,
                what=row.what,
                at_ms=row.at_ms,
                happened_ms=row.happened_ms,
                hash=row.hash,
                moved_vnd=int(row.moved),
                after_vnd=int(row.now),
            ),
        )
        for row in session.execute(outer)
    ]


def _of_lines(asked: Asked) -> list[ColumnElement[bool]]:
    wanted = []
    if asked.account:
        wanted.append(LedgerLine.account == asked.account)
    if asked.subject:
        wanted.append(LedgerLine.subject == asked.subject)
    return wanted


def _with_lines(session: Session, seller_id: str, found: _Found) -> Sequence[Shown]:
    query = (
        select(LedgerLine)
        .where(LedgerLine.entry_id.in_([entry_id for entry_id, _ in found]))
        .order_by(LedgerLine.entry_id, LedgerLine.amount_vnd.desc(), LedgerLine.place)
    )
    rows = session.scalars(query).all()
    subjects = {row.subject for row in rows if row.subject}
    called = names.of_subjects(session, seller_id, subjects)
    known = Names(session, seller_id)
    lines: dict[str, list[ShownLine]] = {}
    for row in rows:
        about = called.get(row.subject, row.subject)
        shown = ShownLine(known.of(row.account), about, row.amount_vnd)
        lines.setdefault(row.entry_id, []).append(shown)
    return [replace(shown, lines=tuple(lines[entry_id])) for entry_id, shown in found]


def as_lines(shown: Shown) -> tuple[Line, ...]:
    """The entry's lines by account number, as an accountant writes them."""
    return tuple(Line(line.named.number, line.amount_vnd, line.about) for line in shown.lines)
