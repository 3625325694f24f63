"""Asking for less than before, and giving a part back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.money import BadAmount
from payments import payments
from payments.errors import AlreadyPaid
from payments.models import MatchedPart
from payments.payments import FrozenLine
from payments.states import PAID, Account, Claim, Incoming, tally
from tests.factories.payments import Till, make_till, open_payment, pay

LINE = FrozenLine("Chè", "gói 200 g", 1, 65_000, 65_000)


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


def facts(session: Session, code: str) -> payments.PaymentFacts:
    return payments.facts(session, f"order:{code}")


def parts(session: Session, code: str) -> dict[str, int]:
    """Where the đồng of a payment stand."""
    of_payment = MatchedPart.payment_id == facts(session, code).id
    found: dict[str, int] = {}
    for part in session.scalars(select(MatchedPart).where(of_payment)):
        found[part.account] = found.get(part.account, 0) + part.amount_vnd
    return found


def test_less_is_asked_for_under_the_same_code(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000, fee_vnd=20_000)
    payments.lower(session, f"order:{code}", (LINE,))
    now = facts(session, code)
    assert (now.code, now.amount_vnd, now.due_vnd, now.state) == (code, 85_000, 85_000, "expected")


def test_what_came_fills_the_smaller_sum_and_the_rest_is_surplus(
    session: Session, till: Till
) -> None:
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 70_000)
    payments.lower(session, f"order:{code}", (LINE,))
    now = facts(session, code)
    assert (now.state, now.paid_vnd, now.surplus_vnd) == ("settled", 65_000, 5_000)
    assert now.receipt_id is not None


def test_a_paid_sum_does_not_become_less(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 130_000)
    with pytest.raises(AlreadyPaid):
        payments.lower(session, f"order:{code}", (LINE,))


@pytest.mark.parametrize("lines", [(), (LINE, LINE, LINE)])
def test_nothing_or_more_is_no_smaller_sum(
    session: Session, till: Till, lines: tuple[FrozenLine, ...]
) -> None:
    code = open_payment(session, till, 130_000)
    with pytest.raises(BadAmount):
        payments.lower(session, f"order:{code}", lines)


def test_a_part_goes_back_and_the_receipt_stands(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 130_000)
    receipt_id = facts(session, code).receipt_id
    for _ in range(2):
        payments.mark_part_refund_due(session, f"order:{code}", 30_000)
    now = facts(session, code)
    assert (now.state, now.refund_vnd, now.receipt_id) == ("settled", 30_000, receipt_id)
    assert parts(session, code) == {"payment": 100_000, "refund_due": 30_000}


def test_owing_all_back_covers_the_part(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 130_000)
    payments.mark_part_refund_due(session, f"order:{code}", 30_000)
    payments.mark_refund_due(session, f"order:{code}", "cancelled")
    assert parts(session, code) == {"refund_due": 130_000}


@given(st.lists(st.integers(1, 90), max_size=6), st.integers(1, 300), st.integers(0, 300))
def test_what_goes_back_is_what_came_last_and_never_more(
    came: list[int], asked: int, refund: int
) -> None:
    lines = [Incoming(at, f"FT{at}", f"l{at}", vnd) for at, vnd in enumerate(came)]
    plain = tally(Claim(asked), lines)
    told = tally(Claim(asked, refund_vnd=refund), lines)
    back = [part for part in told.parts if part.account is Account.REFUND_DUE]
    assert sum(part.amount_vnd for part in back) == min(refund, plain.paid_vnd)
    assert (told.state, told.paid_vnd) == (plain.state, plain.paid_vnd)
    kept = [p.line_id for p in told.parts if p.account is Account.PAYMENT]
    assert all(line >= (kept or [""])[-1] for line in (part.line_id for part in back))
    counted = sum(part.amount_vnd for part in told.parts if part.account in PAID)
    assert counted == told.paid_vnd
