"""Refunds of what cards paid, as `refunds` has them: no transfer besides, and each part of it counts."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from payments import payments
from payments.cards import refund_way
from payments.errors import RefundGoesByCard
from payments.refunds import beginning, owed, sending
from payments.refunds.owed import RefundFacts
from tests.factories.cards import charged, problems
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
