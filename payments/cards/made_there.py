"""Refunds a seller makes on Stripe's own pages become refunds here, as far as they fit what came.

Stripe made them, so nobody can refuse them; but what goes back of a payment never passes what came for it.
So such money stands in suspense when it goes, and is taken from there once there is room: at once, when a
refund of ours for the same money was refused, or when a sum that was still asked for is paid or over.
Refuses to take one twice: a refund here names Stripe's own as its reference.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from payments import settle
from payments.cards.card_states import FAILED, SUCCEEDED
from payments.cards.models import CardLine, CardRefund
from payments.events import PaymentOwesBack, PaymentSettled, RefundProved, RefundReturned
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.posting import post
from payments.models import Payment
from payments.refunds import beginning, sums
from payments.refunds.models import Refund
from payments.refunds.rules import AT_STRIPE, CARD, PROVED, REFUND, RETURNED, Source
from payments.states import OPEN

KEYS = "stripe:"
"""Keys of card refunds begin so that nobody here asked for (`card_lines`)."""


def settled(session: Session, event: PaymentSettled) -> None:
    """Take what was given back at Stripe while the sum was still asked for."""
    _look_again(session, event.reference)


def owes_back(session: Session, event: PaymentOwesBack) -> None:
    """The same once the payment is over, or something else of it goes back no more."""
    _look_again(session, event.reference)


def take(session: Session, payment: Payment) -> bool:
    """Bring the payment's refunds in line with those made at Stripe; whether that changed anything.

    Precondition: the payment's row is locked and worked out; the caller works it out again after a change.
    """
    query = (
        select(CardRefund)
        .join(CardLine, CardLine.id == CardRefund.line_id)
        .where(CardLine.payment_id == payment.id, CardRefund.key.startswith(KEYS))
        .order_by(CardRefund.created_ms, CardRefund.id)
    )
    followed = [_follow(session, payment, row) for row in session.scalars(query).all()]
    return any(followed)


def came_back(session: Session, payment: Payment, row: Refund) -> None:
    """Nothing of the refund went, or all of it came back: it is owed again. Precondition: both are locked."""
    row.state, row.returned_ms = REFUND.move(row.state, RETURNED), clock.now_ms()
    payment.back_vnd -= row.amount_vnd
    payment.proved_vnd = min(payment.proved_vnd, payment.back_vnd)
    session.flush()
    outbox.publish(session, RefundReturned(payment.reference, row.id))


def _look_again(session: Session, reference: str) -> None:
    concerned = (
        select(CardRefund.id)
        .join(CardLine, CardLine.id == CardRefund.line_id)
        .join(Payment, Payment.id == CardLine.payment_id)
        .where(Payment.reference == reference, CardRefund.key.startswith(KEYS))
    )
    if session.scalar(concerned.limit(1)) is None:
        return
    payment = settle.locked_of(session, reference)
    if take(session, payment):
        settle.work_out_again(session, payment)


def _follow(session: Session, payment: Payment, made: CardRefund) -> bool:
    query = select(Refund).where(
        Refund.payment_id == payment.id, Refund.sent_reference == made.key, Refund.state == PROVED
    )
    taken = session.scalars(query).all()
    if made.state == FAILED:
        for row in taken:
            came_back(session, payment, row)
            _book(session, row, f"card-hand:{row.id}-back", -row.amount_vnd)
        return bool(taken)
    if made.state != SUCCEEDED:
        return False
    left_vnd = before_vnd = made.amount_vnd - sum(row.amount_vnd for row in taken)
    for source in _fits(payment):
        left_vnd -= _took(session, payment, made, source, left_vnd)
    return left_vnd < before_vnd


def _fits(payment: Payment) -> tuple[Source, ...]:
    """Of what it may be: of what came on top first; of a sum that is still asked for it cannot be."""
    still_asked = payment.state in OPEN and payment.refund_reason is None
    return (Source.EXTRA,) if still_asked else (Source.EXTRA, Source.PAID)


def _took(
    session: Session, payment: Payment, made: CardRefund, source: Source, left_vnd: int
) -> int:
    """Take of `made`, of which `left_vnd` nobody took, what fits into `source`; how many đồng did."""
    stand = sums.of_payment(session, payment)
    room_vnd = stand.left_vnd(source)
    if source is Source.PAID:
        room_vnd = stand.paid_vnd - stand.begun_paid_vnd
    vnd = min(left_vnd, room_vnd, payment.came_vnd - payment.back_vnd)
    if vnd <= 0:
        return 0
    row = beginning.made_elsewhere(session, payment, source, vnd)
    row.method, row.begun_by, row.sent_reference = CARD, AT_STRIPE, made.key
    session.flush()
    _book(session, row, f"card-hand:{row.id}", vnd)
    outbox.publish(session, RefundProved(payment.reference, row.id))
    return vnd


def _book(session: Session, row: Refund, key: str, amount_vnd: int) -> None:
    """Bring the đồng from suspense to what was owed back, or (below 0) into it again."""
    lines = Line(chart.REFUND_DUE, amount_vnd), Line(chart.OUTGOING, -amount_vnd)
    what = f"Hoàn tiền làm trên Stripe, mã {row.code}"
    post(session, Entry(row.seller_id, key, what, clock.now_ms(), lines))
