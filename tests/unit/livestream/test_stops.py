"""An officer's stop: what ends in its one write, what is frozen, what is ruled, who is told."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog import stock
from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.identity.officers import OfficerFacts
from livestream import log
from livestream.errors import EmptyBasket, NothingPinned, SessionNotLive
from livestream.room import view
from livestream.room.room_words import STOP_LINE
from livestream.shows import sessions
from livestream.stops import replies, rulings, standing, stop_news, stops
from livestream.stops.stop_errors import AlreadyStopped, NothingToStop, RepliesFull
from livestream.stops.stops import ALL, REPLAY, StopOrder
from shop import orders
from shop.errors import AlreadyRuled, OrderFrozen, ReasonNeeded
from shop.events import OrderFreezeRuled, OrderStopped
from shop.models import Order
from shop.notices import freeze_news
from shop.notices.models import Notice
from shop.ordering import changes, fulfilment
from shop.ordering.freezes import REFUND, RELEASE, Ruling
from tests.factories.identity import make_person
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
    pin_row,
)
from tests.factories.payments import pay
from tests.factories.shop import pack

ORDER = StopOrder("unsafe", "Chè không rõ nguồn gốc")


def make_officer(session: Session) -> OfficerFacts:
    person_id = make_person(session, "Cán bộ", verified=True)
    return OfficerFacts(person_id, "Chi cục Quản lý thị trường")


def stop(session: Session, show: Show, order: StopOrder = ORDER) -> OfficerFacts:
    officer = make_officer(session)
    stops.stop(session, show.id, order, officer)
    return officer


def ordered(session: Session, show: Show) -> str:
    buyer = make_buyer(session)
    make_claim(session, show, 1, login=buyer)
    return order_basket(session, show, buyer)


def paid(session: Session, show: Show) -> str:
    code = ordered(session, show)
    pay(session, show.till, code, orders.facts(session, code).amount_vnd)
    orders.secure(session, code)
    session.flush()
    return code


def state_of(session: Session, code: str) -> str:
    session.flush()
    return session.get_one(Order, code, populate_existing=True).state


def told(session: Session, kind: str) -> int:
    return len(session.scalars(select(Notice).where(Notice.kind == kind)).all())


def rule(session: Session, show: Show, code: str, kind: str, words: str = "Đã xem giấy tờ") -> None:
    rulings.rule(session, show.id, code, Ruling(kind, "p:officer", words))


def problems(session: Session) -> list[str]:
    session.flush()
    return [f"{one.name}: {bad}" for one in fsck.run_all(session) for bad in one.problems]


def test_a_stop_ends_the_session_its_pins_and_what_is_held(either: Session) -> None:
    show = make_show(either, 3)
    held = make_claim(either, show, 2)
    split = make_claim(either, show, 3)
    stop(either, show)
    assert view.facts(either, show.id).state == "ended"
    assert pin_row(either, show).state == "closed"
    rows = [claim_row(either, one.claim_id) for one in (held, split)]
    assert [(row.state, row.held, row.waiting) for row in rows] == [("released", 0, 0)] * 2
    pin = pin_row(either, show)
    assert stock.allotment_left(either, [pin.allotment_id]) == {pin.allotment_id: 0}


def test_nothing_is_claimed_ordered_or_started_after_a_stop(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    stop(session, show)
    with pytest.raises(SessionNotLive):
        make_claim(session, show)
    with pytest.raises(EmptyBasket):
        order_basket(session, show, buyer)
    with pytest.raises(NothingPinned):
        sessions.start(session, show.id)


def test_the_room_is_told_in_plain_words_and_its_log_still_folds(session: Session) -> None:
    show = make_show(session, 2, 2)
    make_claim(session, show, 2)
    make_claim(session, show, 1)
    stop(session, show)
    types = [event["type"] for event in log.entries(session, show.id, 0, None)]
    assert types[-3:] == ["announcement", "claim_changed", "session_ended"]
    assert view.snapshot(session, show.id)["announcement"] == STOP_LINE
    assert problems(session) == []


def test_an_unpaid_order_ends_and_a_paid_one_is_frozen(either: Session) -> None:
    show = make_show(either)
    unpaid, done = ordered(either, show), paid(either, show)
    stop(either, show)
    found = stops.of_session(either, show.id)
    assert found is not None
    assert (found.orders_ended, found.orders_frozen) == (1, 1)
    assert (state_of(either, unpaid), state_of(either, done)) == ("cancelled", "secured")
    with pytest.raises(OrderFrozen):
        fulfilment.start_packing(either, done, "p:packer")


def test_money_that_is_here_is_frozen_and_not_ended(session: Session) -> None:
    show = make_show(session)
    code = ordered(session, show)
    pay(session, show.till, code, orders.facts(session, code).amount_vnd)
    stop(session, show)
    assert state_of(session, code) == "secured"
    assert [one.code for one in rulings.of_session(session, show.id)] == [code]


def test_a_parcel_that_is_made_up_does_not_leave_the_house(session: Session) -> None:
    show = make_show(session)
    code = pack(session, paid(session, show))
    stop(session, show)
    with pytest.raises(OrderFrozen):
        fulfilment.hand_over(session, code, "p:packer")


def test_a_released_order_goes_on(session: Session) -> None:
    show = make_show(session)
    code = paid(session, show)
    stop(session, show)
    rule(session, show, code, RELEASE)
    fulfilment.start_packing(session, code, "p:packer")
    with pytest.raises(AlreadyRuled):
        rule(session, show, code, REFUND)


def test_a_refund_ends_the_order_and_owes_the_money_back(session: Session) -> None:
    show = make_show(session)
    code = pack(session, paid(session, show))
    stop(session, show)
    rule(session, show, code, REFUND)
    assert state_of(session, code) == "cancelled"
    assert orders.facts(session, code).refund_due
    assert problems(session) == []


def test_a_ruling_needs_words_and_an_order_of_this_stop(session: Session) -> None:
    show, other = make_show(session), make_show(session)
    code = paid(session, show)
    stop(session, show)
    stop(session, other)
    with pytest.raises(ReasonNeeded):
        rule(session, show, code, RELEASE, "  ")
    with pytest.raises(NotFound):
        rule(session, other, code, RELEASE)


def test_a_frozen_order_can_still_give_the_money_back(session: Session) -> None:
    show = make_show(session)
    code = paid(session, show)
    stop(session, show)
    changes.call_off(session, code, "p:owner", "Tôi hoàn tiền khách luôn")
    (order,) = rulings.of_session(session, show.id)
    assert (order.state, order.waits) == ("cancelled", False)


def test_a_stop_is_made_once_and_never_changed(either: Session) -> None:
    show = make_show(either)
    stop(either, show)
    with pytest.raises(AlreadyStopped):
        stop(either, show)
    with pytest.raises(DBAPIError, match=r"never changed|refuse"), either.begin_nested():
        either.execute(text("UPDATE session_stops SET reason = 'other'"))


def test_a_show_to_come_is_called_off_and_a_draft_is_nothing_to_stop(session: Session) -> None:
    show = make_show(session, started=False)
    stop(session, show)
    assert view.facts(session, show.id).state == "cancelled"
    assert stops.of_session(session, show.id) is not None
    called_off = make_show(session, started=False)
    sessions.cancel(session, called_off.id)
    with pytest.raises(NothingToStop):
        stop(session, called_off)


def test_hiding_a_replay_leaves_the_orders_and_stopping_it_whole_freezes_them(
    session: Session,
) -> None:
    hidden, whole = make_show(session), make_show(session)
    codes = [paid(session, hidden), paid(session, whole)]
    for show in (hidden, whole):
        sessions.end(session, show.id)
    stop(session, hidden, StopOrder("harm", "Xúc phạm", REPLAY))
    stop(session, whole, StopOrder("unsafe", "Hàng giả", ALL))
    assert standing.is_stopped(session, hidden.id)
    fulfilment.start_packing(session, codes[0], "p:packer")
    with pytest.raises(OrderFrozen):
        fulfilment.start_packing(session, codes[1], "p:packer")


def test_everybody_concerned_is_told_once(session: Session) -> None:
    show = make_show(session)
    make_claim(session, show, 2)
    frozen, ended = paid(session, show), ordered(session, show)
    stop(session, show)
    for _again in range(2):
        stop_news.tell(session, show.id)
        for code in (frozen, ended):
            freeze_news.stopped(session, OrderStopped(code, f"live:{show.id}", show.seller_id))
    assert [told(session, kind) for kind in ("show_stopped", "order_frozen", "order_stopped")] == [
        1,
        1,
        1,
    ]
    rule(session, show, frozen, RELEASE)
    freeze_news.ruled(session, OrderFreezeRuled(frozen, f"live:{show.id}", show.seller_id))
    assert told(session, "order_goes_on") == 1


def test_a_seller_answers_at_most_ten_times(session: Session, time_at: FixedClock) -> None:
    show = make_show(session)
    stop(session, show)
    person_id = make_person(session, "Chủ vườn")
    for number in range(10):
        replies.add(session, show.id, show.seller_id, person_id, f"Lần {number}")
        time_at.advance(1)
    with pytest.raises(RepliesFull):
        replies.add(session, show.id, show.seller_id, person_id, "Lần nữa")
    assert replies.of_session(session, show.id)[0].words == "Lần 0"
    assert replies.of_session(session, show.id, []) == ()


def test_a_stopped_show_that_sells_and_a_frozen_order_that_left_are_found(
    session: Session,
) -> None:
    show = make_show(session)
    make_claim(session, show)
    code = paid(session, show)
    stop(session, show)
    session.execute(
        text("UPDATE claims SET state = 'held', held = 1, expires_ms = 1 WHERE number = 1")
    )
    session.execute(text(f"UPDATE orders SET state = 'handed_over' WHERE code = '{code}'"))
    found = {one.name for one in fsck.run_all(session) if one.problems}
    assert {"live.stopped_shows_sell_nothing", "shop.frozen_orders_stay"} <= found
