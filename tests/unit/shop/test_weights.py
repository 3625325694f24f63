"""What the scales say of an order: the line, the money, the goods kept, and what nobody can have meant."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core.errors import OutOfStock
from shop.errors import MoneyOwed, NotWeighed, WeighsTooLittle, WeighsTooMuch
from shop.ordering import changes, fulfilment, securing
from shop.ordering.changes import Delivered
from shop.packing.errors import AlreadyPacked
from tests.support.scales import KILO_VND, PACKER, Scales


@pytest.fixture
def desk(session: Session) -> Scales:
    return Scales(session)


def meat(desk: Scales) -> stock.Level:
    return stock.levels(desk.session, [desk.meat])[desk.meat]


def test_two_kilos_that_weigh_60_grams_less_give_18_000_back(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 1_940)
    told = desk.facts(code)
    assert (told.lines[0].amount_vnd, told.goods_vnd, told.amount_vnd) == (582_000,) * 3
    assert (told.cut_refund_vnd, desk.money(code).refund_vnd, told.state) == (
        18_000,
        18_000,
        "packed",
    )
    assert (told.lines[0].weighed, told.lines[0].differs_vnd) == (1_940, -18_000)
    assert desk.problems() == []


def test_what_the_scales_did_not_need_is_on_the_shelf_again(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 1_940)
    assert (meat(desk).allocated, meat(desk).available) == (1_940, 3_060)
    desk.leaves(code)
    assert meat(desk).on_hand == 3_060
    assert desk.problems() == []


def test_a_heavier_piece_is_paid_on_top_before_it_leaves(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 2_100)
    assert (desk.facts(code).amount_vnd, desk.on_top(code).due_vnd) == (630_000, 30_000)
    with pytest.raises(MoneyOwed):
        fulfilment.hand_over(desk.session, code, PACKER)
    desk.pay_on_top(code)
    desk.leaves(code)
    assert meat(desk).on_hand == 2_900
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("weighed", "amount"), [(1_940, 600_000), (2_060, 600_000), (1_900, 570_000)]
)
def test_who_lets_it_be_is_told_of_no_sum_under_20_000(
    desk: Scales, weighed: int, amount: int
) -> None:
    code = desk.bought(if_differs="let_be")
    desk.pack(code, weighed)
    told = desk.facts(code)
    assert (told.amount_vnd, told.lines[0].weighed) == (amount, weighed)
    assert (told.cut_refund_vnd, desk.money(code).refund_vnd) == (600_000 - amount,) * 2
    assert desk.problems() == []


def test_paid_on_delivery_asks_for_the_weighed_sum(desk: Scales) -> None:
    code = desk.ordered(if_differs="let_be")
    securing.secure_by(desk.session, code, "cod", PACKER)
    desk.pack(code, 1_940)
    assert desk.money(code).due_vnd == 582_000
    desk.leaves(code)
    securing.take_cash(desk.session, code, PACKER)
    assert (desk.money(code).paid_vnd, desk.problems()) == (582_000, [])


@pytest.mark.parametrize(
    ("weighed", "error"),
    [
        (0, NotWeighed),
        (-1_940, WeighsTooLittle),
        (999, WeighsTooLittle),
        (2_201, WeighsTooMuch),
        (50_000, WeighsTooMuch),
    ],
)
def test_a_weight_nobody_meant_changes_nothing(
    desk: Scales, weighed: int, error: type[Exception]
) -> None:
    code = desk.bought()
    with pytest.raises(error), desk.session.begin_nested():
        desk.pack(code, weighed)
    told = desk.facts(code)
    assert (told.state, told.amount_vnd, told.lines[0].weighed) == ("secured", 600_000, 0)


def test_the_desk_cannot_close_it_without_the_scales(desk: Scales) -> None:
    code = desk.bought()
    with pytest.raises(NotWeighed):
        fulfilment.pack(desk.session, code, PACKER)


def test_two_scales_at_once_weigh_it_once(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 1_940)
    with pytest.raises(AlreadyPacked):
        desk.pack(code, 2_060)
    assert desk.facts(code).amount_vnd == 582_000


def test_opened_and_weighed_again_the_last_weight_holds(desk: Scales) -> None:
    code = desk.bought()
    for weighed in (1_940, 2_060, 1_980):
        desk.pack(code, weighed)
        fulfilment.unpack(desk.session, code, PACKER)
    desk.pack(code, 0)
    assert (desk.facts(code).amount_vnd, desk.facts(code).cut_refund_vnd) == (594_000, 6_000)
    desk.leaves(code)
    assert meat(desk).on_hand == 3_020
    assert desk.problems() == []


def test_a_sum_on_top_that_a_second_look_finds_wrong_is_dropped(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 2_100)
    fulfilment.unpack(desk.session, code, PACKER)
    desk.pack(code, 1_940)
    assert (desk.facts(code).cut_refund_vnd, desk.money(code).refund_vnd) == (18_000, 18_000)
    desk.leaves(code)
    assert desk.problems() == []


def test_short_and_weighed_the_pack_and_the_grams_both_count(desk: Scales) -> None:
    code = desk.bought(3)
    desk.pack(code, 2_050, packs=2)
    told = desk.facts(code)
    assert (told.amount_vnd, told.cut_refund_vnd) == (615_000, 285_000)
    assert desk.problems() == []


def test_what_becomes_short_after_it_was_weighed_is_weighed_anew(desk: Scales) -> None:
    code = desk.bought(3)
    desk.pack(code, 2_940)
    fulfilment.unpack(desk.session, code, PACKER)
    line = desk.facts(code).lines[0]
    changes.shorten(desk.session, code, Delivered(line.id, 2, PACKER, "rơi mất"))
    assert (desk.facts(code).amount_vnd, desk.problems()) == (2 * KILO_VND, [])
    desk.pack(code, 1_990)
    assert desk.facts(code).cut_refund_vnd == 3 * KILO_VND - 597_000
    assert desk.problems() == []


def test_cancelled_after_weighing_all_of_it_goes_back(desk: Scales) -> None:
    code = desk.bought()
    desk.pack(code, 1_940)
    changes.call_off(desk.session, code, PACKER, "xe hỏng")
    assert (desk.facts(code).refund_due, meat(desk).available) == (True, 5_000)
    assert desk.problems() == []


def test_heavier_than_all_there_is_leaves_no_less_than_nothing(desk: Scales) -> None:
    code = desk.bought(5)
    desk.pack(code, 5_200)
    desk.pay_on_top(code)
    desk.leaves(code)
    assert (meat(desk).on_hand, meat(desk).allocated) == (0, 0)
    with pytest.raises(OutOfStock), desk.session.begin_nested():
        desk.ordered(1)
    assert desk.problems() == []
