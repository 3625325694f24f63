"""What a seller gives back on Stripe's own pages is a refund here too, and never more than came."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import payments
from payments.cards import refund_way
from payments.cards.models import CardAttempt, CardLine
from payments.ledger import chart, posting
from payments.models import Payment, Receipt
from payments.receipts import standing
from payments.refunds import owed
from tests.factories.cards import ask, charged, facts, give_back, hear, open_page, problems
from tests.factories.payments import Till, open_payment, pay
from tests.factories.refunds import begin, now
from tests.support.fake_stripe import FakeStripe

PAID_VND = 130_000


@pytest.fixture
def paid(session: Session, till: Till, stripe: FakeStripe) -> str:
    """The reference of a payment a card paid."""
    refund_way.offer()
    code = open_payment(session, till)
    charged(session, stripe, code)
    return f"order:{code}"


def by_hand(session: Session, stripe: FakeStripe, amount_vnd: int) -> None:
    """Somebody gives back on Stripe's page, and we hear of it."""
    stripe.refund_by_hand(session.scalars(select(CardLine.reference)).one(), amount_vnd)
    look(session)


def look(session: Session) -> None:
    for attempt_id in session.scalars(select(CardAttempt.id)).all():
        for _twice in range(2):
            ask(session, attempt_id)
    hear(session)


def stands(session: Session, till: Till, account: str) -> int:
    rows = posting.balances(session, till.seller_id)
    return sum(row.amount_vnd for row in rows if row.account == account)


def test_it_is_listed_booked_and_told_on_the_receipt(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    by_hand(session, stripe, 30_000)
    (refund,) = now(session, paid).refunds
    told = refund.state, refund.method, refund.amount_vnd, refund.at_stripe
    assert told == ("proved", "card", 30_000, True)
    receipt, payment = (
        session.scalars(select(Receipt)).one(),
        session.scalars(select(Payment)).one(),
    )
    assert standing.of_rows(session, receipt, payment).refunded_vnd == 30_000
    assert (payment.state, owed.still_vnd(session, [paid])) == ("part_refunded", {})
    assert stands(session, till, chart.CARD_CLEARING) == PAID_VND - 30_000
    assert (stands(session, till, chart.OUTGOING), problems(session)) == (0, [])


def test_it_fills_what_was_owed_before_anything_is_given(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    payments.mark_part_refund_due(session, paid, 30_000)
    by_hand(session, stripe, 30_000)
    assert (now(session, paid).owed_vnd, now(session, paid).still_vnd) == (30_000, 0)


def test_what_was_paid_twice_is_given_back_of_what_came_on_top(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.pay(row.session_id or "")
    pay(session, till, code, PAID_VND)
    look(session)
    by_hand(session, stripe, PAID_VND)
    found = now(session, f"order:{code}")
    assert ([one.source for one in found.refunds], found.still_vnd) == (["extra"], 0)
    assert (facts(session, code).state, problems(session)) == ("settled", [])


@pytest.mark.parametrize("first", ["hand", "ours"])
def test_given_back_there_and_here_at_once_it_went_once_and_no_more_than_came(
    session: Session, till: Till, paid: str, stripe: FakeStripe, first: str
) -> None:
    begin(session, till, paid, PAID_VND)
    stripe.refund_by_hand(session.scalars(select(CardLine.reference)).one(), PAID_VND)
    if first == "hand":
        look(session)
        assert stands(session, till, chart.OUTGOING) == PAID_VND
    give_back(session)
    hear(session)
    look(session)
    found = now(session, paid)
    assert sorted(one.state for one in found.refunds) == ["proved", "returned"]
    assert (found.proved_vnd, found.still_vnd, stands(session, till, chart.OUTGOING)) == (
        PAID_VND,
        0,
        0,
    )
    assert (stands(session, till, chart.CARD_CLEARING), problems(session)) == (0, [])


def test_what_the_cards_bank_sends_back_is_owed_again(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    by_hand(session, stripe, 30_000)
    next(iter(stripe.refunds.values()))["status"] = "failed"
    look(session)
    (refund,) = now(session, paid).refunds
    assert (refund.state, now(session, paid).still_vnd) == ("returned", 30_000)
    assert stands(session, till, chart.CARD_CLEARING) == PAID_VND
    assert (stands(session, till, chart.OUTGOING), problems(session)) == (0, [])


def test_of_a_sum_still_asked_for_it_waits_in_suspense_until_that_is_paid(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    charged(session, stripe, code, 50_000)
    by_hand(session, stripe, 20_000)
    assert stands(session, till, chart.OUTGOING) == 20_000
    pay(session, till, code, 80_000)
    hear(session)
    assert (facts(session, code).state, stands(session, till, chart.OUTGOING)) == (
        "part_refunded",
        0,
    )
    assert problems(session) == []
