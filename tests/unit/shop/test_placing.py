"""How an order comes to be."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.codes import is_order_code, new_order_code
from core.errors import NotFound, OutOfStock
from payments import payments
from payments.errors import NoReceivingAccount
from shop import orders
from shop.delivery.quote import NoService
from shop.errors import AddressNeeded, EmptyOrder
from shop.models import Order, OrderEvent
from shop.ordering import placing
from shop.ordering.totals import TooMuchForOneTransfer
from shop.orders import DeliveryChoice, PlaceLine, PlaceOrder
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, make_seller
from tests.factories.shop import (
    PICK_UP,
    TO_THE_DOOR,
    Stand,
    buyer_of,
    make_order,
    make_stand,
    make_ways,
    order,
)

MINUTE_MS = 60_000


def wish(session: Session, stand: Stand, *lines: PlaceLine, **changed: object) -> PlaceOrder:
    fields: dict[str, object] = {
        "seller_id": stand.seller_id,
        "buyer": buyer_of(make_login(session)[1]),
        "source": "web",
        "delivery": PICK_UP,
        "lines": lines or (stand.line(2),),
    }
    return PlaceOrder(**{**fields, **changed})  # type: ignore[arg-type]


def test_an_order_has_a_code_a_sum_and_a_quarter_of_an_hour(session: Session) -> None:
    stand = make_stand(session)
    placed = order(session, orders.place(session, wish(session, stand, delivery=TO_THE_DOOR)))
    assert is_order_code(placed.code)
    assert (placed.goods_vnd, placed.fee_vnd, placed.amount_vnd) == (130_000, 20_000, 150_000)
    assert (placed.state, placed.address) == ("placed", "Số 5, xóm Đồng Lạnh")
    assert placed.pay_by_ms - placed.placed_ms == 15 * MINUTE_MS


def test_its_lines_are_frozen_as_the_buyer_saw_them(session: Session) -> None:
    stand = make_stand(session)
    (line,) = order(session, make_order(session, stand, stand.line(3))).lines
    assert (line.name, line.unit, line.packs) == ("Chè móc câu Tân Cương", "gói 200 g", 3)
    assert (line.unit_price_vnd, line.amount_vnd) == (65_000, 195_000)


def test_its_stock_is_held_and_its_sum_is_asked_for(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand, stand.line(2))
    assert stand.level(session).held == 400
    asked = payments.facts(session, orders.reference_of(code))
    assert (asked.code, asked.due_vnd, asked.state) == (code, 130_000, "expected")


def test_longer_holds_give_longer_to_pay(session: Session) -> None:
    stand, until_ms = make_stand(session), clock.now_ms() + 40 * MINUTE_MS
    code = orders.place(session, wish(session, stand, hold_until_ms=until_ms))
    assert order(session, code).pay_by_ms == until_ms


def test_what_claims_took_stays_in_the_allotment_for_the_order(session: Session) -> None:
    stand = make_stand(session)
    allotment = stock.grant(session, stand.product_id, 1_000, "pin:A1")
    assert stock.take(session, allotment, 200, 2) == 2
    make_order(session, stand, stand.line(2, allotment), stand.line(1))
    assert stand.level(session) == stock.Level(2_000, 0, 1_200, 800, 600)


def test_more_than_there_is_is_refused_in_packs_and_leaves_nothing(session: Session) -> None:
    stand = make_stand(session, packs=2)
    with pytest.raises(OutOfStock) as refused, session.begin_nested():
        make_order(session, stand, stand.line(2), stand.line(1))
    assert refused.value.data == {"left": 2, "listing": stand.listing_id}
    assert stand.level(session).held == 0
    assert session.scalars(select(Order)).all() == []


def test_goods_of_another_seller_are_not_found(session: Session) -> None:
    stand, foreign = make_stand(session), make_listing(session)
    with pytest.raises(NotFound):
        orders.place(session, wish(session, stand, stand.line(), PlaceLine(foreign, 1, 1)))


def test_an_order_of_nothing_is_refused(session: Session) -> None:
    stand = make_stand(session)
    with pytest.raises(EmptyOrder):
        orders.place(
            session, PlaceOrder(stand.seller_id, wish(session, stand).buyer, "web", PICK_UP, ())
        )


def test_the_door_needs_an_address(session: Session) -> None:
    with pytest.raises(AddressNeeded) as refused:
        orders.place(
            session, wish(session, make_stand(session), delivery=DeliveryChoice("own_run"))
        )
    assert refused.value.code == "bad_request"
    assert refused.value.data["field"] == "delivery.address"


def test_a_parcel_too_heavy_for_the_run_is_refused(session: Session) -> None:
    stand = make_stand(session, packs=30)
    with pytest.raises(NoService):
        orders.place(session, wish(session, stand, stand.line(26), delivery=TO_THE_DOOR))


def test_a_sum_no_transfer_carries_is_refused(session: Session) -> None:
    stand = make_stand(session)
    with pytest.raises(TooMuchForOneTransfer):
        orders.place(session, wish(session, stand, PlaceLine(stand.listing_id, 2, 250_000_000)))


def test_a_seller_without_an_account_cannot_be_ordered_from(session: Session) -> None:
    seller = make_seller(session)
    make_ways(session, seller)
    buyer, line = (
        buyer_of(make_login(session)[1]),
        PlaceLine(make_listing(session, seller), 1, 65_000),
    )
    with pytest.raises(NoReceivingAccount):
        orders.place(session, PlaceOrder(seller, buyer, "web", PICK_UP, (line,)))


def test_a_code_already_given_is_never_given_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = make_stand(session)
    first = make_order(session, stand)
    second = new_order_code(lambda n: 0)
    fresh = iter([first, first, second])
    monkeypatch.setattr(placing, "new_order_code", lambda _: next(fresh))
    assert make_order(session, stand) == second


def test_the_history_begins_with_the_buyer(session: Session) -> None:
    _, login = make_login(session)
    code = make_order(session, make_stand(session), login=login)
    (event,) = session.scalars(select(OrderEvent).where(OrderEvent.order_code == code))
    assert (event.state, event.actor) == ("placed", f"p:{login.person_id}")
