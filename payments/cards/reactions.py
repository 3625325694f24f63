"""What speaks to Stripe after a commit: the errands behind attempts and refunds; and the reading of notices.

Outside of any write; done twice they do no harm, because Stripe knows our key of each.
"""

from sqlalchemy.orm import Session

from core import errands, outbox
from core.db import write
from payments.cards import (
    asking,
    attempts,
    card_payouts,
    made_there,
    notices,
    refund_way,
    refunding,
)
from payments.cards.attempts import Answer
from payments.cards.card_events import (
    CardDue,
    CardNoticeStored,
    CardPayoutDue,
    CardPayoutsDue,
    CardRefundDue,
    CardRefundEnded,
)
from payments.cards.card_payouts import PayoutAnswer
from payments.cards.card_provider import PayoutSeen
from payments.cards.refunding import RefundAnswer
from payments.events import PaymentOwesBack, PaymentSettled

_Due = CardDue | CardRefundDue | CardPayoutDue | CardPayoutsDue


def subscribe() -> None:
    """Read notices; speak to Stripe when something is due."""
    outbox.subscribe(CardNoticeStored, notices.read_stored)
    outbox.subscribe(CardRefundEnded, refund_way.ended)
    outbox.subscribe(PaymentSettled, made_there.settled)
    outbox.subscribe(PaymentOwesBack, made_there.owes_back)
    refund_way.offer()
    errands.on(CardDue, ask, take_in, leave_it)
    errands.on(CardRefundDue, give_back, take_in_refund, leave_it)
    errands.on(CardPayoutDue, ask_payout, take_in_payout, leave_it)
    errands.on(CardPayoutsDue, ask_payouts, take_in_payouts, leave_it)


def ask(event: CardDue) -> Answer:
    """Ask how an attempt stands, for the first time or again."""
    question = write(lambda session: attempts.question(session, event.attempt_id))
    return asking.answered(question)


def take_in(session: Session, event: CardDue, answer: Answer) -> None:
    attempts.told(session, event.attempt_id, answer)


def give_back(event: CardRefundDue) -> RefundAnswer:
    """Ask for a refund, or how it stands."""
    question = write(lambda session: refunding.question(session, event.refund_id))
    return asking.refunded(question)


def take_in_refund(session: Session, event: CardRefundDue, answer: RefundAnswer) -> None:
    refunding.told(session, event.refund_id, answer)


def ask_payout(event: CardPayoutDue) -> PayoutAnswer:
    """Ask about one payout."""
    question = write(lambda session: card_payouts.question(session, event.payout_id))
    return asking.paid_out(question)


def take_in_payout(session: Session, event: CardPayoutDue, answer: PayoutAnswer) -> None:
    card_payouts.told(session, event.payout_id, answer)


def ask_payouts(event: CardPayoutsDue) -> tuple[PayoutSeen, ...]:
    """Ask what an account paid out lately."""
    question = write(lambda session: card_payouts.question_of_account(session, event.account_id))
    return asking.payouts(question)


def take_in_payouts(session: Session, event: CardPayoutsDue, seen: tuple[PayoutSeen, ...]) -> None:
    card_payouts.found(session, event.account_id, seen)


def leave_it(_session: Session, _event: _Due) -> None:
    """Our own fault eight times: the row keeps its time, so the timer asks again."""
