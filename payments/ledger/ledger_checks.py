"""What `flask fsck` proves about the ledger (promise P4): whole, unchanged, and equal to the money's rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.fsck import check
from payments.ledger import booking, chart
from payments.ledger.entries import FIRST_IN_CHAIN, Line, Sealed, entry_hash
from payments.ledger.models import (
    LedgerClosing,
    LedgerEntry,
    LedgerLine,
    LedgerSeries,
    OpeningBalance,
)
from payments.models import BankLine, CashLine, MatchedPart
from payments.payouts.models import Payout
from payments.states import Account

Sums = Counter[tuple[str, str, str]]
"""Đồng by seller, account and subject, debit positive."""


@check("ledger.entries_sum_to_zero")
def entries_sum_to_zero(session: Session) -> Iterable[str]:
    """Each entry has lines, they sum to zero and are its seller's; no line is without an entry."""
    total = func.coalesce(func.sum(LedgerLine.amount_vnd), 1)
    strange = func.count(case((LedgerLine.seller_id != LedgerEntry.seller_id, 1)))
    query = (
        select(LedgerEntry.seller_id, LedgerEntry.number, total, strange)
        .outerjoin(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .group_by(LedgerEntry.id, LedgerEntry.seller_id, LedgerEntry.number)
        .having((total != 0) | (strange != 0))
    )
    for seller_id, number, vnd, others in session.execute(query):
        yield f"entry {seller_id}/{number}: sums to {vnd}, {others} lines of another seller"
    alone = select(LedgerLine.entry_id, LedgerLine.place).outerjoin(
        LedgerEntry, LedgerEntry.id == LedgerLine.entry_id
    )
    for entry_id, place in session.execute(alone.where(LedgerEntry.id.is_(None))):
        yield f"line {entry_id}/{place}: has no entry"


@check("ledger.chain_is_whole")
def chain_is_whole(session: Session) -> Iterable[str]:
    """Entries are numbered without gaps, each holds the hash of the one before, none was changed."""
    query = select(LedgerEntry).order_by(LedgerEntry.seller_id, LedgerEntry.number)
    ends = {row.seller_id: row for row in session.scalars(select(LedgerSeries))}
    lines = _lines(session)
    for seller_id, rows in groupby(session.scalars(query), key=lambda row: row.seller_id):
        yield from _chain(seller_id, rows, lines, ends.pop(seller_id, None))
    for seller_id, end in ends.items():
        if (end.last_number, end.last_hash) != (0, FIRST_IN_CHAIN):
            yield f"ledger of {seller_id}: {end.last_number} entries were booked, none is there"


def _lines(session: Session) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    columns = (LedgerLine.entry_id, LedgerLine.account, LedgerLine.amount_vnd, LedgerLine.subject)
    for entry_id, account, vnd, subject in session.execute(select(*columns)):
        found.setdefault(entry_id, []).append(Line(account, vnd, subject))
    return found


def _chain(
    seller_id: str,
    rows: Iterable[LedgerEntry],
    lines: dict[str, list[Line]],
    end: LedgerSeries | None,
) -> Iterator[str]:
    number, last_hash = 0, FIRST_IN_CHAIN
    for row in rows:
        name = f"entry {seller_id}/{row.number}"
        if row.number != number + 1:
            yield f"{name}: {number + 1} is missing"
        if row.previous_hash != last_hash:
            yield f"{name}: does not follow the entry before it"
        if row.hash != entry_hash(_sealed(row, lines.get(row.id, []))):
            yield f"{name}: was changed after it was booked"
        number, last_hash = row.number, row.hash
    if end is None or (end.last_number, end.last_hash) != (number, last_hash):
        yield f"ledger of {seller_id}: does not end where its series says"


def _sealed(row: LedgerEntry, lines: list[Line]) -> Sealed:
    return Sealed(
        seller_id=row.seller_id,
        number=row.number,
        key=row.key,
        what=row.what,
        at_ms=row.at_ms,
        happened_ms=row.happened_ms,
        lines=tuple(lines),
        previous_hash=row.previous_hash,
    )


@check("ledger.bank_equals_its_lines")
def bank_equals_its_lines(session: Session) -> Iterable[str]:
    """What stands on each bank account is what it began with and what its lines come to."""
    amount = case((BankLine.direction == "in", BankLine.amount_vnd), else_=-BankLine.amount_vnd)
    query = select(BankLine.seller_id, BankLine.account_id, func.sum(amount)).group_by(
        BankLine.seller_id, BankLine.account_id
    )
    began = _openings(session)
    rows: Sums = Counter({key: vnd for key, vnd in began.items() if chart.bank_account_of(key[1])})
    for seller_id, account_id, vnd in session.execute(query):
        rows[seller_id, chart.bank(account_id), ""] += int(vnd)
    booked = Counter(
        {key: vnd for key, vnd in _booked(session).items() if chart.bank_account_of(key[1])}
    )
    yield from _differences(booked, rows)


@check("ledger.beginnings_are_what_people_said")
def beginnings_are_what_people_said(session: Session) -> Iterable[str]:
    """What is booked as the beginning of each account is what stands of people's words about it."""
    yield from _differences(_booked(session, "opening"), _openings(session))


def _openings(session: Session) -> Sums:
    amount = case(
        (OpeningBalance.kind == "open", OpeningBalance.amount_vnd), else_=-OpeningBalance.amount_vnd
    )
    query = select(OpeningBalance.seller_id, OpeningBalance.account, func.sum(amount)).group_by(
        OpeningBalance.seller_id, OpeningBalance.account
    )
    sums: Sums = Counter()
    for seller_id, account, vnd in session.execute(query):
        sums[seller_id, account, ""] += int(vnd)
        sums[seller_id, chart.OPENING, ""] -= int(vnd)
    return sums


@check("ledger.cash_equals_its_lines")
def cash_equals_its_lines(session: Session) -> Iterable[str]:
    """What is booked of attested cash is what was attested."""
    query = select(CashLine.seller_id, CashLine.kind, func.sum(CashLine.amount_vnd)).group_by(
        CashLine.seller_id, CashLine.kind
    )
    rows: Sums = Counter()
    for seller_id, kind, vnd in session.execute(query):
        rows[seller_id, chart.cash(kind), ""] += int(vnd)
    booked = Counter(
        {key: vnd for key, vnd in _booked(session, "cash").items() if key[1] != chart.UNPLACED}
    )
    yield from _differences(booked, rows)


@check("ledger.placements_equal_the_parts")
def placements_equal_the_parts(session: Session) -> Iterable[str]:
    """What is booked of placed money is what the parts of all lines say, per payment; none is unplaced."""
    subject = func.coalesce(MatchedPart.payment_id, MatchedPart.bank_line_id)
    query = (
        select(MatchedPart.seller_id, MatchedPart.account, subject, func.sum(booking.signed_part()))
        .outerjoin(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .where(MatchedPart.account != Account.PAID_OUT)
        .group_by(MatchedPart.seller_id, MatchedPart.account, subject)
    )
    rows = _paid_out(session)
    for seller_id, account, about, vnd in session.execute(query):
        rows[seller_id, chart.OF_PART[account], about] += int(vnd)
    booked = _booked(session, booking.PARTS)
    placed = Counter({key: vnd for key, vnd in booked.items() if key[1] != chart.UNPLACED})
    yield from _differences(placed, rows)
    for (seller_id, account, _subject), vnd in _booked(session).items():
        if account == chart.UNPLACED and vnd:
            yield f"{account} of {seller_id}: {vnd} đồng have no place"


def _paid_out(session: Session) -> Sums:
    """What bank lines paid to payees and did not bring back; that it is the lines' is a check of payouts."""
    rows: Sums = Counter()
    for line, moved, sign in (
        (Payout.bank_line_id, Payout.paid_vnd, 1),
        (Payout.returned_line_id, Payout.returned_vnd, -1),
    ):
        query = select(Payout.seller_id, Payout.payee, func.sum(moved))
        query = query.where(line.is_not(None)).group_by(Payout.seller_id, Payout.payee)
        for seller_id, payee, vnd in session.execute(query):
            rows[seller_id, chart.MEMBER_PAYABLE, payee] += sign * int(vnd or 0)
    return rows


@check("ledger.closed_months_stay")
def closed_months_stay(session: Session) -> Iterable[str]:
    """The chain at a closing is still the beginning of today's, and nothing was dated before it since."""
    query = (
        select(LedgerClosing, LedgerEntry.hash)
        .outerjoin(
            LedgerEntry,
            (LedgerEntry.seller_id == LedgerClosing.seller_id)
            & (LedgerEntry.number == LedgerClosing.last_number),
        )
        .where(LedgerClosing.last_number > 0)
    )
    for closing, found in session.execute(query):
        if found != closing.last_hash:
            yield f"closing of {closing.seller_id} at {closing.until_ms}: the chain is another one"
    late = (
        select(LedgerEntry.seller_id, LedgerEntry.number)
        .join(LedgerClosing, LedgerClosing.seller_id == LedgerEntry.seller_id)
        .where(LedgerEntry.number > LedgerClosing.last_number)
        .where(LedgerEntry.at_ms < LedgerClosing.until_ms)
    )
    for seller_id, number in session.execute(late):
        yield f"entry {seller_id}/{number}: is dated in a month that was closed before it"


def _booked(session: Session, kind: str = "") -> Sums:
    """What is booked on each account for each subject; of one kind of entries, or of all."""
    query = select(
        LedgerLine.seller_id,
        LedgerLine.account,
        LedgerLine.subject,
        func.sum(LedgerLine.amount_vnd),
    ).group_by(LedgerLine.seller_id, LedgerLine.account, LedgerLine.subject)
    if kind:
        query = query.join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        query = query.where(LedgerEntry.kind == kind)
    return Counter({(row[0], row[1], row[2]): int(row[3]) for row in session.execute(query)})


def _differences(booked: Sums, rows: Sums) -> Iterator[str]:
    for key in sorted({*booked, *rows}):
        if booked[key] != rows[key]:
            seller_id, account, subject = key
            about = f" for {subject}" if subject else ""
            yield f"{account} of {seller_id}{about}: {booked[key]} booked, {rows[key]} in the rows"
