"""Refunds of what cards paid, as `refunds` has them: no transfer besides, and each part of it counts."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import payments
from payments.cards import refund_way
from payments.cards.models import CardAttempt, CardLine
from payments.errors import RefundGoesByCard
from payments.ledger import chart, posting
from payments.refunds import beginning, owed, sending
from payments.refunds.owed import RefundFacts
from tests.factories.cards import ask, charged, charged_twice, give_back, hear, payment_id, problems
from tests.factories.payments import Till, open_payment
from tests.factories.refunds import STAFF, bank_sends, begin, give_account, now
from tests.support.fake_stripe import FakeStripe

PAID_VND = 130_000


@pytest.fixture
def paid(session: Session, till: Till, stripe: FakeStripe) -> str:
    """The reference of a payment a card paid."""
    refund_way.offer()
    code = open_payment(session, till)
    charged(session, stripe, code)
    return f"order:{code}"


@pytest.fixture
def going(session: Session, till: Till, paid: str) -> RefundFacts:
    """A refund Stripe is asked for; its buyer once gave an account as well."""
    give_account(session, paid)
    return begin(session, till, paid, 30_000)


BY_HAND: list[Callable[[Session, str, str], object]] = [
    lambda session, seller, refund: beginning.drop(session, seller, refund, STAFF),
    lambda session, seller, refund: sending.say_sent(session, seller, refund, "FT1234", STAFF),
    lambda session, seller, refund: sending.take_back(session, seller, refund),
    lambda session, seller, refund: sending.confirm(session, seller, refund, "any line"),
]


@pytest.mark.parametrize("step", BY_HAND)
def test_no_hand_touches_a_refund_that_goes_to_a_card(
    session: Session, till: Till, going: RefundFacts, step: Callable[[Session, str, str], object]
) -> None:
    with pytest.raises(RefundGoesByCard):
        step(session, till.seller_id, going.id)
    assert (owed.refund(session, till.seller_id, going.id).state, problems(session)) == (
        "asked",
        [],
    )


def test_its_page_has_no_account_and_proposes_no_line(
    session: Session, till: Till, going: RefundFacts
) -> None:
    bank_sends(session, till, "chuyen khoan", 30_000)
    assert owed.account_of(session, till.seller_id, going.id) is None
    assert owed.account_given(session, till.seller_id, going.id) is None
    assert owed.candidates(session, till.seller_id, going.id) == ()


def test_a_transfer_with_its_code_does_not_prove_it(
    session: Session, till: Till, going: RefundFacts
) -> None:
    bank_sends(session, till, going.code, 30_000)
    assert owed.refund(session, till.seller_id, going.id).state == "asked"


def test_a_card_payer_is_asked_for_no_account_before_or_after_it_begins(
    session: Session, till: Till, paid: str
) -> None:
    payments.mark_part_refund_due(session, paid, 30_000)
    before = now(session, paid)
    begin(session, till, paid, 30_000)
    after = now(session, paid)
    assert [before.by_hand, before.changes_account, after.by_hand] == [False] * 3


@pytest.fixture
def by_two(session: Session, till: Till, stripe: FakeStripe) -> str:
    """The reference of a payment two cards paid."""
    refund_way.offer()
    code = open_payment(session, till)
    charged_twice(session, stripe, code)
    return f"order:{code}"


def standing(session: Session, till: Till, reference: str) -> tuple[str, int, int, int]:
    """Of its first refund: the state and đồng; of the payment: what is still owed, what was not begun."""
    found = now(session, reference)
    return found.refunds[0].state, found.refunds[0].amount_vnd, found.still_vnd, found.left_vnd


def ends(session: Session, stripe: FakeStripe, **states: str) -> None:
    """Stripe tells how its refunds of 30.000 đ (`small`) and of 100.000 đ (`big`) ended."""
    for made in stripe.refunds.values():
        name = "small" if made["amount"] == 30_000 else "big"
        made["status"] = states.get(name, made["status"])
    give_back(session)
    hear(session)


def test_a_half_that_failed_is_owed_and_the_half_that_went_is_back(
    session: Session, till: Till, by_two: str, stripe: FakeStripe
) -> None:
    stripe.refunds_are = "pending"
    refund = begin(session, till, by_two, PAID_VND)
    give_back(session)
    ends(session, stripe, small="failed")
    assert standing(session, till, by_two) == ("asked", PAID_VND, PAID_VND, 0)
    ends(session, stripe, small="failed", big="succeeded")
    gone_vnd = 100_000
    assert standing(session, till, by_two) == ("proved", gone_vnd, 30_000, 30_000)
    assert owed.refund(session, till.seller_id, refund.id).cut_vnd == 30_000
    assert clearing(session, till) == PAID_VND - gone_vnd
    assert problems(session) == []


def test_the_rest_goes_by_bank_to_an_account_the_buyer_gives(
    session: Session, till: Till, by_two: str, stripe: FakeStripe
) -> None:
    stripe.refunds_are = "pending"
    begin(session, till, by_two, PAID_VND)
    give_back(session)
    ends(session, stripe, small="failed", big="succeeded")
    rest = begin(session, till, by_two, 30_000)
    assert (rest.method, rest.state, now(session, by_two).by_hand) == ("bank", "due", True)
    give_account(session, by_two)
    bank_sends(session, till, rest.code, 30_000)
    assert (now(session, by_two).still_vnd, problems(session)) == (0, [])


def test_nothing_went_and_all_of_it_is_owed_again(
    session: Session, till: Till, by_two: str, stripe: FakeStripe
) -> None:
    stripe.refunds_are = "failed"
    begin(session, till, by_two, PAID_VND)
    give_back(session)
    hear(session)
    assert standing(session, till, by_two) == ("returned", PAID_VND, PAID_VND, PAID_VND)
    assert (beginning.method_of(session, payment_id(session, by_two[6:])), problems(session)) == (
        "bank",
        [],
    )


def test_a_half_that_comes_back_days_later_is_owed_again_and_then_the_other(
    session: Session, till: Till, by_two: str, stripe: FakeStripe
) -> None:
    begin(session, till, by_two, PAID_VND)
    give_back(session)
    hear(session)
    assert standing(session, till, by_two) == ("proved", PAID_VND, 0, 0)
    for failed, expected in (
        (30_000, ("proved", 100_000, 30_000)),
        (100_000, ("returned", 100_000, PAID_VND)),
    ):
        made = next(one for one in stripe.refunds.values() if one["amount"] == failed)
        made["status"] = "failed"
        look(session)
        assert standing(session, till, by_two)[:3] == expected
    assert (clearing(session, till), problems(session)) == (PAID_VND, [])


def test_what_stripe_gave_back_before_us_does_not_send_the_next_by_bank(
    session: Session, till: Till, paid: str, stripe: FakeStripe
) -> None:
    begin(session, till, paid, 30_000)
    stripe.refund_by_hand(session.scalars(select(CardLine.reference)).one(), PAID_VND)
    give_back(session)
    hear(session)
    assert beginning.method_of(session, payment_id(session, paid[6:])) == "card"


def look(session: Session) -> None:
    """Stripe is asked about every attempt, and what it says is heard."""
    for attempt_id in session.scalars(select(CardAttempt.id)).all():
        ask(session, attempt_id)
    hear(session)


def clearing(session: Session, till: Till) -> int:
    rows = posting.balances(session, till.seller_id)
    return sum(row.amount_vnd for row in rows if row.account == chart.CARD_CLEARING)
