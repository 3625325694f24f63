"""P3: what a card brings counts like a bank's line, once, whoever told of it and in whichever order."""

import itertools

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from payments import payments
from payments.cards import attempts, card_accounts
from payments.cards.card_errors import CardsOff, CardUnderWay, NothingToCharge
from payments.cards.models import CardAttempt
from payments.models import MatchedPart
from payments.receipts import receipts
from tests.factories.cards import (
    ask,
    begin,
    charged,
    facts,
    open_page,
    payment_id,
    problems,
    rounds,
)
from tests.factories.payments import Till, make_till, open_payment, pay
from tests.support.fake_stripe import FakeStripe


def state(session: Session, attempt_id: str) -> str:
    return session.get_one(CardAttempt, attempt_id).state


def parts(session: Session) -> dict[str, int]:
    query = select(MatchedPart.account, func.sum(MatchedPart.amount_vnd))
    return {name: int(vnd) for name, vnd in session.execute(query.group_by(MatchedPart.account))}


def test_a_charged_card_settles_the_payment_and_the_receipt_says_how(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = session.get_one(CardAttempt, charged(session, stripe, code))
    found = facts(session, code)
    assert (found.state, found.paid_vnd, row.state, row.ask_ms) == (
        "settled",
        130_000,
        "paid",
        None,
    )
    assert found.receipt_id is not None
    told = receipts.get(session, found.receipt_id).facts
    assert (told.method, told.card_references, told.bank_name) == ("card", (row.intent_id,), "")
    assert problems(session) == []


def test_dong_have_no_decimals(session: Session, till: Till, stripe: FakeStripe) -> None:
    row = open_page(session, open_payment(session, till))
    made = stripe.sessions[row.session_id or ""]
    assert (made["amount_total"], made["currency"]) == (130_000, "vnd")


def test_a_refusal_of_stripes_ends_it_in_words(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    small = begin(session, open_payment(session, till, 5_000), 5_000)
    assert ask(session, small).trouble == "amount_too_small"
    assert (state(session, small), problems(session)) == ("failed", [])


def test_a_declined_card_leaves_the_page_open_for_another(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    row = open_page(session, open_payment(session, till))
    stripe.decline(row.session_id or "")
    ask(session, row.id)
    assert (row.state, row.trouble) == ("open", "insufficient_funds")


def test_pressed_twice_it_is_one_attempt_and_another_sum_waits_for_the_first(
    session: Session, till: Till
) -> None:
    code = open_payment(session, till)
    assert begin(session, code) == begin(session, code)
    with pytest.raises(CardUnderWay):
        begin(session, code, 60_000)


def test_what_is_not_owed_is_not_charged(session: Session, till: Till) -> None:
    code = open_payment(session, till)
    with pytest.raises(NothingToCharge):
        begin(session, code, 130_001)
    pay(session, till, code, 130_000)
    with pytest.raises(NothingToCharge):
        begin(session, code)


def test_cards_are_off_until_the_seller_has_an_account_and_after(
    session: Session, till: Till
) -> None:
    with pytest.raises(CardsOff):
        begin(session, open_payment(session, make_till(session)))
    card_accounts.switch_off(session, till.seller_id)
    with pytest.raises(CardsOff):
        begin(session, open_payment(session, till))


def test_paid_by_bank_meanwhile_the_page_is_called_off(
    session: Session, till: Till, stripe: FakeStripe, time_at: FixedClock
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    pay(session, till, code, 130_000)
    rounds(session, time_at)
    assert (row.state, stripe.sessions[row.session_id or ""]["status"]) == ("ended", "expired")
    assert (facts(session, code).surplus_vnd, problems(session)) == (0, [])


@pytest.mark.parametrize("first", ["card", "bank"])
def test_p3_paid_by_card_and_by_bank_is_a_duplicate_whichever_is_told_first(
    session: Session, till: Till, stripe: FakeStripe, first: str
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.pay(row.session_id or "")
    if first == "bank":
        pay(session, till, code, 130_000)
    ask(session, row.id)
    if first == "card":
        pay(session, till, code, 130_000)
    assert (facts(session, code).paid_vnd, facts(session, code).surplus_vnd) == (130_000,) * 2
    assert parts(session) == {"payment": 130_000, "duplicate": 130_000}
    assert problems(session) == []


def test_p3_every_order_of_the_same_facts_ends_alike(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    ends = set()
    for order in itertools.permutations(("card", "bank", "expire", "card")):
        code = open_payment(session, till)
        row = open_page(session, code, 100_000)
        stripe.pay(row.session_id or "")
        for fact in order:
            if fact == "card":
                ask(session, row.id)
            elif fact == "bank":
                pay(session, till, code, 30_000)
            else:
                payments.expire(session, f"order:{code}")
        found = facts(session, code)
        # Ended before the money came it is late, ended after it is not: paid either way.
        ends.add((found.state, found.paid_vnd, found.surplus_vnd, found.receipt_id is not None))
    assert ends == {("settled", 130_000, 0, True)}
    assert problems(session) == []


def test_another_sum_than_was_asked_is_what_counts(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.pay(row.session_id or "", amount_received=100_000)
    ask(session, row.id)
    assert (facts(session, code).state, facts(session, code).due_vnd) == ("part_paid", 30_000)


def test_another_currency_counts_nothing_and_is_named(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.pay(row.session_id or "", currency="usd")
    ask(session, row.id)
    assert (row.state, row.trouble, facts(session, code).paid_vnd) == ("paid", "other_currency", 0)


def test_somebody_elses_charge_counts_for_nobody(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    stripe.pay(row.session_id or "")
    stripe.sessions[row.session_id or ""]["metadata"] = {"cho_phien": "another"}
    ask(session, row.id)
    assert (row.trouble, facts(session, code).paid_vnd) == ("not_ours", 0)


def test_the_browser_that_comes_back_proves_nothing(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    code = open_payment(session, till)
    row = open_page(session, code)
    attempts.came_back(session, payment_id(session, code))
    ask(session, row.id)
    assert (row.state, facts(session, code).paid_vnd) == ("open", 0)
