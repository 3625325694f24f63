"""Weighed before it is paid: no money is asked before the scales speak, whatever comes by itself."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.modes import Mode
from core.clock import FixedClock
from payments.receipts import receipts
from shop.buying import asked_now
from shop.buying.pay_states import PayState
from shop.errors import (
    NotToWeigh,
    NotWeighed,
    NotWeighedYet,
    WeighedApart,
    WeighsTooLittle,
    WeighsTooMuch,
)
from shop.events import OrderLapsed, OrderPlaced, OrderWeighed
from shop.notices import reactions
from shop.notices.models import Notice
from shop.ordering import adding, changes, ending, order_facts, securing, weighing_first
from shop.ordering.changes import Delivered
from shop.orders import PlaceLine
from shop.packing import board
from shop.packing.errors import NotToPack
from shop.reliability.models import ReliabilityFact
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND
from tests.support.scales import KILO_VND, PACKER, Scales

HOUR_MS = 60 * 60_000


class First(Scales):
    """The butcher's stand, where meat is weighed before it is paid."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Mode.WEIGH_THEN_PAY)

    def weigh(self, code: str, weighed: int) -> None:
        line = self.facts(code).lines[0].id
        weighing_first.weigh(self.session, code, {line: weighed}, PACKER)
        self.session.flush()

    def sent(self, code: str, vnd: int) -> None:
        """Money comes under the code, and the order hears of it."""
        pay(self.session, self.stand.till, code, vnd)
        if self.money(code).settled_ms is None:
            securing.deposit_came(self.session, code)
        else:
            securing.secure(self.session, code)
        self.session.flush()

    def shows(self, code: str) -> asked_now.AskedNow:
        self.session.flush()
        return asked_now.of_order(self.session, order_facts.facts(self.session, code))

    def meat_left(self) -> int:
        return stock.levels(self.session, [self.meat])[self.meat].available

    def notices(self, code: str) -> set[str]:
        self.session.flush()
        rows = self.session.scalars(select(Notice)).all()
        return {row.kind for row in rows if code in row.facts}


@pytest.fixture
def desk(session: Session) -> First:
    return First(session)


def test_before_it_is_weighed_nothing_is_asked_and_its_goods_are_kept_a_day(
    desk: First, time_at: FixedClock
) -> None:
    code = desk.ordered()
    now = desk.shows(code)
    assert (now.state, now.asked.due_vnd, now.asked.qr_payload) == (PayState.WEIGHING, 0, None)
    assert (desk.meat_left(), desk.facts(code).amount_vnd) == (3_000, 2 * KILO_VND)
    time_at.advance(23 * HOUR_MS)
    assert (desk.meat_left(), desk.shows(code).state) == (3_000, PayState.WEIGHING)
    assert desk.problems() == []


def test_weighed_it_asks_for_the_weight_and_is_paid_so(desk: First) -> None:
    code = desk.ordered()
    desk.weigh(code, 1_940)
    now = desk.shows(code)
    assert (now.state, now.asked.due_vnd, desk.meat_left()) == (PayState.WAITING, 582_000, 3_060)
    desk.sent(code, 582_000)
    assert (desk.facts(code).state, desk.facts(code).amount_vnd) == ("secured", 582_000)
    receipt = receipts.get(desk.session, str(desk.money(code).receipt_id))
    assert receipt.facts.total_vnd == 582_000
    desk.pack(code, 0)
    desk.leaves(code)
    assert desk.problems() == []


def test_weighed_late_in_the_day_there_are_two_hours_to_pay(
    desk: First, time_at: FixedClock
) -> None:
    code = desk.ordered()
    time_at.advance(23 * HOUR_MS + HOUR_MS // 2)
    desk.weigh(code, 1_940)
    assert desk.facts(code).pay_by_ms == time_at.at_ms + 2 * HOUR_MS
    time_at.advance(HOUR_MS)
    ending.expire_due(desk.session)
    assert (desk.facts(code).state, desk.problems()) == ("placed", [])
    time_at.advance(HOUR_MS)
    ending.expire_due(desk.session)
    assert (desk.facts(code).state, desk.meat_left()) == ("expired", 5_000)


def test_not_weighed_in_time_it_ends_and_its_buyer_did_nothing_wrong(
    desk: First, time_at: FixedClock
) -> None:
    code = desk.ordered()
    time_at.advance(24 * HOUR_MS)
    with pytest.raises(NotToWeigh):
        desk.weigh(code, 1_940)
    ending.expire_due(desk.session)
    assert (desk.facts(code).state, desk.meat_left()) == ("expired", 5_000)
    assert desk.session.scalars(select(ReliabilityFact)).all() == []
    reactions.order_lapsed(desk.session, OrderLapsed(code, "web", desk.stand.seller_id))
    assert desk.notices(code) == {"order_not_weighed"}
    assert desk.problems() == []


@pytest.mark.parametrize("weighed", [1_940, 2_000, 2_060])
def test_it_is_weighed_once_until_it_is_packed(desk: First, weighed: int) -> None:
    code = desk.ordered()
    desk.weigh(code, 1_940)
    with pytest.raises(NotToWeigh):
        desk.weigh(code, weighed)
    assert (desk.facts(code).amount_vnd, desk.money(code).due_vnd) == (582_000, 582_000)


def test_packed_heavier_than_it_was_paid_the_difference_is_asked(desk: First) -> None:
    code = desk.ordered()
    desk.weigh(code, 1_940)
    desk.sent(code, 582_000)
    desk.pack(code, 1_950)
    assert (desk.facts(code).amount_vnd, desk.on_top(code).due_vnd) == (585_000, 3_000)
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("weighed", "error"), [(0, NotWeighed), (999, WeighsTooLittle), (2_201, WeighsTooMuch)]
)
def test_a_weight_nobody_meant_leaves_it_waiting(
    desk: First, weighed: int, error: type[Exception]
) -> None:
    code = desk.ordered()
    with pytest.raises(error), desk.session.begin_nested():
        desk.weigh(code, weighed)
    assert desk.shows(code).state is PayState.WEIGHING


@pytest.mark.parametrize("how", ["cod", "attested"])
def test_no_cash_and_no_promise_before_the_scales(desk: First, how: str) -> None:
    code = desk.ordered()
    with pytest.raises(NotWeighedYet):
        securing.secure_by(desk.session, code, how, PACKER)
    desk.weigh(code, 1_940)
    securing.secure_by(desk.session, code, how, PACKER)
    assert desk.facts(code).state == "secured"
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("sent", "weighed", "state", "due", "back"),
    [
        (600_000, 1_940, "secured", 0, 18_000),
        (600_000, 2_060, "secured", 18_000, 0),
        (582_000, 1_940, "secured", 0, 0),
        (300_000, 1_940, "placed", 282_000, 0),
    ],
)
def test_money_before_the_scales_waits_and_then_counts(
    desk: First, sent: int, weighed: int, state: str, due: int, back: int
) -> None:
    code = desk.ordered()
    desk.sent(code, sent)
    now = desk.shows(code)
    assert (desk.facts(code).state, now.state) == ("placed", PayState.WEIGHING)
    desk.weigh(code, weighed)
    if desk.money(code).settled_ms is not None:
        securing.secure(desk.session, code)
    assert (desk.facts(code).state, desk.facts(code).cut_refund_vnd) == (state, back)
    assert desk.shows(code).asked.due_vnd == due
    assert desk.problems() == []


@pytest.mark.parametrize("sent", [600_000, 300_000])
def test_money_for_what_nobody_weighed_goes_back(
    desk: First, time_at: FixedClock, sent: int
) -> None:
    code = desk.ordered()
    desk.sent(code, sent)
    time_at.advance(24 * HOUR_MS)
    ending.expire_due(desk.session)
    assert (desk.facts(code).state, desk.facts(code).refund_due) == ("expired", True)
    assert (desk.meat_left(), desk.problems()) == (5_000, [])


def test_money_after_its_end_goes_back_for_nobody_knows_the_sum(
    desk: First, time_at: FixedClock
) -> None:
    code = desk.ordered()
    time_at.advance(24 * HOUR_MS)
    ending.expire_due(desk.session)
    desk.sent(code, 600_000)
    assert (desk.facts(code).state, desk.facts(code).refund_due) == ("expired", True)
    assert (desk.meat_left(), desk.problems()) == (5_000, [])


def test_what_waited_with_its_money_is_served_when_the_meat_is_taken_out(desk: First) -> None:
    code = desk.ordered(2, PlaceLine(desk.honey, 1, PRICE_VND))
    desk.sent(code, 2 * KILO_VND + PRICE_VND)
    changes.cancel_line(desk.session, code, desk.facts(code).lines[0].id, PACKER, "hết thịt")
    told = desk.facts(code)
    assert (told.state, told.amount_vnd, told.cut_refund_vnd) == ("secured", PRICE_VND, 600_000)
    assert desk.problems() == []


def test_shorter_after_the_scales_it_waits_for_them_again(desk: First) -> None:
    code = desk.ordered(3)
    desk.weigh(code, 2_940)
    line = desk.facts(code).lines[0].id
    changes.shorten(desk.session, code, Delivered(line, 2, PACKER, "rơi mất"))
    assert desk.shows(code).state is PayState.WEIGHING
    desk.weigh(code, 1_940)
    assert (desk.shows(code).asked.due_vnd, desk.problems()) == (582_000, [])


def test_its_buyer_may_cancel_before_and_after_the_scales(desk: First) -> None:
    for weighed in (0, 1_940):
        code = desk.ordered()
        if weighed:
            desk.weigh(code, weighed)
        ending.cancel(desk.session, code, ending.Cancellation("p:x", by_buyer=True))
        assert (desk.facts(code).state, desk.meat_left()) == ("cancelled", 5_000)
        with pytest.raises(NotToWeigh):
            desk.weigh(code, 1_940)
    assert desk.problems() == []


def test_it_is_not_added_to_an_order_that_asks_for_money(desk: First) -> None:
    code = desk.placed()
    with pytest.raises(WeighedApart), desk.session.begin_nested():
        adding.add(desk.session, code, [(desk.listing, 1)], PACKER)
    assert (len(desk.facts(code).lines), desk.meat_left()) == (1, 5_000)


def test_added_to_a_paid_order_it_is_an_order_of_its_own_that_waits(desk: First) -> None:
    code = adding.add(desk.session, desk.paid(), [(desk.listing, 1)], PACKER)
    assert desk.shows(code).state is PayState.WEIGHING


def test_looking_at_the_page_moves_no_end_before_the_scales(
    desk: First, time_at: FixedClock
) -> None:
    code = desk.ordered()
    until_ms = desk.facts(code).pay_by_ms
    time_at.advance(24 * HOUR_MS - 60_000)
    ending.opened(desk.session, code)
    assert desk.facts(code).pay_by_ms == until_ms


def test_the_desk_sees_what_waits_for_the_scales_until_it_was_weighed(desk: First) -> None:
    code = desk.ordered()
    desk.placed()
    seller = desk.stand.seller_id
    assert [one.code for one in board.board(desk.session, seller).to_weigh] == [code]
    desk.weigh(code, 1_940)
    assert board.board(desk.session, seller).to_weigh == ()


def test_its_buyer_is_told_the_sum_even_if_the_estimate_was_right(desk: First) -> None:
    code, seller = desk.ordered(), desk.stand.seller_id
    reactions.order_placed(desk.session, OrderPlaced(code, "web", seller))
    desk.weigh(code, 2_000)
    reactions.order_weighed(desk.session, OrderWeighed(code, "web", seller, 0, 1))
    assert "order_weighed_pay" in desk.notices(code)


def test_no_order_is_packed_that_waits_for_the_scales(desk: First) -> None:
    code = desk.ordered()
    with pytest.raises(NotToPack):
        desk.pack(code, 1_940)
