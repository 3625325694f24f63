"""What stood on an account before its first line: a person says it once, with a day and a reason.

The books hear of money from the bank's lines only, so without this an account begins at nothing. A word is a
row that is never changed; a wrong one is taken back by another, whose entry reverses the first. Refuses a day
after the account's first movement (that money would count twice), and a second word while one stands.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import BadRequest, NotFound
from core.ids import new_id
from core.money import MAX_VND
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.errors import OpeningKnown, OpeningTooLate
from payments.ledger.models import LedgerEntry, LedgerLine, OpeningBalance
from payments.ledger.posting import locked_series, post
from payments.models import BankAccount

OPEN, BACK = "open", "back"
_KEY = "opening"
_WHAT = {OPEN: "Số dư khi bắt đầu ghi sổ", BACK: "Lấy lại số dư khi bắt đầu ghi sổ"}
_FIRST_DAY = date(2015, 1, 1)


@dataclass(frozen=True)
class Start:
    """`amount_vnd` đồng (above 0) stood on `account` (a ledger account of money) when `day` began."""

    account: str
    amount_vnd: int
    day: date


@dataclass(frozen=True)
class Speaker:
    """Who says so for which seller, why, and how many words about the account they had seen."""

    seller_id: str
    actor: str
    reason: str
    seen: int


@dataclass(frozen=True)
class Standing:
    """An account of money: what stands as its beginning (None: nobody said), by whom, how many words so far.

    `first_ms` is when its first movement was (UTC ms), None without any.
    """

    account: str
    words: int
    amount_vnd: int | None
    at_ms: int | None
    actor: str
    reason: str
    first_ms: int | None


def say(session: Session, speaker: Speaker, start: Start) -> None:
    """Book the beginning of an account, dated when `start.day` begins in Vietnam.

    A day of a closed month counts for the first open moment, as every fact of it.

    Raises:
        NotFound: the seller has no such account. BadRequest: the sum or the day is out of bounds.
        OpeningKnown: a word stands already, or somebody spoke since. OpeningTooLate: money moved before.
    """
    _check_account(session, speaker.seller_id, start.account)
    if not _FIRST_DAY <= start.day <= clock.today():
        raise BadRequest(field="day")
    if not 0 < start.amount_vnd <= MAX_VND * 100:
        raise BadRequest(field="amount")
    now = _locked(session, speaker, start.account)
    at_ms = clock.midnight_ms(start.day)
    if now.amount_vnd is not None:
        raise OpeningKnown()
    if now.first_ms is not None and at_ms > now.first_ms:
        raise OpeningTooLate(day=f"{clock.day_of(now.first_ms):%d/%m/%Y}")
    _write(session, speaker, start.account, (OPEN, start.amount_vnd, at_ms))


def take_back(session: Session, speaker: Speaker, account: str) -> None:
    """Reverse the beginning of an account, dated as it was; then another may be said.

    Raises:
        NotFound: nothing stands, or there is no such account. OpeningKnown: somebody spoke since.
    """
    _check_account(session, speaker.seller_id, account)
    now = _locked(session, speaker, account)
    if now.amount_vnd is None or now.at_ms is None:
        raise NotFound()
    _write(session, speaker, account, (BACK, now.amount_vnd, now.at_ms))


def standing(session: Session, seller_id: str) -> tuple[Standing, ...]:
    """Every account of money the seller has: its banks, then cash at the stall."""
    query = (
        select(BankAccount.id)
        .where(BankAccount.seller_id == seller_id)
        .order_by(BankAccount.created_ms, BankAccount.id)
    )
    accounts = [*(chart.bank(one) for one in session.scalars(query)), chart.CASH_STALL]
    return tuple(_standing(session, seller_id, account) for account in accounts)


def _check_account(session: Session, seller_id: str, account: str) -> None:
    bank = chart.bank_account_of(account)
    if bank is not None:
        owned(session, BankAccount, bank, seller_id)
    elif account != chart.CASH_STALL:
        raise NotFound()


def _locked(session: Session, speaker: Speaker, account: str) -> Standing:
    """How the account stands while nobody else books, if it is as the speaker saw it."""
    locked_series(session, speaker.seller_id)
    now = _standing(session, speaker.seller_id, account)
    if now.words != speaker.seen:
        raise OpeningKnown()
    return now


def _standing(session: Session, seller_id: str, account: str) -> Standing:
    mine = (OpeningBalance.seller_id == seller_id) & (OpeningBalance.account == account)
    last = session.scalars(
        select(OpeningBalance).where(mine).order_by(OpeningBalance.number.desc()).limit(1)
    ).one_or_none()
    stands = last if last is not None and last.kind == OPEN else None
    return Standing(
        account,
        last.number if last else 0,
        stands.amount_vnd if stands else None,
        stands.at_ms if stands else None,
        last.actor if last else "",
        last.reason if last else "",
        _first_ms(session, seller_id, account),
    )


def _first_ms(session: Session, seller_id: str, account: str) -> int | None:
    query = (
        select(func.min(LedgerEntry.happened_ms))
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .where(LedgerLine.seller_id == seller_id, LedgerLine.account == account)
        .where(LedgerEntry.kind != _KEY)
    )
    return session.scalar(query)


def _write(session: Session, speaker: Speaker, account: str, said: tuple[str, int, int]) -> None:
    kind, amount_vnd, at_ms = said
    row = OpeningBalance(
        id=new_id(),
        seller_id=speaker.seller_id,
        account=account,
        number=speaker.seen + 1,
        kind=kind,
        amount_vnd=amount_vnd,
        at_ms=at_ms,
        reason=speaker.reason,
        actor=speaker.actor,
        said_ms=clock.now_ms(),
    )
    session.add(row)
    vnd = amount_vnd if kind == OPEN else -amount_vnd
    lines = Line(account, vnd), Line(chart.OPENING, -vnd)
    key = f"{_KEY}:{account}:{row.number}"
    post(session, Entry(speaker.seller_id, key, _WHAT[kind], at_ms, lines))
