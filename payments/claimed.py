"""What it means that a refund or a payout takes a line of the bank, and which lines nobody took yet.

Why here: refunds and payouts say it, `placing` and the roads of bank lines ask it. Refuses to place a đồng.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from payments.bank.matching import Unmatched
from payments.bank.models import LineTelling
from payments.bank.references import essence_of
from payments.models import BankLine, MatchedPart
from payments.states import Account

_LEFT_BY_THE_MACHINE = ("", *(why.value for why in Unmatched))


@dataclass(frozen=True)
class Claimed:
    """A line was taken: all its đồng stand as `account`.

    `payment_id`: whose refund it was, to be worked out again. `sums`: lines of these đồng may fit now.
    """

    account: Account
    sums: frozenset[int]
    payment_id: str | None = None


def waits(session: Session, line_id: str) -> bool:
    """Whether a line stands whole without a payment, as the machine left it: no person placed it."""
    return session.scalars(_waiting().where(BankLine.id == line_id)).first() is not None


def waiting(session: Session, seller_id: str, sums: Collection[int]) -> list[BankLine]:
    """The seller's lines of one of these sums that wait so, in the bank's order; locked."""
    query = _waiting().where(BankLine.seller_id == seller_id, BankLine.amount_vnd.in_(sums))
    ids = sorted(session.scalars(query.with_only_columns(BankLine.id)).all())
    locked = select(BankLine).where(BankLine.id.in_(ids)).order_by(BankLine.id).with_for_update()
    rows = session.scalars(locked.execution_options(populate_existing=True)).all()
    return sorted(rows, key=lambda line: (line.at_ms, line.direction == "in", line.reference))


def references(session: Session, line: BankLine) -> frozenset[str]:
    """The references under which any road told of the line, as `references.essence_of`; never empty ones."""
    told = select(LineTelling.reference).where(LineTelling.line_id == line.id)
    found = {essence_of(one) for one in (line.reference, *session.scalars(told))}
    return frozenset(found - {""})


def _waiting() -> Select[BankLine]:
    other = aliased(MatchedPart)
    return (
        select(BankLine)
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .where(MatchedPart.account.in_([Account.OUTGOING, Account.UNKNOWN_CODE]))
        .where(MatchedPart.payment_id.is_(None), MatchedPart.note.in_(_LEFT_BY_THE_MACHINE))
        .where(~exists().where(other.bank_line_id == BankLine.id, other.id != MatchedPart.id))
    )
