"""A month of the books: what stood at its beginning, what came and went, what stands at its end."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from payments.ledger.closing import begins_ms, ends_ms
from payments.ledger.models import LedgerEntry, LedgerLine
from payments.ledger.months import Month
from payments.ledger.names import Named, Names


@dataclass(frozen=True)
class Row:
    """One account's month in đồng: opening and closing debit positive; debit and credit are positive sums."""

    named: Named
    opening_vnd: int
    debit_vnd: int
    credit_vnd: int

    @property
    def closing_vnd(self) -> int:
        """What stands at the end, debit positive."""
        return self.opening_vnd + self.debit_vnd - self.credit_vnd


@dataclass(frozen=True)
class Totals:
    """The sums of a trial balance; debit and credit are alike in each pair, or the books are wrong."""

    opening: tuple[int, int]
    moved: tuple[int, int]
    closing: tuple[int, int]


@dataclass(frozen=True)
class TrialBalance:
    """All accounts that hold or held something, by their numbers; `entries` were booked in the month."""

    month: Month
    rows: tuple[Row, ...]
    entries: int

    @property
    def money(self) -> tuple[Row, ...]:
        """Bank accounts and cash alone."""
        return tuple(row for row in self.rows if row.named.is_money)

    @property
    def totals(self) -> Totals:
        """The table's last line."""
        return Totals(
            _sides([row.opening_vnd for row in self.rows]),
            (sum(row.debit_vnd for row in self.rows), sum(row.credit_vnd for row in self.rows)),
            _sides([row.closing_vnd for row in self.rows]),
        )


def trial_balance(session: Session, seller_id: str, month: Month) -> TrialBalance:
    """The seller's month, account by account."""
    begins, ends = begins_ms(month), ends_ms(month)
    is_now = LedgerEntry.at_ms >= begins
    amount = LedgerLine.amount_vnd
    query = (
        select(
            LedgerLine.account,
            func.sum(case((LedgerEntry.at_ms < begins, amount), else_=0)),
            func.sum(case((is_now & (amount > 0), amount), else_=0)),
            func.sum(case((is_now & (amount < 0), -amount), else_=0)),
        )
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerLine.seller_id == seller_id, LedgerEntry.at_ms < ends)
        .group_by(LedgerLine.account)
    )
    names = Names(session, seller_id)
    rows = [
        Row(names.of(account), int(opening), int(debit), int(credit))
        for account, opening, debit, credit in session.execute(query)
    ]
    left = [row for row in rows if row.opening_vnd or row.debit_vnd or row.credit_vnd]
    left.sort(key=lambda row: (row.named.number, row.named.account))
    return TrialBalance(month, tuple(left), _entries(session, seller_id, begins, ends))


def _entries(session: Session, seller_id: str, begins: int, ends: int) -> int:
    query = select(func.count()).where(
        LedgerEntry.seller_id == seller_id, LedgerEntry.at_ms >= begins, LedgerEntry.at_ms < ends
    )
    return session.scalar(query) or 0


def _sides(amounts: list[int]) -> tuple[int, int]:
    return sum(vnd for vnd in amounts if vnd > 0), -sum(vnd for vnd in amounts if vnd < 0)
