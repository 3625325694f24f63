"""Another way or address before the parcel is made up: what is more is asked for, what is less goes back."""

import pytest
from sqlalchemy.orm import Session

from core.states import BadTransition
from payments import payments
from shop.errors import MoneyOwed
from shop.ordering import balance, changes, fulfilment
from shop.orders import DeliveryChoice
from tests.factories.payments import pay
from tests.factories.shop import (
    PICK_UP,
    PRICE_VND,
    RUN_VND,
    TO_THE_DOOR,
)
from tests.support.order_desk import WHO, WHY, Desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_another_way_of_an_unpaid_order_is_in_its_sum(desk: Desk) -> None:
    code = desk.placed(1)
    assert changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer") == RUN_VND
    told = desk.facts(code)
    assert (told.address, told.fee_vnd) == (TO_THE_DOOR.address, RUN_VND)
    assert desk.money(code).due_vnd == PRICE_VND + RUN_VND
    assert desk.problems() == []


def test_a_dearer_way_of_a_paid_order_is_asked_for_on_top_before_it_leaves(desk: Desk) -> None:
    code = desk.paid(1)
    changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer")
    assert desk.on_top(code).due_vnd == RUN_VND
    assert desk.problems() == []
    desk.packed(code)
    with pytest.raises(MoneyOwed):
        fulfilment.hand_over(desk.session, code, WHO)
    desk.pay_on_top(code)
    fulfilment.hand_over(desk.session, code, WHO)
    assert desk.facts(code).state == "handed_over"
    assert desk.problems() == []


def test_a_change_taken_back_asks_for_nothing_more(desk: Desk) -> None:
    code = desk.paid(1)
    changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer")
    changes.change_delivery(desk.session, code, PICK_UP, "p:buyer")
    assert balance.owed(desk.session, code) is None
    assert (desk.facts(code).address, desk.facts(code).cut_refund_vnd) == ("", 0)
    assert desk.problems() == []


def test_a_cheaper_way_of_a_paid_order_goes_back(desk: Desk) -> None:
    code = desk.paid(1)
    changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer")
    desk.pay_on_top(code)
    changes.change_delivery(desk.session, code, PICK_UP, "p:buyer")
    assert desk.facts(code).cut_refund_vnd == RUN_VND
    assert desk.money(code).refund_vnd == RUN_VND
    assert desk.problems() == []


def test_a_sum_on_top_of_an_order_called_off_goes_back_too(desk: Desk) -> None:
    code = desk.paid(1)
    changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer")
    top = desk.on_top(code).code
    desk.pay_on_top(code)
    changes.call_off(desk.session, code, WHO, WHY)
    assert payments.facts(desk.session, f"topup:{top}").refund_due
    assert desk.problems() == []


def test_a_sum_on_top_that_comes_after_it_was_dropped_goes_back(desk: Desk) -> None:
    code = desk.paid(1)
    changes.change_delivery(desk.session, code, TO_THE_DOOR, "p:buyer")
    top = desk.on_top(code)
    changes.change_delivery(desk.session, code, PICK_UP, "p:buyer")
    pay(desk.session, desk.stand.till, top.code, top.due_vnd)
    balance.came(desk.session, f"topup:{top.code}")
    assert payments.facts(desk.session, f"topup:{top.code}").refund_due
    assert desk.problems() == []


def test_a_packed_parcel_is_opened_before_its_address_changes(desk: Desk) -> None:
    code = desk.packed(desk.paid(1))
    other = DeliveryChoice(TO_THE_DOOR.way, "Xóm Nà Hấu")
    with pytest.raises(BadTransition):
        changes.change_delivery(desk.session, code, other, WHO)
    fulfilment.unpack(desk.session, code, WHO, "sai địa chỉ")
    changes.change_delivery(desk.session, code, other, WHO)
    assert desk.facts(code).address == "Xóm Nà Hấu"
