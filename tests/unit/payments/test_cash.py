"""Cash that somebody attests counts like money at the bank."""

import pytest
from sqlalchemy.orm import Session

from core import fsck
from core.money import BadAmount
from payments import cash, payments
from payments.cash import COD, STALL, Cash
from payments.errors import AlreadyPaid
from payments.receipts import receipts
from tests.factories.payments import Till, make_till, open_payment, pay

WHO = "p:driver"


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


def facts(session: Session, code: str) -> payments.PaymentFacts:
    session.flush()
    return payments.facts(session, f"order:{code}")


def method(session: Session, code: str) -> str:
    receipt_id = facts(session, code).receipt_id
    assert receipt_id is not None
    return receipts.get(session, receipt_id).facts.method


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


def test_cash_settles_and_the_receipt_says_how(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    cash.attest(session, f"order:{code}", Cash(130_000, COD, WHO))
    assert (facts(session, code).state, method(session, code)) == ("settled", "cash")
    assert cash.taken_vnd(session, f"order:{code}") == 130_000
    assert problems(session) == []


def test_a_part_at_the_bank_and_the_rest_in_cash(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 30_000)
    cash.attest(session, f"order:{code}", Cash(100_000, STALL, WHO))
    assert (facts(session, code).state, method(session, code)) == ("settled", "mixed")
    assert problems(session) == []


def test_saying_it_twice_is_refused(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    cash.attest(session, f"order:{code}", Cash(130_000, STALL, WHO))
    with pytest.raises(AlreadyPaid):
        cash.attest(session, f"order:{code}", Cash(130_000, STALL, WHO))


@pytest.mark.parametrize("vnd", [0, -1, 130_001])
def test_no_more_cash_than_is_owed(session: Session, till: Till, vnd: int) -> None:
    code = open_payment(session, till, 130_000)
    with pytest.raises(BadAmount):
        cash.attest(session, f"order:{code}", Cash(vnd, STALL, WHO))


def test_money_that_comes_after_the_cash_is_a_duplicate(session: Session, till: Till) -> None:
    code = open_payment(session, till, 130_000)
    cash.attest(session, f"order:{code}", Cash(130_000, STALL, WHO))
    pay(session, till, code, 130_000)
    assert (facts(session, code).paid_vnd, facts(session, code).surplus_vnd) == (130_000, 130_000)
    assert problems(session) == []
