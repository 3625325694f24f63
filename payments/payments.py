"""Payments: opened for a sum under a code, read, ended. The money itself comes in through `settle`.

Callers speak of their own opaque `reference`. Refuses to hold anybody's money: the QR pays the seller's
account, chosen and frozen when the payment is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from payments import frozen, settle
from payments.bank import accounts
from payments.bank.accounts import AccountFacts
from payments.errors import AlreadyPaid
from payments.frozen import Frozen, FrozenLine
from payments.models import MatchedPart, Payment
from payments.qr import vietqr
from payments.qr.vietqr import VietQR, purpose_line
from payments.receipts import receipts
from payments.refunds import sums
from payments.states import OPEN, OVERPAID, Account

__all__ = [
    "Frozen",
    "FrozenLine",
    "OpenPayment",
    "PaymentFacts",
    "asked_for",
    "expire",
    "facts",
    "facts_by_code",
    "lower",
    "mark_part_refund_due",
    "mark_refund_due",
    "on_its_way_vnd",
    "open",
    "qr_for",
    "reask",
]


@dataclass(frozen=True)
class OpenPayment:
    """What to ask for: `amount_vnd` (1 to 499,999,999) under an order code, for frozen lines."""

    seller_id: str
    reference: str
    code: str
    amount_vnd: int
    frozen: Frozen


@dataclass(frozen=True)
class PaymentFacts:
    """Where a payment stands. `qr_payload` is for `due_vnd`, None when no money is asked for.

    `surplus_vnd` came on top of what was asked and waits for the buyer's word; `refund_vnd` of what was
    paid goes back, or all of it where `refund_due`, and `granted_vnd` more that staff gave. `owed_vnd` is all
    that goes back, surplus counted in; refunds of `begun_vnd` were begun, `proved_vnd` of them by the bank.
    """

    id: str
    code: str
    state: str
    amount_vnd: int
    paid_vnd: int
    due_vnd: int
    surplus_vnd: int
    qr_payload: str | None
    bank_name: str
    account_number: str
    account_holder: str
    purpose: str
    settled_ms: int | None
    receipt_id: str | None
    refund_due: bool
    refund_vnd: int
    granted_vnd: int = 0
    owed_vnd: int = 0
    begun_vnd: int = 0
    proved_vnd: int = 0


def open(session: Session, payment: OpenPayment) -> str:
    """Ask for a sum; returns the payment's id.

    Preconditions: `code` is an order code and, like `reference`, new for ever; the frozen lines and
    fee add up to the sum (ValueError if not: a receipt could not be true).

    Raises:
        NoReceivingAccount: the seller has no account.
        BadAmount: the sum is zero, negative or more than one transfer may carry.
    """
    check_vnd(payment.amount_vnd, least=1)
    if payment.frozen.total_vnd != payment.amount_vnd:
        raise ValueError("lines and fee do not add up to the sum asked for")
    purpose_line(payment.code)
    row = Payment(
        id=new_id(),
        seller_id=payment.seller_id,
        account_id=accounts.receiving(session, payment.seller_id).id,
        reference=payment.reference,
        code=payment.code,
        amount_vnd=payment.amount_vnd,
        frozen=frozen.dumps(payment.frozen),
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def facts(session: Session, reference: str) -> PaymentFacts:
    """Where the payment of `reference` stands.

    Raises:
        NotFound: none was opened for it.
    """
    return _facts(session, _find(session, reference))


def qr_for(session: Session, reference: str, amount_vnd: int) -> str:
    """The VietQR text that asks for `amount_vnd` đồng of what is still owed, under the same code.

    Precondition: 0 < `amount_vnd`, and not more than is owed. Raises NotFound.
    """
    row = _find(session, reference)
    return _qr_payload(accounts.facts(session, row.account_id), amount_vnd, row.code)


def facts_by_code(session: Session, code: str) -> PaymentFacts:
    """Where the payment with that order code stands (for operators).

    Raises:
        NotFound: no payment has that code.
    """
    return _facts(session, _one(session.scalars(select(Payment).where(Payment.code == code)).all()))


def expire(session: Session, reference: str) -> None:
    """Stop asking; what came so far is due back. A settled payment stays as it is.

    Money that still comes is taken in: a filled sum settles the payment late. Raises NotFound.
    """
    payment = settle.locked(session, _find(session, reference).id)
    if payment.state in OPEN:
        payment.expired_ms = clock.now_ms()
        settle.work_out_again(session, payment)


def mark_refund_due(session: Session, reference: str, reason: str) -> None:
    """Owe the buyer all that was paid: goods are gone, or the order was cancelled.

    `reason` is a short word of the caller's, the first one given stays. The receipt stands: the
    money did come. Idempotent. Raises NotFound.
    """
    payment = settle.locked(session, _find(session, reference).id)
    if payment.refund_reason is None:
        payment.refund_reason = reason[:40]
        settle.work_out_again(session, payment)


def lower(session: Session, reference: str, lines: tuple[FrozenLine, ...]) -> None:
    """Ask for less: `lines` take the place of those frozen, fee and buyer stay; the code stays too.

    What came already counts; if it fills the smaller sum, the payment is settled and what it brings
    beyond is surplus.

    Raises:
        AlreadyPaid: the whole sum came; its receipt stands, see `mark_part_refund_due`.
        BadAmount: nothing would be left to ask for. NotFound: none was opened for `reference`.
    """
    payment = settle.locked(session, _find(session, reference).id)
    if payment.settled_ms is not None:
        raise AlreadyPaid()
    smaller = replace(frozen.loads(payment.frozen), lines=lines)
    payment.amount_vnd = check_vnd(smaller.total_vnd, least=1, most=payment.amount_vnd)
    payment.frozen = frozen.dumps(smaller)
    settle.work_out_again(session, payment)


def asked_for(session: Session, reference: str) -> Frozen:
    """What the payment of `reference` asks for, line by line. Raises NotFound."""
    return frozen.loads(_find(session, reference).frozen)


def reask(session: Session, reference: str, wanted: Frozen) -> None:
    """Ask for `wanted` instead, be it more or less, under the same code; a picture of the old sum that is
    paid fills a part of it. What came already counts, as in `lower`.

    Raises:
        AlreadyPaid: the whole sum came; its receipt stands. NotFound: none was opened for `reference`.
        BadAmount: the new sum is nothing, or more than one transfer may carry.
    """
    payment = settle.locked(session, _find(session, reference).id)
    if payment.settled_ms is not None:
        raise AlreadyPaid()
    payment.amount_vnd = check_vnd(wanted.total_vnd, least=1)
    payment.frozen = frozen.dumps(wanted)
    settle.work_out_again(session, payment)


def mark_part_refund_due(session: Session, reference: str, refund_vnd: int) -> None:
    """Owe the buyer `refund_vnd` đồng, in all, of what was paid; the rest and the receipt stand.

    Idempotent: the sum is the whole of what goes back, not one more, and what staff gave besides is not in
    it. What is on its way back stays owed. Raises NotFound; BadAmount if it is more than was asked for.
    """
    payment = settle.locked(session, _find(session, reference).id)
    most_vnd = payment.amount_vnd - payment.granted_vnd
    payment.refund_vnd = max(
        check_vnd(refund_vnd, least=0, most=most_vnd), _begun_vnd(session, payment)
    )
    settle.work_out_again(session, payment)


def on_its_way_vnd(session: Session, reference: str, besides_vnd: int = 0) -> int:
    """How many đồng of the sum paid were begun to go back, beyond `besides_vnd` and what staff gave.

    Raises NotFound.
    """
    return max(0, _begun_vnd(session, _find(session, reference)) - besides_vnd)


def _begun_vnd(session: Session, payment: Payment) -> int:
    """What of the sum paid was begun to go back, beyond what staff gave: no less can be owed."""
    return max(0, sums.gone(session, payment.id).paid_vnd - payment.granted_vnd)


def _find(session: Session, reference: str) -> Payment:
    query = select(Payment).where(Payment.reference == reference)
    return _one(session.scalars(query).all())


def _one(rows: Sequence[Payment]) -> Payment:
    if not rows:
        raise NotFound()
    return rows[0]


def _facts(session: Session, row: Payment) -> PaymentFacts:
    account = accounts.facts(session, row.account_id)
    due_vnd = row.amount_vnd - row.paid_vnd
    return PaymentFacts(
        id=row.id,
        code=row.code,
        state=row.state,
        amount_vnd=row.amount_vnd,
        paid_vnd=row.paid_vnd,
        due_vnd=due_vnd,
        surplus_vnd=_surplus_vnd(session, row.id),
        qr_payload=_qr_payload(account, due_vnd, row.code) if row.state in OPEN else None,
        bank_name=account.bank_name,
        account_number=account.number,
        account_holder=account.holder_name,
        purpose=purpose_line(row.code),
        settled_ms=row.settled_ms,
        receipt_id=receipts.id_of(session, row.id),
        refund_vnd=row.refund_vnd,
        refund_due=row.refund_reason is not None or (row.state == "expired" and row.paid_vnd > 0),
        granted_vnd=row.granted_vnd,
        owed_vnd=row.owed_vnd,
        begun_vnd=row.back_vnd,
        proved_vnd=row.proved_vnd,
    )


def _surplus_vnd(session: Session, payment_id: str) -> int:
    query = select(MatchedPart.amount_vnd).where(
        MatchedPart.payment_id == payment_id,
        MatchedPart.account.in_(OVERPAID - {Account.EXTRA_BACK}),
    )
    return sum(session.scalars(query))


def _qr_payload(account: AccountFacts, due_vnd: int, code: str) -> str:
    return vietqr.write(VietQR(account.bin, account.number, due_vnd, purpose_line(code)))
