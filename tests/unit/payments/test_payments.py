"""Payments opened, read and ended."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.money import BadAmount
from payments import payments
from payments.errors import NoReceivingAccount
from payments.models import MatchedPart
from payments.payments import OpenPayment
from payments.qr import vietqr
from payments.qr.vietqr import VietQR
from tests.factories.identity import make_seller
from tests.factories.payments import frozen, make_till, new_code, open_payment, pay


def test_an_open_payment_shows_a_qr_for_what_is_due(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, 130_000)
    pay(session, till, code, 30_000)
    facts = payments.facts(session, f"order:{code}")
    assert facts.qr_payload is not None
    assert vietqr.read(facts.qr_payload) == VietQR("999999", till.number, 100_000, code)
    assert (facts.purpose, facts.account_number, facts.due_vnd) == (code, till.number, 100_000)


def test_nothing_is_asked_once_it_is_settled(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    pay(session, till, code, 150_000)
    facts = payments.facts_by_code(session, code)
    assert (facts.qr_payload, facts.due_vnd, facts.surplus_vnd) == (None, 0, 20_000)
    assert facts.settled_ms is not None
    assert facts.receipt_id is not None


def test_an_expired_payment_asks_no_more_and_owes_what_came(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    pay(session, till, code, 30_000)
    payments.expire(session, f"order:{code}")
    facts = payments.facts(session, f"order:{code}")
    assert (facts.state, facts.qr_payload, facts.refund_due) == ("expired", None, True)


def test_a_settled_payment_does_not_expire(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    pay(session, till, code, 130_000)
    payments.expire(session, f"order:{code}")
    assert payments.facts(session, f"order:{code}").state == "settled"


def test_money_for_goods_that_are_gone_is_due_back_and_the_receipt_stays(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    pay(session, till, code, 130_000)
    for reason in ("out_of_stock", "cancelled"):
        payments.mark_refund_due(session, f"order:{code}", reason)
    facts = payments.facts(session, f"order:{code}")
    assert (facts.state, facts.refund_due, facts.paid_vnd) == ("settled", True, 130_000)
    assert facts.receipt_id is not None
    assert session.scalars(select(MatchedPart.account)).all() == ["refund_due"]


def test_a_seller_without_an_account_cannot_be_paid(session: Session) -> None:
    code = new_code()
    asked = OpenPayment(make_seller(session), f"order:{code}", code, 5_000, frozen(5_000))
    with pytest.raises(NoReceivingAccount):
        payments.open(session, asked)


@pytest.mark.parametrize("amount_vnd", [0, -1, 500_000_000])
def test_a_sum_no_transfer_can_carry_is_refused(session: Session, amount_vnd: int) -> None:
    till = make_till(session)
    with pytest.raises(BadAmount):
        open_payment(session, till, amount_vnd)


def test_lines_that_do_not_add_up_are_a_bug(session: Session) -> None:
    till, code = make_till(session), new_code()
    asked = OpenPayment(till.seller_id, f"order:{code}", code, 130_000, frozen(120_000))
    with pytest.raises(ValueError, match="add up"):
        payments.open(session, asked)


def test_an_unknown_reference_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        payments.facts(session, "order:CP22222222")
