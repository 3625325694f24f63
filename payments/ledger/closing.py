"""A person closes a month: what is dated in it stays for ever as it is. There is no way back.

Refuses a month that is not over, and one that is closed. It holds the chain's end and a digest of the
balances, so that whoever kept its paper can tell years later whether the books are the same.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from payments.ledger.entries import digest_of
from payments.ledger.errors import MonthClosed, MonthNotOver
from payments.ledger.models import LedgerClosing
from payments.ledger.months import Month, month_of
from payments.ledger.posting import balances, locked_series, open_from_ms


@dataclass(frozen=True)
class Closing:
    """Everything until the end of `month` was closed by `actor` at `at_ms` (UTC ms), with so many entries."""

    month: Month
    actor: str
    at_ms: int
    last_number: int
    digest: str


def close(session: Session, seller_id: str, month: Month, actor: str) -> None:
    """Close `month`, and with it all before it.

    Raises:
        MonthNotOver: it still lasts, or is to come. MonthClosed: it was closed already.
    """
    until_ms = ends_ms(month)
    if until_ms > clock.now_ms():
        raise MonthNotOver()
    series = locked_series(session, seller_id)
    if until_ms <= open_from_ms(session, seller_id):
        raise MonthClosed()
    session.add(
        LedgerClosing(
            seller_id=seller_id,
            until_ms=until_ms,
            actor=actor,
            at_ms=clock.now_ms(),
            last_number=series.last_number,
            last_hash=series.last_hash,
            digest=digest_of(balances(session, seller_id, until_ms)),
        )
    )
    session.flush()


def closing_of(session: Session, seller_id: str, month: Month) -> Closing | None:
    """The closing that covers `month`, or None while it is open."""
    query = (
        select(LedgerClosing)
        .where(LedgerClosing.seller_id == seller_id, LedgerClosing.until_ms >= ends_ms(month))
        .order_by(LedgerClosing.until_ms)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    last = month_of(clock.day_of(row.until_ms - 1))
    return Closing(last, row.actor, row.at_ms, row.last_number, row.digest)


def begins_ms(month: Month) -> int:
    """When the month begins in Vietnam (UTC ms)."""
    return clock.midnight_ms(month.first)


def ends_ms(month: Month) -> int:
    """The first moment (UTC ms) that is not in the month any more."""
    return clock.midnight_ms(month.after().first)
