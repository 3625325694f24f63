"""What Stripe keeps, and sends to the bank, empties the card's clearing account, whoever told first."""

from itertools import permutations

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from payments.cards import refund_way
from payments.cards.models import CardAttempt, CardLine, CardPayout
from payments.ledger import chart, posting
from tests.factories.cards import (
    ask,
    charged,
    connect,
    give_back,
    hear,
    open_page,
    pay_out,
    problems,
    sealed,
    spoken_to,
)
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell
from tests.factories.refunds import begin
from tests.support.fake_stripe import FakeStripe

PAID_VND, FEE_VND, DISPUTE_FEE_VND = 130_000, 5_200, 20_000
NET_VND = PAID_VND - FEE_VND


@pytest.fixture(autouse=True)
def fees(stripe: FakeStripe) -> None:
    stripe.fee_percent = 4


def stands(session: Session, till: Till) -> dict[str, int]:
    """Of the accounts cards have to do with, what is not nothing."""
    found: dict[str, int] = {}
    for row in posting.balances(session, till.seller_id):
        found[row.account] = found.get(row.account, 0) + row.amount_vnd
    skipped = {chart.RECEIVED, chart.bank(till.account_id)}
    return {name: vnd for name, vnd in found.items() if vnd and name not in skipped}


def bank_tells(session: Session, till: Till, amount_vnd: int, words: str = "STRIPE PAYOUT") -> None:
    tell(session, till, sepay_body(till, Transfer(words, amount_vnd)))


def look(session: Session) -> None:
    for attempt_id in session.scalars(select(CardAttempt.id)).all():
        for _twice in range(2):
            ask(session, attempt_id)
    hear(session)


def intent(session: Session) -> str:
    return session.scalars(select(CardLine.reference)).one()


def test_the_fee_is_booked_with_the_charge_once(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    charged(session, stripe, open_payment(session, till))
    look(session)
    assert stands(session, till) == {chart.CARD_CLEARING: NET_VND, chart.CARD_FEES: FEE_VND}
    assert problems(session) == []


@pytest.mark.parametrize("order", [*permutations(("charge", "payout", "bank"))])
def test_p3_paid_then_paid_out_and_seen_at_the_bank_in_any_order_the_clearing_is_empty(
    session: Session, till: Till, stripe: FakeStripe, order: tuple[str, ...]
) -> None:
    require_empty_clearing(session, till, stripe, order)


def test_p3_the_bank_first_and_the_charge_last_empty_the_clearing_on_either_database(
    either: Session,
) -> None:
    with sealed(), spoken_to() as stripe:  # after the application, which has keys of its own
        stripe.fee_percent = 4
        till = make_till(either)
        connect(either, till.seller_id)
        require_empty_clearing(either, till, stripe, ("bank", "payout", "charge"))


def require_empty_clearing(
    session: Session, till: Till, stripe: FakeStripe, order: tuple[str, ...]
) -> None:
    row = open_page(session, open_payment(session, till))
    stripe.pay(row.session_id or "")
    stripe.pay_out()
    facts = {
        "charge": lambda: look(session),
        "payout": lambda: pay_out(session, stripe),
        "clock": lambda: pay_out(session, stripe, told=False),
        "bank": lambda: bank_tells(session, till, NET_VND),
    }
    for name in (*order, "payout", "clock", "charge"):
        facts[name]()
    assert stands(session, till) == {chart.CARD_FEES: FEE_VND}
    assert problems(session) == []


def test_a_line_of_another_sum_or_that_does_not_name_stripe_waits_for_a_person(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    charged(session, stripe, open_payment(session, till))
    stripe.pay_out()
    pay_out(session, stripe)
    bank_tells(session, till, NET_VND, "chuyen khoan")
    bank_tells(session, till, NET_VND - 1)
    assert stands(session, till)[chart.UNKNOWN_CODE] == -2 * NET_VND + 1
    bank_tells(session, till, NET_VND)
    bank_tells(session, till, NET_VND)  # of one payout only one line is
    assert stands(session, till)[chart.UNKNOWN_CODE] == -3 * NET_VND + 1
    assert (stands(session, till).get(chart.CARD_CLEARING), problems(session)) == (None, [])


def test_refunds_fees_and_strangers_money_inside_a_payout_leave_nothing_behind(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    refund_way.offer()
    code = open_payment(session, till)
    charged(session, stripe, code)
    begin(session, till, f"order:{code}", 30_000)
    give_back(session)
    stripe.refund_by_hand(intent(session), 10_000)
    stripe.move("stripe_fee", -2_000, 0, None)
    stripe.move("charge", 50_000, 1_000, {"object": "charge", "amount": 50_000, "currency": "vnd"})
    stripe.pay_out()
    pay_out(session, stripe)
    hear(session)
    bank_tells(session, till, NET_VND - 40_000 - 2_000 + 49_000)
    found = stands(session, till)
    assert found.get(chart.CARD_CLEARING) is None
    assert (found[chart.CARD_FEES], found[chart.NOT_OURS]) == (FEE_VND + 2_000, -49_000)
    assert problems(session) == []


@pytest.mark.parametrize("automatic", [True, False])
def test_paid_out_in_other_money_it_leaves_by_stripes_word(
    session: Session, till: Till, stripe: FakeStripe, automatic: bool
) -> None:
    stripe.settles_in = "sgd"
    charged(session, stripe, open_payment(session, till))
    stripe.pay_out(automatic=automatic)
    for _twice in range(2):
        pay_out(session, stripe)
    left = {chart.CARD_ABROAD: NET_VND} if automatic else {chart.CARD_CLEARING: NET_VND}
    assert stands(session, till) == {chart.CARD_FEES: FEE_VND, **left}
    assert problems(session) == []


def test_a_payout_the_bank_did_not_take_is_at_stripe_again(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    stripe.settles_in = "sgd"
    charged(session, stripe, open_payment(session, till))
    made = stripe.pay_out()
    pay_out(session, stripe)
    made["status"] = "failed"
    pay_out(session, stripe)
    made["status"] = "paid"  # an answer that came late
    pay_out(session, stripe)
    assert stands(session, till)[chart.CARD_CLEARING] == NET_VND
    assert problems(session) == []


@pytest.mark.parametrize("status", ["needs_response", "won", "lost"])
def test_a_dispute_takes_money_and_fee_and_gives_them_back_if_it_is_won(
    session: Session, till: Till, stripe: FakeStripe, status: str
) -> None:
    charged(session, stripe, open_payment(session, till))
    stripe.dispute(intent(session))
    look(session)
    if status != "needs_response":
        stripe.dispute_ends(intent(session), status)
        look(session)
    found, taken = stands(session, till), {"won": 0}.get(status, PAID_VND)
    fees_vnd = FEE_VND + (DISPUTE_FEE_VND if taken else 0)
    assert found.get(chart.CARD_CLEARING, 0) == PAID_VND - taken - fees_vnd
    assert found[chart.CARD_FEES] == fees_vnd
    assert found.get(chart.CARD_LOST, 0) == (taken if status == "lost" else 0)
    assert found.get(chart.CARD_DISPUTED, 0) == (taken if status == "needs_response" else 0)
    assert problems(session) == []


def test_lost_and_won_after_all_it_is_lost_no_more(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    charged(session, stripe, open_payment(session, till))
    stripe.dispute(intent(session))
    for status in ("lost", "won"):
        stripe.dispute_ends(intent(session), status)
        look(session)
    assert stands(session, till) == {chart.CARD_CLEARING: NET_VND, chart.CARD_FEES: FEE_VND}


@pytest.mark.parametrize("silence", ["before", "during", "after", "429", "500"])
def test_p6_a_silence_about_a_payout_is_asked_again_and_books_once(
    session: Session, till: Till, stripe: FakeStripe, silence: str
) -> None:
    charged(session, stripe, open_payment(session, till))
    stripe.pay_out()
    stripe.troubles.append(silence)
    pay_out(session, stripe)
    assert session.scalars(select(CardPayout)).one().state == "paid"
    assert problems(session) == []


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE card_moves SET fee_vnd = fee_vnd + 1", "card-move of"),
        ("UPDATE card_payouts SET worth_vnd = worth_vnd + 1", "card-payout of"),
    ],
)
def test_books_that_are_not_what_stripe_told_are_named(
    session: Session, till: Till, stripe: FakeStripe, damage: str, named: str
) -> None:
    stripe.settles_in = "sgd"
    charged(session, stripe, open_payment(session, till))
    stripe.pay_out()
    pay_out(session, stripe)
    session.execute(text(damage))
    assert any(problem.startswith(named) for problem in problems(session))
