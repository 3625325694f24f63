"""What a card brought, and what of it went back or is disputed: facts, as Stripe tells them whole.

A charge counts like a bank's line (`settle`). Its sum and its time are Stripe's own, so that whatever told
us first, the same charge gives the same line. Refuses sums that are no đồng, and to judge whether it was
right to charge: paid twice is a duplicate, paid late is late, as with every other line.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.ids import new_id
from core.outbox import publish
from payments import settle
from payments.cards import moves
from payments.cards.card_events import CardDisputed, CardRefundEnded
from payments.cards.card_provider import Charge, DisputeSeen, RefundSeen, Seen
from payments.cards.card_states import ASKED, FAILED, REFUND, SUCCEEDED
from payments.cards.models import CardAttempt, CardLine, CardRefund
from payments.models import Payment

VND = "vnd"
PART = "#"
"""Stands in the keys of refunds between the asker's own and the charge of the part."""
OTHER_CURRENCY = "other_currency"


def take_in(session: Session, payment: Payment, attempt: CardAttempt, seen: Seen) -> None:
    """Keep what `seen` (it has a charge) says was charged and given back. Precondition: rows are locked."""
    charge = seen.charge
    assert charge is not None, "the caller saw one"
    if charge.currency != VND or charge.amount <= 0:
        attempt.trouble = OTHER_CURRENCY
        return
    line = _line(session, payment, attempt, charge)
    for refund in sorted(seen.refunds, key=lambda one: (one.at_ms, one.id)):
        take_refund(session, payment.reference, line, refund)
    if seen.dispute is not None:
        _dispute(session, payment, line, seen.dispute)
    moves.of_line(session, line, seen.moves)


def take_refund(session: Session, reference: str, line: CardLine, seen: RefundSeen) -> None:
    """Let a refund become what Stripe says; one we never asked for was made there by hand, and is kept too.

    Precondition: the line is locked.
    """
    row = _known_refund(session, line, seen)
    was, row.provider_id = row.state, seen.id
    row.trouble = seen.why[:40]
    if was != seen.state and REFUND.allows(was, seen.state):
        row.state = seen.state
    if row.state in (SUCCEEDED, FAILED):
        row.ask_ms = None
    session.flush()
    line.back_vnd = min(line.amount_vnd, going_back_vnd(session, line.id))
    if row.state != was and row.state in (SUCCEEDED, FAILED):
        row.ended_ms = clock.now_ms()
        publish(session, ended(row, reference, had_gone=was == SUCCEEDED))


def ended(row: CardRefund, reference: str, *, had_gone: bool = False) -> CardRefundEnded:
    """What is told of a refund that has an end; parts of one asked for have their asker's key."""
    return CardRefundEnded(
        row.seller_id,
        reference,
        row.key.partition(PART)[0],
        row.id,
        row.amount_vnd,
        row.state,
        had_gone,
        row.ended_ms or clock.now_ms(),
    )


def going_back_vnd(session: Session, line_id: str) -> int:
    """The đồng of all refunds of a line that went, or may yet go."""
    query = select(func.coalesce(func.sum(CardRefund.amount_vnd), 0)).where(
        CardRefund.line_id == line_id, CardRefund.state != FAILED
    )
    return int(session.scalar(query) or 0)


def _line(session: Session, payment: Payment, attempt: CardAttempt, charge: Charge) -> CardLine:
    values: dict[str, object] = {
        "id": new_id(),
        "seller_id": attempt.seller_id,
        "account_id": attempt.account_id,
        "payment_id": payment.id,
        "attempt_id": attempt.id,
        "reference": charge.reference,
        "amount_vnd": charge.amount,
        "at_ms": charge.at_ms,
        "received_ms": clock.now_ms(),
        "back_vnd": 0,
        "dispute_state": "",
        "dispute_vnd": 0,
    }
    is_new = insert_new(session, CardLine, values)
    query = select(CardLine).where(
        CardLine.account_id == attempt.account_id, CardLine.reference == charge.reference
    )
    line = session.scalars(query.with_for_update()).one()
    if is_new:
        settle.place_given(session, payment, line)
    return line


def _known_refund(session: Session, line: CardLine, seen: RefundSeen) -> CardRefund:
    own = session.get(CardRefund, seen.own_id) if seen.own_id else None
    if own is not None and own.line_id == line.id:
        return own
    query = select(CardRefund).where(
        CardRefund.line_id == line.id, CardRefund.provider_id == seen.id
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        found = CardRefund(
            id=new_id(),
            seller_id=line.seller_id,
            line_id=line.id,
            key=f"stripe:{seen.id}"[:80],
            amount_vnd=seen.amount,
            state=ASKED,
            provider_id=seen.id,
            created_ms=seen.at_ms,
        )
        session.add(found)
        session.flush()
    return found


def _dispute(session: Session, payment: Payment, line: CardLine, seen: DisputeSeen) -> None:
    is_new = not line.dispute_state
    line.dispute_state, line.dispute_vnd = seen.status[:40], seen.amount
    line.dispute_due_ms = seen.due_ms
    if is_new:
        publish(session, CardDisputed(line.seller_id, payment.reference, seen.amount, line.id))
