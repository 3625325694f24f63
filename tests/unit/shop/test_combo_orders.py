"""Orders of combos: one line, a hold for each part, and all of it moves together."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, wholesale
from catalog.models import Movement
from catalog.tiers import Tier
from core import fsck
from core.clock import FixedClock
from core.errors import OutOfStock
from shop import orders
from shop.buying import cart, checkout
from shop.buying.checkout import CheckoutForm
from shop.models import OrderLinePart
from shop.orders import Cancellation, PlaceLine
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login
from tests.factories.offers import COMBO_VND, make_combo
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, make_order, make_stand, order


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session)


@pytest.fixture
def combo(session: Session, stand: Stand) -> str:
    """Two packs of tea (200 g) and a bag of 500 g of the same tea."""
    large = make_listing(
        session, product_id=stand.product_id, pack_size=500, price_vnd=150_000, unit_word="túi"
    )
    return make_combo(session, stand.seller_id, **{stand.listing_id: 2, large: 1})


def combo_line(combo: str, packs: int = 1) -> PlaceLine:
    return PlaceLine(combo, packs, COMBO_VND)


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


def test_it_is_one_line_at_one_price_with_its_parts(
    session: Session, stand: Stand, combo: str
) -> None:
    (line,) = order(session, make_order(session, stand, combo_line(combo, 2))).lines
    assert (line.packs, line.amount_vnd, line.unit) == (2, 2 * COMBO_VND, "combo")
    assert sorted((part.packs, part.unit) for part in line.parts) == [
        (2, "túi 500 g"),
        (4, "gói 200 g"),
    ]
    assert problems(session) == []


def test_each_stock_row_is_asked_once_for_the_sum_of_all_lines(
    session: Session, stand: Stand, combo: str
) -> None:
    with pytest.raises(OutOfStock) as refused:  # 2 × 900 g and 2 × 200 g of 2,000 g
        make_order(session, stand, combo_line(combo, 2), stand.line(2))
    assert refused.value.data["left"] == 2
    assert stand.level(session).held == 0
    make_order(session, stand, combo_line(combo, 2), stand.line(1))
    assert stand.level(session).available == 0


def test_paid_cancelled_and_lapsed_all_its_holds_move_together(
    session: Session, stand: Stand, combo: str, time_at: FixedClock
) -> None:
    code = make_order(session, stand, combo_line(combo))
    pay(session, stand.till, code, COMBO_VND)
    orders.secure(session, code)
    assert stand.level(session) == stock.Level(2_000, 900, 0, 1_100, 0)
    orders.cancel(session, code, Cancellation("p:x", by_buyer=True))
    lapsed = make_order(session, stand, combo_line(combo))
    time_at.advance(15 * 60_000)
    orders.expire_due(session)
    assert order(session, lapsed).state == "expired"
    assert stand.level(session) == stock.Level(2_000, 0, 0, 2_000, 0)
    assert problems(session) == []


def test_late_money_takes_all_parts_again_or_none(
    session: Session, stand: Stand, combo: str, time_at: FixedClock
) -> None:
    late = make_order(session, stand, combo_line(combo))
    time_at.advance(15 * 60_000)
    orders.expire_due(session)
    make_order(session, stand, stand.line(6))  # 800 g are left, and 900 g wanted
    pay(session, stand.till, late, COMBO_VND)
    orders.secure(session, late)
    assert (order(session, late).state, order(session, late).refund_due) == ("expired", True)
    assert stand.level(session).allocated == 0


def test_what_was_bought_stays_what_it_was_when_the_combo_changes(
    session: Session, stand: Stand, combo: str
) -> None:
    code = make_order(session, stand, combo_line(combo))
    frozen = order(session, code).lines[0].parts
    parts = session.scalars(select(OrderLinePart)).all()
    assert [part.packs for part in parts] == [part.packs for part in frozen]
    held = session.scalars(select(Movement.held).where(Movement.kind == "hold"))
    assert sorted(held) == [400, 500]


def test_a_combo_weighs_what_its_parts_weigh(session: Session, stand: Stand, combo: str) -> None:
    _, login = make_login(session)
    cart.add(session, login.actor, combo, 6)  # 5.4 kg, the run carries 5
    (part,) = cart.read(session, login.actor)
    assert [way.quote.kind for way in checkout.ways_for(session, part)] == ["pickup"]


def test_many_packs_cost_the_wholesale_price_and_keep_it(session: Session, stand: Stand) -> None:
    wholesale.set_tiers(session, stand.seller_id, stand.listing_id, [Tier(5, 60_000)])
    _, login = make_login(session)
    cart.add(session, login.actor, stand.listing_id, 5)
    form = CheckoutForm(stand.seller_id, "Hoa", "", PICK_UP)
    code = checkout.order_cart(session, login, form)
    wholesale.set_tiers(session, stand.seller_id, stand.listing_id, [])
    (line,) = order(session, code).lines
    assert (line.unit_price_vnd, line.amount_vnd) == (60_000, 300_000)


def test_one_pack_fewer_costs_the_retail_price(session: Session, stand: Stand) -> None:
    wholesale.set_tiers(session, stand.seller_id, stand.listing_id, [Tier(5, 60_000)])
    cart.add(session, "d:me", stand.listing_id, 4)
    ((item,),) = [part.items for part in cart.read(session, "d:me")]
    assert (item.unit_price_vnd, item.next_tier) == (PRICE_VND, Tier(5, 60_000))
