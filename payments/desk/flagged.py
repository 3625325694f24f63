"""Money that pays an order though something about it is unusual, for people to look at.

A right code on another account of the seller pays: the money is the seller's all the same. Refuses to judge.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.bank import accounts
from payments.bank.matching import OTHER_ACCOUNT
from payments.models import BankLine, MatchedPart, Payment


@dataclass(frozen=True)
class Flagged:
    """`amount_vnd` đồng of a line came to `account` at `at_ms`; the payment asked for them at `asked`."""

    line_id: str
    amount_vnd: int
    at_ms: int
    account: str
    asked: str


def of_reference(session: Session, reference: str) -> tuple[Flagged, ...]:
    """What came for the payment of `reference` to another account of the seller, the oldest first."""
    query = (
        select(BankLine, Payment.account_id, func.sum(MatchedPart.amount_vnd))
        .join(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .join(Payment, Payment.id == MatchedPart.payment_id)
        .where(Payment.reference == reference, MatchedPart.note.contains(OTHER_ACCOUNT))
        .group_by(BankLine.id, Payment.account_id)
        .order_by(BankLine.at_ms, BankLine.id)
    )
    return tuple(
        Flagged(
            line.id, int(vnd), line.at_ms, _words(session, line.account_id), _words(session, of)
        )
        for line, of, vnd in session.execute(query)
    )


def _words(session: Session, account_id: str) -> str:
    facts = accounts.facts(session, account_id)
    return f"{facts.bank_name} {facts.masked_number}"
