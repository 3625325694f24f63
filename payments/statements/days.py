"""An account day by day against the bank's own balances (`day_rules`), from what every road told.

Within a day the lines stand as the road has them that told the most balances; what it did not tell comes
by its time. Refuses to compare a day of which nobody told a balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from payments.bank import attested
from payments.bank.models import LineTelling
from payments.models import BankAccount, BankLine
from payments.statements import day_rules
from payments.statements.day_rules import Day, DayLine, State

SHOWN_DAYS = 62
_ALARM_DAYS = 31
_WARM_UP_DAYS = 31


@dataclass(frozen=True)
class Suspect:
    """The line at which a day breaks: its text, đồng with a sign, and how much the bank has more than we."""

    content: str
    change_vnd: int
    missing_vnd: int


@dataclass(frozen=True)
class Compared:
    """A day of an account, and the lines at which it does not add up."""

    on: date
    facts: Day
    suspects: tuple[Suspect, ...]


def of_account(session: Session, account_id: str, last_days: int) -> tuple[Compared, ...]:
    """The days with lines among the last ones, the newest first."""
    since = clock.today().toordinal() - last_days
    found = day_rules.days(_lines(session, account_id, since - _WARM_UP_DAYS))
    shown = [one for one in reversed(found) if one.day > since]
    ids = [broken.line_id for one in shown for broken in one.breaks]
    query = select(BankLine).where(BankLine.id.in_(ids))
    lines = {line.id: line for line in session.scalars(query)}
    return tuple(
        Compared(
            date.fromordinal(one.day),
            one,
            tuple(_suspect(lines[at.line_id], at.missing_vnd) for at in one.breaks),
        )
        for one in shown
    )


def broken_days(session: Session, seller_id: str) -> int:
    """How many days of the last month do not add up, on all accounts of a seller."""
    accounts = session.scalars(select(BankAccount.id).where(BankAccount.seller_id == seller_id))
    return sum(
        one.facts.state is State.BROKEN
        for account_id in accounts
        for one in of_account(session, account_id, _ALARM_DAYS)
    )


def _lines(session: Session, account_id: str, since: int) -> list[DayLine]:
    query = (
        select(LineTelling)
        .where(LineTelling.account_id == account_id, LineTelling.line_day >= since)
        .where(LineTelling.line_id.not_in(attested.taken_back_lines()))
        .order_by(LineTelling.line_day, LineTelling.at_ms, LineTelling.told_ms, LineTelling.place)
    )
    by_day = groupby(session.scalars(query), key=lambda row: row.line_day)
    return [line for _, rows in by_day for line in _in_order(tuple(rows))]


def _in_order(rows: Sequence[LineTelling]) -> list[DayLine]:
    """The lines of one day, each once."""
    roads = sorted({row.road for row in rows})
    leading = max(roads, key=lambda road: sum(_tells(row, road) for row in rows))
    kept: dict[str | None, LineTelling] = {}
    for row in sorted(rows, key=lambda one: one.road != leading):
        kept.setdefault(row.line_id, row)
    timed = all(row.has_time for row in kept.values())
    ordered = kept.values() if not timed else sorted(kept.values(), key=lambda one: one.at_ms)
    return [_day_line(row) for row in ordered]


def _tells(row: LineTelling, road: str) -> bool:
    return row.road == road and row.balance_vnd is not None


def _day_line(row: LineTelling) -> DayLine:
    change_vnd = row.amount_vnd if row.direction == "in" else -row.amount_vnd
    return DayLine(str(row.line_id), row.line_day, change_vnd, row.balance_vnd)


def _suspect(line: BankLine, missing_vnd: int) -> Suspect:
    change_vnd = line.amount_vnd if line.direction == "in" else -line.amount_vnd
    return Suspect(line.content, change_vnd, missing_vnd)
