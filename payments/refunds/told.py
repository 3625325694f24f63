"""What is said of a refund to whoever hears of it: sums, and the end of an account, never its number."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.models import Payment
from payments.qr.banks import BANKS
from payments.refunds import buyers_account
from payments.refunds.models import Refund, RefundAccount
from payments.refunds.rules import AT_STRIPE, PROVED


@dataclass(frozen=True)
class RefundTold:
    """A refund as it stands; `account_id` is the account it was sent to, the buyer's newest else, or None.

    `at_stripe`: somebody made it on Stripe's own pages.
    """

    seller_id: str
    payment_code: str
    method: str
    amount_vnd: int
    state: str
    account_id: str | None
    at_stripe: bool = False


@dataclass(frozen=True)
class AccountTold:
    """An account a buyer gave: bank and the number's last four; `actor` is the login that gave it."""

    seller_id: str
    words: str
    actor: str


def refund(session: Session, refund_id: str) -> RefundTold:
    """One refund. Raises NotFound."""
    row = session.get(Refund, refund_id, populate_existing=True)
    if row is None:
        raise NotFound()
    code = session.get_one(Payment, row.payment_id).code
    newest = buyers_account.newest(session, row.payment_id)
    to = row.account_id or (newest.id if newest else None)
    return RefundTold(
        row.seller_id, code, row.method, row.amount_vnd, row.state, to, row.begun_by == AT_STRIPE
    )


def given_vnd(session: Session, payment_id: str) -> int:
    """Đồng of a payment that staff gave back though nobody owed them, and that went by the bank's word."""
    query = select(func.coalesce(func.sum(Refund.granted_vnd), 0)).where(
        Refund.payment_id == payment_id, Refund.state == PROVED
    )
    return int(session.scalar(query) or 0)


def account(session: Session, account_id: str) -> AccountTold:
    """One account that was given. Raises NotFound."""
    row = session.get(RefundAccount, account_id)
    if row is None:
        raise NotFound()
    bank = BANKS[row.bin].short_name if row.bin in BANKS else row.bin
    return AccountTold(row.seller_id, f"{bank} •••• {row.tail}", row.actor)
