"""Stripe is asked: outside of every transaction, between the commit of a row and that of the answer.

Never raises for what Stripe does: a silence is an answer too, and leaves what was asked unknown (P6).
"""

from contextlib import suppress

from payments.cards.attempts import DECLINED, NOT_CONNECTED, SILENT, Answer, Question
from payments.cards.card_payouts import PayoutAnswer, PayoutQuestion
from payments.cards.card_provider import (
    CardProvider,
    CardRefuses,
    CardSilent,
    PayoutSeen,
    Seen,
)
from payments.cards.card_states import OPEN
from payments.cards.refunding import RefundAnswer, RefundQuestion


class _State:
    provider: CardProvider | None = None


def use(provider: CardProvider) -> None:
    """Ask `provider` from now on."""
    _State.provider = provider


def answered(question: Question) -> Answer:
    """What Stripe says to `question`; takes seconds."""
    asked_ms = question.ask_ms
    if question.key is None:
        return Answer(asked_ms, trouble=NOT_CONNECTED)
    is_known = bool(question.ids.session_id or question.ids.intent_id)
    if not is_known and question.is_over:
        return Answer(asked_ms, trouble=SILENT, over=True)
    try:
        return Answer(asked_ms, seen=_seen(question, question.key))
    except CardSilent as silence:
        return Answer(asked_ms, trouble=SILENT, retry_ms=silence.retry_ms)
    except CardRefuses as no:
        trouble = DECLINED + no.code if no.declined else no.code
        return Answer(asked_ms, trouble=trouble[:40], final=not is_known)


def _seen(question: Question, key: str) -> Seen:
    asked, ids = provider(), question.ids
    if not (ids.session_id or ids.intent_id):
        seen = asked.create(key, question.attempt)
    else:
        seen = asked.look(key, ids)
    if not (question.off and seen.state == OPEN):
        return seen
    with suppress(CardRefuses):  # it was charged, or ended, a moment before: the look tells which
        asked.call_off(key, seen.ids)
    return asked.look(key, seen.ids)


def refunded(question: RefundQuestion) -> RefundAnswer:
    """What Stripe says to a refund asked for, or asked after; takes seconds."""
    if question.key is None:
        return RefundAnswer(question.ask_ms, trouble=NOT_CONNECTED)
    wanted = question.intent_id, question.refund_id, question.amount_vnd
    try:
        return RefundAnswer(question.ask_ms, seen=provider().refund(question.key, *wanted))
    except CardSilent as silence:
        return RefundAnswer(question.ask_ms, trouble=SILENT, retry_ms=silence.retry_ms)
    except CardRefuses as no:
        return RefundAnswer(question.ask_ms, trouble=no.code, final=True)


def paid_out(question: PayoutQuestion) -> PayoutAnswer:
    """What Stripe says of one payout, with all it is made of; takes seconds."""
    if question.key is None:
        return PayoutAnswer(question.ask_ms)
    with suppress(CardSilent, CardRefuses):
        seen = provider().payout(question.key, question.payout_id)
        return PayoutAnswer(question.ask_ms, seen)
    return PayoutAnswer(question.ask_ms)


def payouts(question: PayoutQuestion) -> tuple[PayoutSeen, ...]:
    """What Stripe paid out lately; nothing where it is silent: it is asked again by the clock."""
    with suppress(CardSilent, CardRefuses):
        if question.key is not None:
            return provider().payouts(question.key, question.since_ms)
    return ()


def provider() -> CardProvider:
    """Who is asked."""
    assert _State.provider is not None, "payments.cards.wiring names one at start"
    return _State.provider
