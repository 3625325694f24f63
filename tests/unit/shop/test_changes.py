"""What changes in an order before its parcel is made up, and what becomes of goods and money."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.errors import BadRequest, OutOfStock
from core.quantity import BadQuantity
from core.states import BadTransition
from shop import orders
from shop.errors import ReasonNeeded, ReplacementDearer
from shop.ordering import adding, changes, fulfilment
from shop.ordering.changes import Delivered, Replacement, Shortened
from shop.ordering.order_facts import reference_of
from tests.factories.payments import pay
from tests.factories.shop import (
    PRICE_VND,
)
from tests.support.order_desk import WHO, WHY, Desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_short_line_of_a_paid_order_is_owed_back(desk: Desk) -> None:
    code = desk.paid(3)
    assert desk.short(code, 2) == Shortened("refund", 1, PRICE_VND)
    told = desk.facts(code)
    assert (told.amount_vnd, told.cut_refund_vnd) == (2 * PRICE_VND, PRICE_VND)
    assert (told.lines[0].losses[0].kind, told.lines[0].losses[0].reason) == ("short", WHY)
    assert desk.stand.level(desk.session) == stock.Level(2_000, 400, 0, 1_600, 0)
    assert desk.money(code).refund_vnd == PRICE_VND
    assert desk.problems() == []


def test_a_short_line_of_an_unpaid_order_is_not_asked_for(desk: Desk) -> None:
    code = desk.placed(3)
    desk.short(code, 1)
    assert (desk.money(code).due_vnd, desk.facts(code).cut_refund_vnd) == (PRICE_VND, 0)
    assert desk.stand.level(desk.session).available == 1_800
    pay(desk.session, desk.stand.till, code, PRICE_VND)
    orders.secure(desk.session, code)
    assert desk.facts(code).state == "secured"
    assert desk.problems() == []


def test_lots_bound_beyond_a_short_line_are_freed(desk: Desk) -> None:
    code = desk.paid(3)
    fulfilment.start_packing(desk.session, code, WHO)
    stock.bind_holder(desk.session, reference_of(code), clock.today())
    desk.short(code, 2)
    fulfilment.finish_packing(desk.session, code, WHO)
    fulfilment.hand_over(desk.session, code, WHO)
    assert sum(part.quantity for part in stock.bound_to(desk.session, reference_of(code))) == 400
    assert desk.problems() == []


def test_who_waits_for_missing_goods_keeps_everything(desk: Desk) -> None:
    code = desk.paid(3)
    changes.wish_if_short(desk.session, code, "wait", "p:buyer")
    fulfilment.start_packing(desk.session, code, WHO)
    assert desk.short(code, 2) == Shortened("wait", 1, 0)
    told = desk.facts(code)
    assert (told.state, told.amount_vnd, told.cut_refund_vnd) == ("secured", 3 * PRICE_VND, 0)


def test_a_wish_is_one_of_three(desk: Desk) -> None:
    with pytest.raises(BadRequest):
        changes.wish_if_short(desk.session, desk.paid(1), "kẹo", "p:buyer")


def test_nothing_left_of_an_order_ends_it(desk: Desk) -> None:
    code = desk.paid(2)
    desk.short(code, 0)
    told = desk.facts(code)
    assert (told.state, told.refund_due) == ("cancelled", True)
    assert desk.stand.level(desk.session).available == 2_000
    assert desk.problems() == []


@pytest.mark.parametrize("packs", [-1, 4])
def test_more_than_was_ordered_or_less_than_nothing_is_refused(desk: Desk, packs: int) -> None:
    code = desk.paid(3)
    with pytest.raises(BadQuantity):
        desk.short(code, packs)


def test_as_many_as_ordered_changes_nothing_and_needs_no_reason(desk: Desk) -> None:
    code = desk.paid(3)
    assert desk.short(code, 3, reason="") == Shortened("refund", 0, 0)


def test_a_short_line_needs_its_reason(desk: Desk) -> None:
    with pytest.raises(ReasonNeeded):
        desk.short(desk.paid(3), 2, reason="")


def test_a_line_is_taken_out_of_an_order_not_yet_paid(desk: Desk) -> None:
    code = desk.placed(2, honey=1)
    changes.cancel_line(desk.session, code, desk.facts(code).lines[1].id, WHO, "hết mật")
    told = desk.facts(code)
    assert [line.packs for line in told.lines] == [2, 0]
    assert (told.lines[1].losses[0].kind, desk.money(code).due_vnd) == ("cancelled", 2 * PRICE_VND)
    assert desk.problems() == []


def test_what_is_missing_is_replaced_and_costs_no_more(desk: Desk) -> None:
    code = desk.paid(3)
    line = desk.facts(code).lines[0].id
    gone = Delivered(line, 1, WHO, "khách đồng ý lấy mật ong")
    assert changes.replace(desk.session, code, gone, Replacement(desk.honey, 1)).less_vnd == 65_000
    told = desk.facts(code)
    assert [(one.name, one.packs) for one in told.lines] == [
        ("Chè móc câu Tân Cương", 1),
        ("Mật ong", 1),
    ]
    assert told.cut_refund_vnd == PRICE_VND
    assert desk.problems() == []


def test_a_dearer_replacement_is_refused(desk: Desk) -> None:
    code = desk.paid(3)
    gone = Delivered(desk.facts(code).lines[0].id, 2, WHO, WHY)
    with pytest.raises(ReplacementDearer):
        changes.replace(desk.session, code, gone, Replacement(desk.honey, 2))


@pytest.mark.parametrize("packed", [False, True])
def test_the_seller_calls_an_order_off_before_it_leaves(desk: Desk, *, packed: bool) -> None:
    code = desk.paid(2)
    if packed:
        desk.packed(code)
    changes.call_off(desk.session, code, WHO, "mất mùa")
    told = desk.facts(code)
    assert (told.state, told.refund_due) == ("cancelled", True)
    assert desk.stand.level(desk.session) == stock.Level(2_000, 0, 0, 2_000, 0)
    assert desk.problems() == []


def test_what_left_the_house_is_not_called_off(desk: Desk) -> None:
    code = desk.packed(desk.paid(1))
    fulfilment.hand_over(desk.session, code, WHO)
    with pytest.raises(BadTransition):
        changes.call_off(desk.session, code, WHO, WHY)


def test_what_is_added_before_paying_is_the_same_order_with_a_new_sum(desk: Desk) -> None:
    code = desk.placed(1)
    assert adding.add(desk.session, code, [(desk.honey, 2)], "p:buyer") == code
    told = desk.facts(code)
    assert [line.packs for line in told.lines] == [1, 2]
    assert desk.money(code).due_vnd == 3 * PRICE_VND
    pay(desk.session, desk.stand.till, code, PRICE_VND)  # the old picture
    assert desk.money(code).due_vnd == 2 * PRICE_VND
    assert desk.problems() == []


def test_what_is_added_after_paying_is_an_order_of_its_own(desk: Desk) -> None:
    code = desk.paid(1)
    other = adding.add(desk.session, code, [(desk.honey, 2)], "p:buyer")
    first, second = desk.facts(code), desk.facts(other)
    assert other != code
    assert (second.person_id, second.way_kind) == (first.person_id, first.way_kind)
    assert (second.state, second.amount_vnd) == ("placed", 2 * PRICE_VND)
    assert desk.problems() == []


def test_more_than_there_is_adds_nothing(desk: Desk) -> None:
    code = desk.placed(1)
    with pytest.raises(OutOfStock):
        adding.add(desk.session, code, [(desk.honey, 6)], "p:buyer")
    assert len(desk.facts(code).lines) == 1
