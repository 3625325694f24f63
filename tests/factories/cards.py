"""Sellers who take cards at a fake Stripe, and what errands do, in a test's own session."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import fsck, outbox, vault
from core.clock import FixedClock
from core.outbox import OutboxRow
from payments import payments
from payments.cards import asking, attempts, card_accounts, card_payouts, refunding
from payments.cards.attempts import Answer, Wanted
from payments.cards.card_accounts import GivenKeys
from payments.cards.card_provider import CHECKOUT, AccountSeen
from payments.cards.models import CardAccount, CardAttempt, CardPayout, CardRefund
from payments.payments import PaymentFacts
from payments.providers.stripe_sdk import StripeCards
from tests.support.fake_stripe import ACCOUNT, KEY, WEBHOOK_SECRET, FakeStripe

BACK_URL = "https://cho.example/orders/CPX7K3M9Q2/card?k=x"


@contextmanager
def spoken_to() -> Iterator[FakeStripe]:
    """A Stripe this process asks; whoever seals secrets has an installation's key already."""
    before = asking._State.provider
    with FakeStripe() as fake:
        asking.use(StripeCards(fake.url, patience_s=0.2))
        yield fake
    asking._State.provider = before


@contextmanager
def sealed() -> Iterator[None]:
    """An installation's key, for tests that have no application."""
    before = vault._State.cipher
    vault.use("one installation's secret key, long enough")
    yield
    vault._State.cipher = before


def connect(session: Session, seller_id: str, webhook_secret: str = WEBHOOK_SECRET) -> None:
    """Have a seller take cards."""
    seen = AccountSeen(ACCOUNT, "SG", may_charge=True, is_test=True)
    card_accounts.connect(session, seller_id, seen, GivenKeys(KEY, webhook_secret), "p:owner")


def payment_id(session: Session, code: str) -> str:
    """The id of the payment with that code."""
    return payments.facts(session, f"order:{code}").id


def begin(session: Session, code: str, amount_vnd: int = 130_000, kind: str = CHECKOUT) -> str:
    """An attempt Stripe has not heard of."""
    return attempts.begin(session, Wanted(payment_id(session, code), kind, amount_vnd, BACK_URL))


def ask(session: Session, attempt_id: str) -> Answer:
    """What the errand does: ask, and take the answer in."""
    answer = asking.answered(attempts.question(session, attempt_id))
    attempts.told(session, attempt_id, answer)
    return answer


def open_page(session: Session, code: str, amount_vnd: int = 130_000) -> CardAttempt:
    """An attempt whose page at Stripe the buyer has."""
    attempt_id = begin(session, code, amount_vnd)
    ask(session, attempt_id)
    return session.get_one(CardAttempt, attempt_id)


def charged(session: Session, stripe: FakeStripe, code: str, amount_vnd: int = 130_000) -> str:
    """The attempt by which a payment was paid, and we know."""
    row = open_page(session, code, amount_vnd)
    stripe.pay(row.session_id or "")
    ask(session, row.id)
    return row.id


def give_back(session: Session) -> None:
    """What errands of refunds do: ask for each that is not over."""
    for refund_id in session.scalars(select(CardRefund.id).where(CardRefund.ask_ms.is_not(None))):
        answer = asking.refunded(refunding.question(session, refund_id))
        refunding.told(session, refund_id, answer)


def pay_out(session: Session, stripe: FakeStripe, *, told: bool = True) -> None:
    """What errands of payouts do, by a notice (`told`) or by the clock: all is asked until nothing is due."""
    account_id = session.scalars(select(CardAccount.id)).one()
    for payout_id in stripe.payouts if told else ():
        card_payouts.heard(session, account_id, payout_id)
    if not told:
        question = card_payouts.question_of_account(session, account_id)
        card_payouts.found(session, account_id, asking.payouts(question))
    for _ in range(3):
        due = select(CardPayout.id).where(CardPayout.ask_ms.is_not(None))
        for payout_id in session.scalars(due).all():
            answer = asking.paid_out(card_payouts.question(session, payout_id))
            card_payouts.told(session, payout_id, answer)
        waiting = select(CardAttempt.id).where(CardAttempt.ask_ms.is_not(None))
        for attempt_id in session.scalars(waiting).all():
            ask(session, attempt_id)


def facts(session: Session, code: str) -> PaymentFacts:
    session.flush()
    return payments.facts(session, f"order:{code}")


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


def rounds(session: Session, time_at: FixedClock, most: int = 200) -> None:
    """The timer's rounds until nothing is due any more."""
    for _ in range(most):
        due = select(func.min(CardAttempt.ask_ms)).where(CardAttempt.ask_ms.is_not(None))
        next_ms = session.scalar(due)
        if next_ms is None:
            return
        time_at.at_ms = max(time_at.at_ms, int(next_ms))
        attempts.ask_due(session)
        for attempt_id in session.scalars(select(CardAttempt.id)).all():
            row = session.get_one(CardAttempt, attempt_id)
            if row.ask_ms is not None and row.ask_ms > time_at.at_ms:
                ask(session, attempt_id)
    raise AssertionError("it never ends")


def charged_twice(session: Session, stripe: FakeStripe, code: str) -> None:
    """A payment of 130.000 đ paid by two cards: 100.000 đ, then 30.000 đ."""
    for amount_vnd in (100_000, 30_000):
        charged(session, stripe, code, amount_vnd)


def hear(session: Session) -> None:
    """What the runner of events does with those that cards listen to, twice over: they are idempotent."""
    for row in session.scalars(select(OutboxRow).where(OutboxRow.state == "waiting")).all():
        if row.subscriber.startswith("payments.cards.") and "notices" not in row.subscriber:
            row.state = "done"
            known = outbox._subscriptions[row.subscriber]
            for _twice in range(2):
                known.handler(session, known.event(**json.loads(row.payload)))
