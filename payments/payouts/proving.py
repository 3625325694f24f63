"""The bank's word on payouts: an outgoing line pays one, or a whole list; one sent back is owed again.

A line is a payout's only where its text has the code and its sum is exact; anything else stays for a person.
The bank's word wins over a person's: what somebody cancelled when it could be sent is paid if the bank paid.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.codes import find_order_codes
from payments.claimed import Claimed
from payments.models import BankLine
from payments.payouts import bank_word, run_rows
from payments.payouts.by_hand import UNPAID
from payments.payouts.models import Payout, PayRun
from payments.states import Account

_BANK = "bank"


def by_line(session: Session, line: BankLine) -> Claimed | None:
    """Take a line that pays payouts or brings one back; None where it does neither."""
    codes = find_order_codes(line.content)
    if not codes:
        return None
    if line.direction == "out":
        return _one_paid(session, line, codes) or _list_paid(session, line, codes)
    return _came_back(session, line, codes)


def _one_paid(session: Session, line: BankLine, codes: Sequence[str]) -> Claimed | None:
    named = _named(session, line, codes)
    if named is None or named.run_id is None:
        return None
    if run_rows.locked_run(session, line.seller_id, named.run_id).agreed_ms is None:
        return None  # it never could be sent
    row = _locked(session, named.id)
    if row.state not in UNPAID:
        return None
    _pay(session, [row], line)
    rest_vnd = sum(one.amount_vnd for one in _unpaid(session, named.run_id))
    return Claimed(Account.PAID_OUT, frozenset({row.amount_vnd, rest_vnd}))


def _list_paid(session: Session, line: BankLine, codes: Sequence[str]) -> Claimed | None:
    """One line for the whole list: its sum is that of all that wait, or that the bank has not paid yet."""
    query = select(PayRun.id).where(PayRun.seller_id == line.seller_id, PayRun.code.in_(codes))
    found = session.scalars(query).all()
    if len(found) != 1:
        return None
    if run_rows.locked_run(session, line.seller_id, found[0]).agreed_ms is None:
        return None
    rows = _of_sum(_unpaid(session, found[0]), line.amount_vnd)
    if not rows:
        return None
    _pay(session, rows, line)
    return Claimed(Account.PAID_OUT, frozenset(row.amount_vnd for row in rows))


def _unpaid(session: Session, run_id: str) -> list[Payout]:
    return [row for row in run_rows.of_run(session, run_id) if row.state in UNPAID]


def _of_sum(unpaid: Sequence[Payout], sum_vnd: int) -> Sequence[Payout]:
    """Those who wait, or all that the bank has not paid, if they come to the sum; else nobody."""
    waiting = [row for row in unpaid if row.state == "waiting"]
    fits = (rows for rows in (waiting, unpaid) if sum(row.amount_vnd for row in rows) == sum_vnd)
    return next(fits, ())


def _pay(session: Session, rows: Sequence[Payout], line: BankLine) -> None:
    for row in rows:
        bank_word.pay(session, row, line, row.amount_vnd, _BANK)


def _came_back(session: Session, line: BankLine, codes: Sequence[str]) -> Claimed | None:
    named = _named(session, line, codes)
    row = _locked(session, named.id) if named is not None else None
    if row is None or row.state != "paid" or row.paid_vnd != line.amount_vnd:
        return None
    bank_word.bring_back(session, row, line, line.amount_vnd, _BANK)
    return Claimed(Account.PAID_OUT, frozenset())


def _named(session: Session, line: BankLine, codes: Sequence[str]) -> Payout | None:
    """The one payout by bank that the line names, with its sum; not locked."""
    query = select(Payout).where(
        Payout.seller_id == line.seller_id,
        Payout.code.in_(codes),
        Payout.amount_vnd == line.amount_vnd,
        Payout.method == "bank",
    )
    rows = session.scalars(query).all()
    return rows[0] if len(rows) == 1 else None


def _locked(session: Session, payout_id: str) -> Payout:
    """The payout as it stands now, ours until the end of the transaction; its list was locked before."""
    return session.get_one(Payout, payout_id, with_for_update=True, populate_existing=True)
