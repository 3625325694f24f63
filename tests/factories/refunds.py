"""Refunds for tests: money owed back, the buyer's account, the bank's outgoing lines."""

from sqlalchemy.orm import Session

from payments import payments
from payments.refunds import account_rules, beginning, buyers_account, owed
from payments.refunds.beginning import Asked
from payments.refunds.owed import Owed, RefundFacts
from payments.refunds.rules import Source
from tests.factories.payments import Till, Transfer, open_payment, pay, sepay_body, tell

STAFF, BUYER = "p:staff", "p:buyer"
ACCOUNT = account_rules.read("970436", "0071 000 123456", "Nguyễn Thị Hoa")
PAID_VND = 130_000


def paid(session: Session, till: Till, back_vnd: int = 0, more_vnd: int = 0) -> str:
    """The reference of a payment that came, `more_vnd` too much, of which `back_vnd` goes back."""
    code = open_payment(session, till, PAID_VND)
    pay(session, till, code, PAID_VND + more_vnd)
    if back_vnd:
        payments.mark_part_refund_due(session, f"order:{code}", back_vnd)
    return f"order:{code}"


def begin(
    session: Session,
    till: Till,
    reference: str,
    amount_vnd: int,
    source: Source = Source.PAID,
) -> RefundFacts:
    asked = Asked(till.seller_id, reference, amount_vnd, "cân nhẹ hơn", STAFF, source)
    return owed.refund(session, till.seller_id, beginning.begin(session, asked))


def give_account(session: Session, reference: str) -> None:
    buyers_account.give(session, reference, ACCOUNT, BUYER)


def bank_sends(
    session: Session, till: Till, text: str, amount_vnd: int, direction: str = "out"
) -> None:
    tell(session, till, sepay_body(till, Transfer(text, amount_vnd, direction=direction)))


def now(session: Session, reference: str) -> Owed:
    """What goes back of a payment of which something does."""
    (found,) = owed.of_references(session, [reference])
    return found
