"""P6: Stripe falls silent before, during or after; no card is charged twice, and every attempt ends."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.ids import new_id
from core.outbox import OutboxRow
from payments.cards import attempts
from payments.cards.card_states import LIVE, MOST_TRIES
from payments.cards.models import CardAttempt, CardLine
from payments.models import Payment
from payments.providers.stripe_sdk import StripeCards
from tests.factories.cards import ask, begin, facts, open_page, problems, rounds
from tests.factories.payments import Till, open_payment
from tests.support.fake_stripe import FakeStripe

SILENCES = ("before", "during", "after")


def state(session: Session, attempt_id: str) -> str:
    return session.get_one(CardAttempt, attempt_id).state


def facts_of_all(session: Session) -> list[str]:
    return list(session.scalars(select(Payment.state)))


@pytest.mark.parametrize("silence", SILENCES)
def test_p6_a_silence_leaves_it_unknown_and_asking_again_is_the_same_attempt(
    session: Session, till: Till, stripe: FakeStripe, silence: str
) -> None:
    attempt_id = begin(session, open_payment(session, till))
    stripe.troubles.append(silence)
    ask(session, attempt_id)
    assert (state(session, attempt_id), facts_of_all(session)) == ("unknown", ["expected"])
    ask(session, attempt_id)
    assert (state(session, attempt_id), len(stripe.sessions)) == ("open", 1)


def test_with_another_key_each_time_it_would_be_two_pages_to_pay_on(
    session: Session, till: Till, stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    create = StripeCards.create
    monkeypatch.setattr(
        StripeCards,
        "create",
        lambda cards, key, wanted: create(cards, key, replace(wanted, id=new_id())),
    )
    attempt_id = begin(session, open_payment(session, till))
    stripe.troubles.append("after")
    ask(session, attempt_id)
    ask(session, attempt_id)
    assert len(stripe.sessions) == 2


@pytest.mark.parametrize(
    ("trouble", "pause_ms"), [("409", 15_000), ("429", 20_000), ("500", 15_000)]
)
def test_p6_stripe_in_trouble_is_asked_again_later_and_not_before_it_says(
    session: Session,
    till: Till,
    stripe: FakeStripe,
    time_at: FixedClock,
    trouble: str,
    pause_ms: int,
) -> None:
    attempt_id = begin(session, open_payment(session, till))
    stripe.troubles.append(trouble)
    ask(session, attempt_id)
    row = session.get_one(CardAttempt, attempt_id)
    assert (row.state, row.trouble, row.tries) == ("unknown", "silent", 1)
    assert row.ask_ms == time_at.at_ms + pause_ms
    ask(session, attempt_id)
    assert (row.state, row.tries) == ("open", 0)


def test_p6_stripe_in_trouble_is_not_asked_for_ever_but_when_it_speaks(
    session: Session, till: Till, stripe: FakeStripe, time_at: FixedClock
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.troubles.extend(["500"] * 300)
    before = len(stripe.asked)
    rounds(session, time_at)
    assert (row.state, row.trouble, len(stripe.asked) - before) == ("open", "silent", MOST_TRIES)
    stripe.troubles.clear()
    stripe.pay(row.session_id or "")
    attempts.ask_soon(session, row.id)
    rounds(session, time_at)
    assert (row.state, facts(session, code).state) == ("paid", "settled")


@pytest.mark.parametrize("silence", SILENCES)
@pytest.mark.parametrize("when", ["first asked", "looked at", "called off"])
def test_p6_whenever_stripe_falls_silent_every_attempt_comes_to_one_end(
    session: Session, till: Till, stripe: FakeStripe, time_at: FixedClock, silence: str, when: str
) -> None:
    code = open_payment(session, till)
    attempt_id = begin(session, code)
    stripe.troubles.extend({"first asked": [], "looked at": [""], "called off": ["", ""]}[when])
    stripe.troubles.append(silence)
    rounds(session, time_at)
    assert state(session, attempt_id) not in LIVE
    assert len(stripe.sessions) <= 1  # too late to make a page that lasts half an hour
    assert (facts(session, code).paid_vnd, problems(session)) == (0, [])


def test_news_that_come_while_stripe_is_asked_are_not_lost(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    row = open_page(session, open_payment(session, till))
    asked = attempts.question(session, row.id)
    stripe.pay(row.session_id or "")
    before = attempts.Answer(asked.ask_ms, trouble="silent")
    attempts.ask_soon(session, row.id)
    now_ms = row.ask_ms
    attempts.told(session, row.id, before)
    assert row.ask_ms == now_ms


def test_what_is_due_is_told_to_the_errands(
    session: Session, till: Till, time_at: FixedClock
) -> None:
    attempt_id = begin(session, open_payment(session, till))
    time_at.advance(attempts.LEASE_MS)
    attempts.ask_due(session)
    attempts.ask_due(session)
    query = select(OutboxRow.payload).where(OutboxRow.event == "CardDue")
    assert [attempt_id in payload for payload in session.scalars(query)] == [True]
    assert session.scalar(select(func.count()).select_from(CardLine)) == 0
