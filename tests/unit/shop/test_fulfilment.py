"""The way of an order to the buyer's hand and back, step by step."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import LotsMissing
from catalog.lots import returns
from catalog.lots.returns import Verdict
from catalog.models import Lot
from core import clock, fsck
from core.clock import FixedClock
from core.states import BadTransition
from payments import payments
from shop import orders
from shop.errors import DepositMissing, ReasonNeeded
from shop.models import Order, OrderEvent
from shop.ordering import fulfilment, securing
from shop.ordering.order_facts import reference_of
from shop.orders import Cancellation
from tests.factories.catalog import stock_id_of
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, paid_order

WHO = "p:packer"
WEEK_MS = 7 * 86_400_000
Step = Callable[[Session, str, str], None]


def pack(session: Session, code: str) -> str:
    """Take an order through the desk; its code again."""
    fulfilment.start_packing(session, code, WHO)
    stock.bind_holder(session, reference_of(code), clock.today())
    fulfilment.finish_packing(session, code, WHO)
    return code


def sent(session: Session, code: str) -> str:
    """Pack an order and hand it over; its code again."""
    fulfilment.hand_over(session, pack(session, code), WHO)
    return code


def cod_order(session: Session, stand: Stand, packs: int = 1) -> str:
    code = make_order(session, stand, stand.line(packs))
    orders.secure_by(session, code, "cod", WHO)
    return code


def returned_lot(session: Session, stand: Stand) -> Lot:
    query = select(Lot).where(Lot.product_id == stand.product_id, Lot.origin == "return")
    return session.scalars(query).one()


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


def states_of(session: Session, code: str) -> list[str]:
    query = select(OrderEvent.state).where(OrderEvent.order_code == code)
    return list(session.scalars(query.order_by(OrderEvent.at_ms, OrderEvent.place)))


def test_an_order_goes_from_the_desk_to_the_hand(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    code = sent(session, paid_order(session, stand, packs=2))
    assert stand.level(session) == stock.Level(1_600, 0, 0, 1_600, 0)
    fulfilment.deliver(session, code, WHO)
    time_at.advance(WEEK_MS)
    fulfilment.close_due(session)
    told = order(session, code)
    assert told.state == "closed"
    assert told.times.delivered_ms == time_at.at_ms - WEEK_MS
    assert problems(session) == []


STEPS: list[Step] = [
    fulfilment.start_packing,
    fulfilment.finish_packing,
    fulfilment.hand_over,
    fulfilment.deliver,
]


def test_each_step_done_twice_does_nothing_more(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    for step in STEPS:
        stock.bind_holder(session, reference_of(code), clock.today())
        step(session, code, WHO)
        step(session, code, WHO)
    session.flush()
    assert sorted(states_of(session, code)) == sorted(
        ["placed", "secured", "packing", "packed", "handed_over", "delivered"]
    )


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_skipped(session: Session, step: Step) -> None:
    code = make_order(session, make_stand(session))
    with pytest.raises(BadTransition):
        step(session, code, WHO)
    assert order(session, code).state == "placed"


def test_a_parcel_without_all_its_lots_is_not_packed(session: Session) -> None:
    code = paid_order(session, make_stand(session), packs=2)
    fulfilment.start_packing(session, code, WHO)
    with pytest.raises(LotsMissing) as refusal:
        fulfilment.finish_packing(session, code, WHO)
    assert refusal.value.data["missing"] == 400


def test_an_order_put_aside_frees_its_lots_and_keeps_its_goods(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand)
    fulfilment.unpack(session, pack(session, code), WHO, "sai địa chỉ")
    fulfilment.stop_packing(session, code, WHO, "khách đổi ý")
    assert order(session, code).state == "secured"
    assert stock.bound_to(session, reference_of(code)) == ()
    assert stand.level(session).allocated == 200


def test_a_buyer_cannot_cancel_alone_what_is_being_packed(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    fulfilment.start_packing(session, code, WHO)
    with pytest.raises(BadTransition):
        orders.cancel(session, code, Cancellation("p:x", by_buyer=True))


def test_what_is_refused_at_the_door_waits_and_is_sold_again_once_graded(session: Session) -> None:
    stand = make_stand(session)
    code = sent(session, cod_order(session, stand, packs=2))
    fulfilment.refuse(session, code, WHO, "khách không nghe máy")
    assert stand.level(session).on_hand == 1_600  # it lies there, and does not count
    lot = returned_lot(session, stand)
    assert (order(session, code).state, order(session, code).refund_due) == ("refused", False)
    assert (lot.state, payments.facts(session, reference_of(code)).state) == (
        "quarantine",
        "expired",
    )
    verdict = Verdict(stock_id_of(session, stand.product_id), good=400, spoilt=0)
    returns.grade(session, stand.seller_id, lot.id, verdict, WHO)
    assert stand.level(session).on_hand == 2_000
    assert problems(session) == []


def test_a_paid_order_that_comes_back_is_owed_back(session: Session) -> None:
    stand = make_stand(session)
    code = sent(session, paid_order(session, stand))
    fulfilment.deliver(session, code, WHO)
    fulfilment.take_back(session, code, WHO, "chè ẩm")
    assert (order(session, code).state, order(session, code).refund_due) == ("returned", True)
    assert payments.facts(session, reference_of(code)).refund_due
    assert problems(session) == []


def test_what_was_brought_back_by_the_lot_is_not_taken_back_twice(session: Session) -> None:
    stand = make_stand(session)
    code = sent(session, paid_order(session, stand, packs=2))
    holder = reference_of(code)
    lot_id = stock.bound_to(session, holder)[0].lot_id
    returns.take_back(session, stand.seller_id, holder, lot_id, 150, WHO)
    fulfilment.take_back(session, code, WHO, "trả nốt")
    lies = [
        quantity
        for lot in session.scalars(select(Lot).where(Lot.origin == "return"))
        for _, quantity in stock.lying(session, lot.id)
    ]
    assert sorted(lies) == [150, 250]


@pytest.mark.parametrize("come_back", [fulfilment.refuse, fulfilment.take_back])
def test_goods_come_back_for_a_reason(
    session: Session, come_back: Callable[[Session, str, str, str], None]
) -> None:
    code = sent(session, paid_order(session, make_stand(session)))
    with pytest.raises(ReasonNeeded):
        come_back(session, code, WHO, " \u200b ")
    assert order(session, code).state == "handed_over"


def test_money_that_comes_after_a_refusal_is_owed_back(session: Session) -> None:
    stand = make_stand(session)
    code = sent(session, cod_order(session, stand))
    fulfilment.refuse(session, code, WHO, "không nhận")
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    assert (order(session, code).state, order(session, code).refund_due) == ("refused", True)
    assert problems(session) == []


def test_paid_on_delivery_keeps_the_goods_and_has_no_end(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = cod_order(session, stand)
    time_at.advance(WEEK_MS)
    orders.expire_due(session)
    told = order(session, code)
    assert (told.state, told.secured_by, stand.level(session).allocated) == ("secured", "cod", 200)
    assert problems(session) == []


def test_paid_on_delivery_is_not_closed_before_its_money_came(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    code = sent(session, cod_order(session, stand))
    fulfilment.deliver(session, code, WHO)
    time_at.advance(WEEK_MS)
    fulfilment.close_due(session)
    assert order(session, code).state == "delivered"
    pay(session, stand.till, code, PRICE_VND)
    fulfilment.close_due(session)
    assert order(session, code).state == "closed"


def deposit_order(session: Session, stand: Stand, deposit_vnd: int) -> str:
    code = make_order(session, stand)
    session.get_one(Order, code).deposit_vnd = deposit_vnd
    session.flush()
    return code


def test_a_deposit_secures_the_order_when_all_of_it_came(session: Session) -> None:
    stand = make_stand(session)
    code = deposit_order(session, stand, 20_000)
    pay(session, stand.till, code, 15_000)
    securing.deposit_came(session, code)
    assert order(session, code).state == "placed"
    pay(session, stand.till, code, 5_000)
    securing.deposit_came(session, code)
    assert (order(session, code).state, order(session, code).secured_by) == ("secured", "deposit")
    assert problems(session) == []


@pytest.mark.parametrize("how", ["cod", "deposit"])
def test_without_its_deposit_an_order_is_not_packed_on_a_word(session: Session, how: str) -> None:
    code = deposit_order(session, make_stand(session), 20_000)
    with pytest.raises(DepositMissing) as refusal:
        orders.secure_by(session, code, how, WHO)
    assert refusal.value.data["left_vnd"] == 20_000
