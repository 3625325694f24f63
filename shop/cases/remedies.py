"""What an outcome does beyond words: money of a paid order is owed back, or a voucher is given out.

Refuses to move money: payments notes what goes back, the seller sends it (the market holds none).
"""

import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from core import clock
from core.codes import ALPHABET
from payments import payments
from shop.cases.case_errors import NothingToRefund
from shop.cases.case_rules import ORDER
from shop.cases.models import Case
from shop.ordering import history
from shop.ordering.order_facts import reference_of
from shop.vouchers import offering
from shop.vouchers.errors import VoucherCodeTaken
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth

_PREFIX, _LETTERS = "BU", 10
"""How the code of a credit begins, and how many letters nobody can guess follow."""
_COUNTS_MS = int(timedelta(days=180).total_seconds()) * 1000


def left_to_refund_vnd(session: Session, kind: str, subject_id: str) -> int:
    """How many đồng of what was paid for the subject are not owed back yet; 0 for what is no order."""
    if kind != ORDER:
        return 0
    paid = payments.facts(session, reference_of(subject_id))
    owed_vnd = paid.refund_vnd + paid.granted_vnd
    return 0 if paid.refund_due else max(0, min(paid.paid_vnd, paid.amount_vnd) - owed_vnd)


def refund(session: Session, case: Case, actor: str, amount_vnd: int) -> None:
    """Owe the buyer `amount_vnd` đồng more of what was paid for the order the case is about.

    The seller's promise for a listing or a show is written down only: no bank money stands behind it.

    Raises:
        NothingToRefund: more than is left of what was paid.
    """
    if case.subject_kind != ORDER:
        return
    order = history.locked(session, case.subject_id)
    left_vnd = left_to_refund_vnd(session, ORDER, order.code)
    if amount_vnd > left_vnd:
        raise NothingToRefund(left_vnd)
    reference = reference_of(order.code)
    owed_vnd = payments.facts(session, reference).refund_vnd
    payments.mark_part_refund_due(session, reference, owed_vnd + amount_vnd)
    case.given_back_vnd += amount_vnd
    history.record(session, order, actor, f"case: -{amount_vnd} đ")


def credit(session: Session, case: Case, actor: str, amount_vnd: int) -> str:
    """Give out a voucher of the seller's for `amount_vnd` đồng off one order, for 180 days; returns its code.

    The code cannot be guessed: whoever complained reads it on the case's page and nobody else is told.

    Raises:
        BadVoucher: it is more than one order can come to.
    """
    now = clock.now_ms()
    while True:
        code = _PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS))
        wanted = NewVoucher(
            code=code,
            worth=Worth(SUM, amount_vnd),
            valid_from_ms=now,
            valid_until_ms=now + _COUNTS_MS,
            title=case.title[:80],
            most_uses=1,
        )
        try:
            offering.offer(session, case.seller_id, wanted, actor)
        except VoucherCodeTaken:
            continue
        return code
