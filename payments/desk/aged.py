"""Money that nobody placed for days: a thing that fell off the table must ring somewhere.

An age is counted in whole days of Vietnam: what was heard on a day is old in the same moment. Refuses to
know who is to be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from payments.desk import lines
from payments.desk.desk_rules import DAY_MS, OLD_DAYS, STALE_DAYS, WAITING_IN, WAITING_OUT
from payments.desk.lines import WaitingLine
from payments.models import MatchedPart

_MADE_UP_DAYS = 3


@dataclass(frozen=True)
class Aged:
    """Lines that wait for more than three days, the oldest first; those of the first hundred of each way."""

    lines: tuple[WaitingLine, ...]

    @property
    def oldest_ms(self) -> int:
        """When the oldest was heard, UTC ms; 0 where none waits so long."""
        return self.lines[0].heard_ms if self.lines else 0

    @property
    def sum_vnd(self) -> int:
        """All of them."""
        return sum(one.amount_vnd for one in self.lines)


@dataclass(frozen=True)
class Turned:
    """What a seller heard of on `day` (`date.toordinal`) and nobody placed turned `days` days old."""

    seller_id: str
    day: int
    days: int
    number: int
    amount_vnd: int


def of_seller(session: Session, seller_id: str) -> Aged:
    """What of the seller's money waits for more than three days, in and out."""
    found = [one for one in _waiting(session, seller_id) if _age(one) > OLD_DAYS]
    return Aged(tuple(sorted(found, key=lambda one: (one.heard_ms, one.line_id))))


def turned(session: Session) -> tuple[Turned, ...]:
    """What turned old lately, of all sellers: today, or in the last days, where nobody asked meanwhile."""
    return tuple(one for seller_id in _sellers(session) for one in _turned(session, seller_id))


def _turned(session: Session, seller_id: str) -> Iterator[Turned]:
    sums: dict[tuple[int, int], list[int]] = {}
    for one in _waiting(session, seller_id):
        for days in (OLD_DAYS, STALE_DAYS):
            if days < _age(one) <= days + _MADE_UP_DAYS:
                sums.setdefault((_day(one), days), []).append(one.amount_vnd)
    for (day, days), amounts in sorted(sums.items()):
        yield Turned(seller_id, day, days, len(amounts), sum(amounts))


def _sellers(session: Session) -> list[str]:
    """Those of whom something waits that was heard days ago."""
    before_ms = clock.midnight_ms(clock.today()) - OLD_DAYS * DAY_MS
    query = select(MatchedPart.seller_id).where(
        MatchedPart.account.in_([*WAITING_IN, *WAITING_OUT]), MatchedPart.at_ms < before_ms
    )
    return sorted(session.scalars(query.distinct()))


def _waiting(session: Session, seller_id: str) -> Iterator[WaitingLine]:
    for outgoing in (False, True):
        yield from lines.waiting(session, seller_id, outgoing=outgoing).lines


def _day(line: WaitingLine) -> int:
    return clock.day_of(line.heard_ms).toordinal()


def _age(line: WaitingLine) -> int:
    return clock.today().toordinal() - _day(line)
