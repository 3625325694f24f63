"""Refunds of what only cards paid go back to the card: begun by `refunds`, made by Stripe, ended by its word.

A payment that was filled by other money too goes back by bank, to an account its buyer names; so does what
Stripe once said a final no to. Refuses to call a refund proved before Stripe said so of every charge it is
taken of: what of it went counts, the rest is owed again.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import clock, outbox
from payments import settle
from payments.cards import made_there, refunding
from payments.cards.card_events import CardRefundEnded
from payments.cards.card_states import FAILED, REFUND_OPEN, SUCCEEDED
from payments.cards.models import CardLine, CardRefund
from payments.events import RefundCut, RefundProved
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.posting import post
from payments.models import MatchedPart, Payment
from payments.refunds import beginning
from payments.refunds.models import Refund
from payments.refunds.rules import CARD, PROVED, REFUND, RETURNED, Source
from payments.states import Account

_OURS = "refund:"
_WENT_BEFORE = "charge_already_refunded"
"""Stripe's no to what was given back there meanwhile: the card itself takes money all the same."""


class CardWay:
    """How `refunds` has money go back to a card."""

    def start(self, session: Session, refund_id: str) -> None:
        """Have Stripe asked after this commit; raises RefundTooMuch where cards brought less."""
        row = session.get_one(Refund, refund_id)
        payment = session.get_one(Payment, row.payment_id)
        refunding.ask(session, payment.reference, row.amount_vnd, f"{_OURS}{row.id}")


def offer() -> None:
    """Let refunds of payments that cards alone filled go this way."""
    beginning.goes_by(CARD, takes, CardWay())


def takes(session: Session, payment_id: str) -> bool:
    """Whether all that came for a payment came from cards, and none of them said no for good."""
    of_it = MatchedPart.payment_id == payment_id
    by_card, else_ = (
        exists().where(of_it, condition)
        for condition in (MatchedPart.card_line_id.is_not(None), MatchedPart.card_line_id.is_(None))
    )
    refused = exists().where(
        CardRefund.line_id == CardLine.id,
        CardLine.payment_id == payment_id,
        CardRefund.state == FAILED,
        CardRefund.trouble != _WENT_BEFORE,
        CardRefund.key.startswith(_OURS),
    )
    return bool(session.scalar(select(by_card & ~else_ & ~refused)))


def ended(session: Session, event: CardRefundEnded) -> None:
    """Close the refund Stripe made, or owe it again; one made there by hand is taken as far as it fits."""
    payment = settle.locked_of(session, event.reference)
    row = _of_key(session, event.key)
    if row is None:
        _book(session, event, chart.OUTGOING)
    else:
        _close(session, payment, row)
        is_paid = row.source == Source.PAID
        _book(session, event, chart.OF_PART[Account.REFUNDED if is_paid else Account.EXTRA_BACK])
    settle.work_out_again(session, payment)
    if made_there.take(session, payment):
        settle.work_out_again(session, payment)


def _of_key(session: Session, key: str) -> Refund | None:
    """Our refund Stripe was asked for under `key`, as it stands now."""
    if not key.startswith(_OURS):
        return None
    return session.get(Refund, key.removeprefix(_OURS), populate_existing=True)


def _close(session: Session, payment: Payment, row: Refund) -> None:
    """Let the refund be what went of its parts, once none of them is open; nothing went: it is owed again."""
    parts = refunding.parts(session, row.seller_id, f"{_OURS}{row.id}")
    if any(part.state in REFUND_OPEN for part in parts):
        return
    went_vnd = sum(part.amount_vnd for part in parts if part.state == SUCCEEDED)
    if went_vnd:
        _cut(session, payment, row, went_vnd)
        if REFUND.allows(row.state, PROVED):
            row.state, row.proved_ms = REFUND.move(row.state, PROVED), clock.now_ms()
            session.flush()
            outbox.publish(session, RefundProved(payment.reference, row.id))
    elif REFUND.allows(row.state, RETURNED):
        made_there.came_back(session, payment, row)


def _cut(session: Session, payment: Payment, row: Refund, went_vnd: int) -> None:
    """Make the refund one of what went; what did not stays owed, also where staff gave it."""
    less_vnd = row.amount_vnd - went_vnd
    if not less_vnd:
        return
    payment.back_vnd -= less_vnd
    payment.proved_vnd = min(payment.proved_vnd, payment.back_vnd)
    row.amount_vnd, row.cut_vnd = went_vnd, row.cut_vnd + less_vnd
    row.granted_vnd = min(row.granted_vnd, went_vnd)
    session.flush()
    outbox.publish(session, RefundCut(payment.reference, row.id, less_vnd, row.cut_vnd))


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
