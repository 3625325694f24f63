"""Refunds of what only cards paid go back to the card: begun by `refunds`, made by Stripe, ended by its word.

A payment that was filled by other money too goes back by bank, to an account its buyer names. Refuses to call
a refund proved before Stripe said so; one the card's bank sent back is owed again.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import clock, outbox
from payments import settle
from payments.cards import refunding
from payments.cards.card_events import CardRefundEnded
from payments.cards.card_states import SUCCEEDED
from payments.events import RefundProved, RefundReturned
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.posting import post
from payments.models import MatchedPart, Payment
from payments.refunds import beginning, proving
from payments.refunds.models import Refund
from payments.refunds.rules import CARD, PROVED, REFUND, RETURNED, Source
from payments.states import Account

_OURS = "refund:"


class CardWay:
    """How `refunds` has money go back to a card."""

    def start(self, session: Session, refund_id: str) -> None:
        """Have Stripe asked after this commit; raises RefundTooMuch where cards brought less."""
        row = session.get_one(Refund, refund_id)
        payment = session.get_one(Payment, row.payment_id)
        refunding.ask(session, payment.reference, row.amount_vnd, f"{_OURS}{row.id}")


def offer() -> None:
    """Let refunds of payments that cards alone filled go this way."""
    beginning.goes_by(CARD, paid_by_card, CardWay())


def paid_by_card(session: Session, payment_id: str) -> bool:
    """Whether all that came for a payment came from cards."""
    of_it = MatchedPart.payment_id == payment_id
    by_card, else_ = (
        exists().where(of_it, condition)
        for condition in (MatchedPart.card_line_id.is_not(None), MatchedPart.card_line_id.is_(None))
    )
    return bool(session.scalar(select(by_card & ~else_)))


def ended(session: Session, event: CardRefundEnded) -> None:
    """Close the refund Stripe made, or owe it again; one made at Stripe by hand is booked as nobody's yet."""
    known = session.get(Refund, event.key.removeprefix(_OURS))
    if known is None or not event.key.startswith(_OURS):
        _book(session, event, chart.OUTGOING)
        return
    payment, row = proving.locked(session, known.id)
    wanted = PROVED if event.state == SUCCEEDED else RETURNED
    if REFUND.allows(row.state, wanted):
        if wanted == PROVED:
            _prove(session, payment, row)
        else:
            _return(session, payment, row)
        settle.work_out_again(session, payment)
    is_paid = row.source == Source.PAID
    _book(session, event, chart.OF_PART[Account.REFUNDED if is_paid else Account.EXTRA_BACK])


def _prove(session: Session, payment: Payment, row: Refund) -> None:
    row.state, row.proved_ms = REFUND.move(row.state, PROVED), clock.now_ms()
    session.flush()
    outbox.publish(session, RefundProved(payment.reference, row.id))


def _return(session: Session, payment: Payment, row: Refund) -> None:
    row.state, row.returned_ms = REFUND.move(row.state, RETURNED), clock.now_ms()
    payment.back_vnd -= row.amount_vnd
    payment.proved_vnd = min(payment.proved_vnd, payment.back_vnd)
    session.flush()
    outbox.publish(session, RefundReturned(payment.reference, row.id))


def _book(session: Session, event: CardRefundEnded, account: str) -> None:
    """Book what left the card's clearing account, once; what failed after it had gone comes back."""
    key = f"card-refund:{event.refund_id}"
    lines = Line(account, event.amount_vnd), Line(chart.CARD_CLEARING, -event.amount_vnd)
    if event.state == SUCCEEDED:
        what = "Hoàn tiền về thẻ"
        post(session, Entry(event.seller_id, key, what, event.at_ms, lines))
    elif event.had_gone:
        back = tuple(Line(one.account, -one.amount_vnd) for one in lines)
        what = "Ngân hàng của thẻ gửi trả lại tiền hoàn"
        post(session, Entry(event.seller_id, f"{key}-back", what, event.at_ms, back))
