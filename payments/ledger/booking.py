"""What money books by itself: a line of the bank, attested cash, and where their đồng were placed.

A line is booked against `clearing:unplaced` when it is taken in; its parts are moved from there to what they
are. Placements are worked out anew with each fact (`settle`), so the ledger follows them by the difference
and never by a change: `follow` compares what is booked with the parts that stand, per payment (or per
line that names none), and books what is missing. `clearing:unplaced` is empty at every commit.
What a line paid out to payees is followed for each of them: their subject says what they are owed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from payments.cards.models import CardLine
from payments.ledger import chart
from payments.ledger.entries import Entry, Line, moves
from payments.ledger.models import LedgerEntry, LedgerLine
from payments.ledger.posting import post
from payments.models import BankLine, CashLine, MatchedPart
from payments.payouts.models import Payout

_IN, _OUT = "Tiền vào ngân hàng", "Tiền ra ngân hàng"
_CASH = {"stall": "Thu tiền mặt tại quầy", "cod": "Thu tiền khi giao hàng"}
_CARD = "Thẻ trả, số giao dịch"
PARTS = "parts"


@dataclass(frozen=True)
class Why:
    """The fact for which placements changed: Vietnamese words for the books, and its time (UTC ms)."""

    what: str
    at_ms: int


def bank_line(session: Session, line: BankLine) -> None:
    """Book a line of the bank against the money that has no place yet. Idempotent."""
    is_in = line.direction == "in"
    amount_vnd = line.amount_vnd if is_in else -line.amount_vnd
    lines = (
        Line(chart.bank(line.account_id), amount_vnd),
        Line(chart.UNPLACED, -amount_vnd),
    )
    what = f"{_IN if is_in else _OUT}, số giao dịch {line.reference}"
    post(session, Entry(line.seller_id, f"line:{line.id}", what, line.at_ms, lines))


def given_line(session: Session, line: CashLine | CardLine) -> None:
    """Book attested cash, or what a card brought, against the money that has no place yet. Idempotent."""
    if isinstance(line, CardLine):
        account, key, what = chart.CARD_CLEARING, f"card:{line.id}", f"{_CARD} {line.reference}"
    else:
        account, key, what = chart.cash(line.kind), f"cash:{line.id}", _CASH[line.kind]
    lines = Line(account, line.amount_vnd), Line(chart.UNPLACED, -line.amount_vnd)
    post(session, Entry(line.seller_id, key, what, line.at_ms, lines))


def follow(session: Session, seller_id: str, subjects: Iterable[str], why: Why) -> None:
    """Book how the placed parts of each subject differ from what is booked of them; nothing if they do not.

    A subject is a payment or, where parts name none, their bank line (ids). Call it after parts were
    changed, with every subject they left or came to. Preconditions: the lines themselves are booked, and
    whatever guards the parts (the payment's row) is locked.
    """
    session.flush()
    for subject in subjects:
        now, before = placed(session, seller_id, subject), booked(session, seller_id, subject)
        if now[chart.MEMBER_PAYABLE] or before[chart.MEMBER_PAYABLE]:
            _pay_payees(session, seller_id, subject, why)
            before[chart.MEMBER_PAYABLE] = now[chart.MEMBER_PAYABLE]
        lines = moves(before, now, subject)
        if lines:
            key = f"{PARTS}:{subject}:{_lines_so_far(session, seller_id, subject)}"
            post(session, Entry(seller_id, key, why.what, why.at_ms, lines))


def placed(session: Session, seller_id: str, subject: str) -> Counter[str]:
    """What the parts of a subject come to on each ledger account, debit positive."""
    mine = or_(
        MatchedPart.payment_id == subject,
        MatchedPart.payment_id.is_(None) & (MatchedPart.bank_line_id == subject),
    )
    sums: Counter[str] = Counter()
    query = parts_by_account().where(MatchedPart.seller_id == seller_id, mine)
    for account, amount_vnd in session.execute(query.group_by(MatchedPart.account)):
        sums[chart.OF_PART[account]] += int(amount_vnd)
    return sums


def parts_by_account() -> Select[str, int]:
    """Parts' accounts with their sums: money that came is credited there, money that left debited."""
    return select(MatchedPart.account, func.sum(signed_part())).outerjoin(
        BankLine, BankLine.id == MatchedPart.bank_line_id
    )


def signed_part() -> ColumnElement[int]:
    """A part's đồng on its ledger account; the query must have joined the bank line."""
    return case(
        (BankLine.direction == "out", MatchedPart.amount_vnd), else_=-MatchedPart.amount_vnd
    )


def booked(session: Session, seller_id: str, subject: str) -> Counter[str]:
    """What is booked of a subject's placements on each account, debit positive."""
    query = (
        select(LedgerLine.account, func.sum(LedgerLine.amount_vnd))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerLine.seller_id == seller_id)
        .group_by(LedgerLine.account)
    )
    own = query.where(LedgerLine.subject == subject, LedgerEntry.kind == PARTS)
    sums: Counter[str] = Counter()
    for account, amount_vnd in session.execute(own):
        if account != chart.UNPLACED:
            sums[account] += int(amount_vnd)
    paid, _entries = _payees_booked(session, seller_id, subject)
    sums[chart.MEMBER_PAYABLE] += sum(paid.values())
    return sums


def payees_of(session: Session, line_id: str) -> Counter[str]:
    """What a line of the bank paid out to each payee, or brought back from them (below 0), in đồng."""
    sums: Counter[str] = Counter()
    for column, moved, sign in (
        (Payout.bank_line_id, Payout.paid_vnd, 1),
        (Payout.returned_line_id, Payout.returned_vnd, -1),
    ):
        query = select(Payout.payee, func.sum(moved)).where(column == line_id)
        for payee, amount_vnd in session.execute(query.group_by(Payout.payee)):
            sums[payee] += sign * int(amount_vnd or 0)
    return sums


def _pay_payees(session: Session, seller_id: str, line_id: str, why: Why) -> None:
    """Book to the subject of each payee how what the line paid them differs from what is booked of it."""
    before, entries = _payees_booked(session, seller_id, line_id)
    now = payees_of(session, line_id)
    off = {payee: now[payee] - before[payee] for payee in sorted({*now, *before})}
    lines = [Line(chart.MEMBER_PAYABLE, vnd, payee) for payee, vnd in off.items() if vnd]
    if lines:
        sum_vnd = sum(line.amount_vnd for line in lines)
        rest = [Line(chart.UNPLACED, -sum_vnd)] if sum_vnd else []
        key = _payees_key(line_id, entries)
        post(session, Entry(seller_id, key, why.what, why.at_ms, (*lines, *rest)))


def _payees_booked(session: Session, seller_id: str, line_id: str) -> tuple[Counter[str], int]:
    """What is booked to each payee of the line, debit positive, and by how many entries."""
    sums: Counter[str] = Counter()
    entries = 0
    while rows := session.execute(
        select(LedgerLine.account, LedgerLine.subject, LedgerLine.amount_vnd)
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.seller_id == seller_id, LedgerEntry.key == _payees_key(line_id, entries))
    ).all():
        entries += 1
        for account, payee, amount_vnd in rows:
            if account == chart.MEMBER_PAYABLE:
                sums[payee] += int(amount_vnd)
    return sums, entries


def _payees_key(line_id: str, number: int) -> str:
    """The first entry's key of a line, or that of a later one, by which a person's word was followed."""
    return f"{PARTS}:{line_id}:payees" + (f":{number}" if number else "")


def _lines_so_far(session: Session, seller_id: str, subject: str) -> int:
    """Grows with every placement booked of a subject, so that a key is never used again."""
    query = (
        select(func.count())
        .select_from(LedgerLine)
        .where(LedgerLine.seller_id == seller_id, LedgerLine.subject == subject)
    )
    return session.scalar(query) or 0
