"""What one person released alone: a large sum must not pass in slices (`change_rules.needs_second`).

Refuses to forget a list that was cancelled after it was agreed: its file may have been at the bank by then.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from payments.bank import change_rules
from payments.payouts.models import Payout, PayRun


def needs_second(session: Session, seller_id: str, amount_vnd: int, actor: str) -> bool:
    """Whether `amount_vnd` đồng more of the seller need another person than `actor`.

    Precondition: the seller's series is locked, so that two slices at once see each other.
    """
    since_ms = clock.now_ms() - change_rules.ALONE_MS
    lists = select(func.sum(PayRun.total_vnd)).where(
        PayRun.seller_id == seller_id,
        PayRun.made_by == actor,
        PayRun.agreed_by == actor,
        PayRun.agreed_ms > since_ms,
    )
    cash = select(func.sum(Payout.amount_vnd)).where(
        Payout.seller_id == seller_id,
        Payout.method == "cash",
        Payout.actor == actor,
        Payout.paid_ms > since_ms,
    )
    alone_vnd = int(session.scalar(lists) or 0) + int(session.scalar(cash) or 0)
    return change_rules.needs_second(amount_vnd, alone_vnd)
