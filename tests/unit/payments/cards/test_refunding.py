"""Money goes back to the card that paid: once for each key, never more than came, and its end is told."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from core.money import BadAmount
from payments.cards import attempts, card_lines, refunding
from payments.cards.card_errors import RefundTooMuch
from payments.cards.card_events import CardDisputed
from payments.cards.models import CardAttempt, CardLine, CardRefund
from tests.factories.cards import ask, charged, give_back, problems
from tests.factories.payments import Till, open_payment
from tests.support.fake_stripe import FakeStripe


@pytest.fixture
def paid(session: Session, till: Till, stripe: FakeStripe) -> str:
    """The reference of a payment a card paid: 130.000 đ."""
    code = open_payment(session, till)
    charged(session, stripe, code)
    return f"order:{code}"


def refund(session: Session, till: Till, key: str = "r1") -> refunding.RefundFacts:
    return refunding.facts(session, till.seller_id, key)


def test_a_part_and_then_the_rest_go_back_and_no_more(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    for key, amount_vnd in (("r1", 30_000), ("r2", 100_000), ("r1", 30_000)):
        refunding.ask(session, paid, amount_vnd, key)
        give_back(session)
    assert [one["amount"] for one in stripe.refunds.values()] == [30_000, 100_000]
    assert (refund(session, till).state, refund(session, till, "r2").state) == ("succeeded",) * 2
    with pytest.raises(RefundTooMuch):
        refunding.ask(session, paid, 1, "r3")
    assert (refunding.left_vnd(session, paid), problems(session)) == (0, [])


def test_what_is_asked_for_and_not_done_yet_counts_already(session: Session, paid: str) -> None:
    refunding.ask(session, paid, 100_000, "r1")
    with pytest.raises(RefundTooMuch) as refused:
        refunding.ask(session, paid, 30_001, "r2")
    assert refused.value.data["left_vnd"] == 30_000


def test_nothing_cannot_go_back_and_strangers_have_no_refund(
    session: Session, till: Till, paid: str
) -> None:
    with pytest.raises(BadAmount):
        refunding.ask(session, paid, 0, "r1")
    with pytest.raises(NotFound):
        refund(session, till, "never asked")


@pytest.mark.parametrize("silence", ["before", "during", "after"])
@pytest.mark.parametrize("place", [0, 1])
def test_p6_a_silence_never_gives_back_twice(
    session: Session, till: Till, paid: str, stripe: FakeStripe, silence: str, place: int
) -> None:
    refunding.ask(session, paid, 50_000, "r1")
    stripe.troubles.extend([""] * place + [silence])
    give_back(session)
    assert refund(session, till).state == "unknown"
    give_back(session)
    assert (refund(session, till).state, len(stripe.refunds)) == ("succeeded", 1)
    assert problems(session) == []


def test_a_refund_on_its_way_is_asked_after_until_it_ends(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    stripe.refunds_are = "pending"
    refunding.ask(session, paid, 50_000, "r1")
    give_back(session)
    assert refund(session, till).state == "pending"
    next(iter(stripe.refunds.values()))["status"] = "succeeded"
    give_back(session)
    assert (refund(session, till).state, len(stripe.refunds)) == ("succeeded", 1)


def test_a_refund_that_came_back_frees_its_sum_and_says_so(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    refunding.ask(session, paid, 130_000, "r1")
    give_back(session)
    next(iter(stripe.refunds.values())).update(
        status="failed", failure_reason="lost_or_stolen_card"
    )
    ask(session, session.scalars(select(CardAttempt.id)).one())
    assert (refund(session, till).state, refund(session, till).trouble) == (
        "failed",
        "lost_or_stolen_card",
    )
    assert (refunding.left_vnd(session, paid), problems(session)) == (130_000, [])


def test_what_was_given_back_by_hand_at_stripe_is_known_and_counts(
    session: Session, paid: str, stripe: FakeStripe
) -> None:
    stripe.refund_by_hand(session.scalars(select(CardLine.reference)).one(), 100_000)
    ask(session, session.scalars(select(CardAttempt.id)).one())
    assert refunding.left_vnd(session, paid) == 30_000
    with pytest.raises(RefundTooMuch):
        refunding.ask(session, paid, 30_001, "r1")
    assert problems(session) == []


def test_stripe_refusing_a_refund_is_its_end_and_the_charge_is_looked_at(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    stripe.refund_by_hand(session.scalars(select(CardLine.reference)).one(), 130_000)
    refunding.ask(session, paid, 50_000, "r1")
    give_back(session)
    assert (refund(session, till).state, refund(session, till).trouble) == (
        "failed",
        "charge_already_refunded",
    )
    row = session.scalars(select(CardAttempt)).one()
    assert row.ask_ms is not None
    ask(session, row.id)
    assert (refunding.left_vnd(session, paid), problems(session)) == (0, [])


def test_a_dispute_is_kept_with_its_term_and_told_once(
    session: Session,
    paid: str,
    stripe: FakeStripe,
    time_at: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(card_lines, "publish", lambda _, event: said.append(event))
    line = session.scalars(select(CardLine)).one()
    stripe.dispute(line.reference)
    for _twice in range(2):
        ask(session, line.attempt_id)
    assert said == [CardDisputed(line.seller_id, paid, 130_000, line.id)]
    assert (line.dispute_state, line.dispute_vnd) == ("needs_response", 130_000)
    assert line.dispute_due_ms == time_at.at_ms // 1000 * 1000 + 7 * 86_400_000


def test_a_refund_nobody_asks_about_is_due_by_the_clock(
    session: Session, paid: str, time_at: FixedClock
) -> None:
    refunding.ask(session, paid, 50_000, "r1")
    row = session.scalars(select(CardRefund)).one()
    time_at.advance(attempts.LEASE_MS)
    refunding.ask_due(session)
    assert row.ask_ms == time_at.at_ms + attempts.LEASE_MS
