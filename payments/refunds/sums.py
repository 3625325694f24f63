"""What was begun and proved of one payment's refunds, summed; the payment's row is locked by the caller."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core import clock
from payments.errors import MoneyGoesBack
from payments.models import MatchedPart, Payment
from payments.refunds.models import Refund
from payments.refunds.rules import GONE, PROVED, Source, Sums
from payments.states import OVERPAID, PAID, Account, Claim, Part


@dataclass(frozen=True)
class Gone:
    """Đồng on their way back, or back, of the sum paid and of what came on top; what the bank proved."""

    paid_vnd: int = 0
    extra_vnd: int = 0
    proved_paid_vnd: int = 0
    proved_vnd: int = 0


def gone(session: Session, payment_id: str) -> Gone:
    """What of the payment went back so far, dropped and returned refunds left out."""
    proved = func.sum(case((Refund.state == PROVED, Refund.amount_vnd), else_=0))
    query = (
        select(Refund.source, func.sum(Refund.amount_vnd), proved)
        .where(Refund.payment_id == payment_id, Refund.state.in_(GONE))
        .group_by(Refund.source)
    )
    of = {source: (int(begun), int(sure)) for source, begun, sure in session.execute(query)}
    paid, extra = of.get(Source.PAID, (0, 0)), of.get(Source.EXTRA, (0, 0))
    return Gone(paid[0], extra[0], paid[1], paid[1] + extra[1])


def of_payment(session: Session, payment: Payment) -> Sums:
    """What is owed back of the payment and what was begun of it."""
    query = (
        select(MatchedPart.account, func.sum(MatchedPart.amount_vnd))
        .where(MatchedPart.payment_id == payment.id)
        .group_by(MatchedPart.account)
    )
    stand = {account: int(vnd) for account, vnd in session.execute(query)}
    begun = gone(session, payment.id)
    return Sums(
        paid_vnd=payment.paid_vnd,
        owed_paid_vnd=sum(
            stand.get(account, 0) for account in (Account.REFUND_DUE, Account.REFUNDED)
        ),
        owed_extra_vnd=sum(stand.get(account, 0) for account in OVERPAID),
        begun_paid_vnd=begun.paid_vnd,
        begun_extra_vnd=begun.extra_vnd,
    )


def note_owed(payment: Payment, parts: Sequence[Part], gone: Gone) -> None:
    """Keep with the payment what came, what of it goes back, what did by the bank's word, since when.

    Raises:
        MoneyGoesBack: less would have come than is on its way back.
    """
    came = [part for part in parts if part.account in PAID | OVERPAID]
    payment.came_vnd = sum(part.amount_vnd for part in came)
    if payment.came_vnd < payment.back_vnd:
        raise MoneyGoesBack()
    owed = [part for part in came if part.account is not Account.PAYMENT]
    payment.owed_vnd = sum(part.amount_vnd for part in owed)
    payment.proved_vnd = gone.proved_vnd
    if payment.owed_vnd <= payment.proved_vnd:
        payment.owed_since_ms = None
    elif payment.owed_since_ms is None:
        payment.owed_since_ms = clock.now_ms()


def check_extra(session: Session, payment: Payment) -> None:
    """Do nothing if what is on top of the payment still covers the refunds begun of it.

    Raises:
        MoneyGoesBack: some of it is on its way back and was about to become another payment's.
    """
    now = of_payment(session, payment)
    if now.owed_extra_vnd < now.begun_extra_vnd:
        raise MoneyGoesBack()


def claim(payment: Payment, gone: Gone) -> Claim:
    """What the payment asks for, with what of it goes back."""
    return Claim(
        payment.amount_vnd,
        expired=payment.expired_ms is not None,
        to_refund=payment.refund_reason is not None,
        refund_vnd=payment.refund_vnd + payment.granted_vnd,
        gone_vnd=gone.paid_vnd if payment.settled_ms is None else 0,
        proved_vnd=gone.proved_paid_vnd,
        proved_extra_vnd=gone.proved_vnd - gone.proved_paid_vnd,
    )
