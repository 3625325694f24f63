"""Where goods went, through pooling of pools, splitting and drying: every holder, every gram."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import opening, returns, runs, states
from catalog.lots.runs import RunInput, RunOutput
from catalog.stock import Word
from catalog.trace import NOBODY, HolderOf
from core import clock
from core.errors import NotFound
from tests.factories.catalog import keep, make_product
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot, make_member
from tests.support.lot_books import problems


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def leaf(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè búp tươi")


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè khô")


def pool(session: Session, seller: str, *parts: tuple[str, int]) -> str:
    inputs = [RunInput(lot, quantity) for lot, quantity in parts]
    return runs.merge(session, seller, inputs, ACTOR).outputs[0]


def dry(session: Session, seller: str, tea: str, lot: str, kept: tuple[int, int]) -> str:
    into, made = kept
    run = runs.process(session, seller, [RunInput(lot, into)], [RunOutput(tea, made)], ACTOR)
    return run.outputs[0]


def order(session: Session, product: str, quantity: int, holder: str) -> None:
    keep(session, product, quantity, holder)
    stock.allocate_holder(session, holder)
    stock.bind_holder(session, holder, clock.today())


def test_two_levels_of_pooling_and_a_drying_hide_no_buyer(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    bad, good = make_lot(session, seller, leaf, 300), make_lot(session, seller, leaf, 700)
    other = make_lot(session, seller, leaf, 1000)
    first = pool(session, seller, (bad, 300), (good, 700))
    second = pool(session, seller, (first, 500), (other, 1000))
    dried = dry(session, seller, tea, second, (1500, 300))
    order(session, tea, 100, "order:A")
    order(session, tea, 50, "order:B")
    stock.ship_holder(session, "order:B", ACTOR)
    order(session, leaf, 200, "order:C")
    assert trace.descendants(session, seller, bad) == (first, second, dried)
    assert trace.holders(session, seller, bad) == (
        HolderOf("order:A", dried, 100, 10, shipped=False),
        HolderOf("order:B", dried, 50, 5, shipped=True),
        HolderOf("order:C", first, 200, 60, shipped=False),
    )


def test_a_lot_that_went_nowhere_near_has_no_holder(
    session: Session, seller: str, leaf: str
) -> None:
    bad = make_lot(session, seller, leaf, 300, best_before=days_ago(-90))
    make_lot(session, seller, leaf, 300, best_before=days_ago(-3))
    order(session, leaf, 200, "order:A")
    assert trace.holders(session, seller, bad) == ()


def test_who_bought_at_the_stall_is_found_too(session: Session, seller: str, tea: str) -> None:
    stall = stock.open_point(session, seller, "stall", "Chợ Đại Từ")
    lot = make_lot(session, seller, tea, 100, point_id=stall)
    row = stock.row_at(session, seller, tea, stall)
    part = runs.split(session, seller, RunInput(lot, 40, row), ACTOR).outputs[0]
    stock.sell(session, row, 90, "stall:1", Word(ACTOR))
    found = trace.holders(session, seller, lot)
    assert {(one.holder, one.shipped) for one in found} == {("stall:1", True)}
    assert sum(one.quantity for one in found) == 90
    assert {one.lot_id for one in found} == {lot, part}


def test_who_brought_everything_back_need_not_be_called(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 100)
    order(session, tea, 30, "order:A")
    stock.ship_holder(session, "order:A", ACTOR)
    returns.take_back(session, seller, "order:A", lot, 10, ACTOR)
    assert [one.quantity for one in trace.holders(session, seller, lot)] == [20]
    returns.take_back(session, seller, "order:A", lot, 20, ACTOR)
    assert trace.holders(session, seller, lot) == ()


def test_what_came_back_and_was_sold_again_is_followed(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 30)
    order(session, tea, 30, "order:A")
    stock.ship_holder(session, "order:A", ACTOR)
    back = returns.take_back(session, seller, "order:A", lot, 30, ACTOR)
    states.release(session, seller, back, ACTOR, "còn nguyên gói")
    order(session, tea, 20, "order:B")
    assert trace.holders(session, seller, lot) == (
        HolderOf("order:B", back, 20, 20, shipped=False),
    )


def test_a_pool_of_pools_still_knows_every_member_to_the_gram(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    members = [make_member(session, seller, name) for name in ("Mai", "Lan", "Hoa")]
    lots = [make_lot(session, seller, leaf, 1000, member_id=one) for one in members]
    bought = opening.bring_in(session, seller, leaf, 1000, "mua ngoài")
    first = pool(session, seller, (lots[0], 1000), (lots[1], 500))
    second = pool(session, seller, (first, 1500), (lots[2], 700), (bought, 300))
    dried = dry(session, seller, tea, second, (2500, 501))
    shares = trace.member_shares(session, dried)
    assert sum(shares.values()) == 501
    assert [shares[one] for one in (*members, NOBODY)] == [201, 100, 140, 60]
    assert problems(session) == []


def test_ancestors_are_told_nearest_first(session: Session, seller: str, leaf: str) -> None:
    lot = make_lot(session, seller, leaf, 300)
    first = pool(session, seller, (lot, 200))
    second = pool(session, seller, (first, 100), (lot, 50))
    assert trace.ancestors(session, seller, second) == (first, lot)
    assert trace.ancestors(session, seller, lot) == ()


def test_a_hundred_poolings_deep_is_no_deeper(session: Session, seller: str, leaf: str) -> None:
    member = make_member(session, seller)
    lot = first = make_lot(session, seller, leaf, 300, member_id=member)
    for _ in range(100):
        lot = pool(session, seller, (lot, 300))
    assert len(trace.descendants(session, seller, first)) == 100
    assert trace.member_shares(session, lot) == {member: 300}
    order(session, leaf, 10, "order:A")
    assert [one.share for one in trace.holders(session, seller, first)] == [10]


def test_nothing_is_traced_for_another_seller(session: Session, seller: str, leaf: str) -> None:
    lot, other = make_lot(session, seller, leaf, 10), make_seller(session)
    for ask in (trace.holders, trace.descendants, trace.ancestors):
        with pytest.raises(NotFound):
            ask(session, other, lot)
