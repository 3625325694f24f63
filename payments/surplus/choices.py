"""What buyers chose about money on top, for those who read of it. Refuses to change anything."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from payments.models import Payment
from payments.surplus.models import SurplusChoice
from payments.surplus.surplus_errors import BuyerChose


@dataclass(frozen=True)
class ChoiceFacts:
    """`amount_vnd` of what came on top of `reference`: its `kind` (`SurplusChoice`), when (UTC ms), where to.

    `to_reference` and `to_code` are the other payment's, "" where it went to none.
    """

    kind: str
    reference: str
    amount_vnd: int
    at_ms: int
    to_reference: str
    to_code: str


def of_references(session: Session, references: Collection[str]) -> tuple[ChoiceFacts, ...]:
    """What was chosen about these payments, also about credit kept of them, the oldest first."""
    target = aliased(Payment)
    query = (
        select(
            SurplusChoice.kind,
            Payment.reference,
            func.sum(SurplusChoice.amount_vnd),
            SurplusChoice.at_ms,
            func.coalesce(target.reference, ""),
            func.coalesce(target.code, ""),
        )
        .join(Payment, Payment.id == SurplusChoice.payment_id)
        .outerjoin(target, target.id == SurplusChoice.to_payment_id)
        .where(Payment.reference.in_(references))
        .group_by(
            SurplusChoice.kind,
            Payment.reference,
            SurplusChoice.at_ms,
            target.reference,
            target.code,
        )
        .order_by(SurplusChoice.at_ms, SurplusChoice.kind)
    )
    return tuple(
        ChoiceFacts(kind, of, int(vnd), at, to, code)
        for kind, of, vnd, at, to, code in session.execute(query)
    )


def check_none(session: Session, line_id: str) -> None:
    """Do nothing if no buyer said where money of the line goes. Raises BuyerChose."""
    query = select(SurplusChoice.id).where(SurplusChoice.bank_line_id == line_id)
    if session.scalars(query.limit(1)).first() is not None:
        raise BuyerChose()
