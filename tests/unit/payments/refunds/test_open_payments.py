"""What came for a sum that is still asked for stays there until the sum is filled or given up."""

import pytest
from sqlalchemy.orm import Session

from payments import payments
from payments.errors import StillAsking
from tests.factories.payments import Till, make_till, open_payment, pay
from tests.factories.refunds import PAID_VND, begin


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


def test_a_deposit_of_an_open_order_cannot_go_back_and_the_order_can_be_paid(
    session: Session, till: Till
) -> None:
    code = open_payment(session, till, PAID_VND)
    pay(session, till, code, 50_000)
    with pytest.raises(StillAsking):
        begin(session, till, f"order:{code}", 50_000)
    pay(session, till, code, PAID_VND - 50_000)
    assert payments.facts(session, f"order:{code}").state == "settled"


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_a_deposit_goes_back_once_nothing_is_asked_any_more(
    session: Session, till: Till, is_cancelled: bool
) -> None:
    code = open_payment(session, till, PAID_VND)
    pay(session, till, code, 50_000)
    if is_cancelled:
        payments.mark_refund_due(session, f"order:{code}", "cancelled")
    else:
        payments.expire(session, f"order:{code}")
    assert begin(session, till, f"order:{code}", 50_000).amount_vnd == 50_000
