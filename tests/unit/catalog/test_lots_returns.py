"""What comes back waits for a check, is on hand only after it, and never more than went out."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import facts, returns, states
from catalog.lots.errors import MoreThanShipped
from catalog.stock import Word
from core.errors import NotFound
from core.quantity import BadQuantity
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, make_lot
from tests.support.lot_books import problems


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller)


@pytest.fixture
def lot(session: Session, seller: str, tea: str) -> str:
    """100 g, of which 60 g went to order A."""
    made = make_lot(session, seller, tea, 100)
    keep(session, tea, 60, "order:A")
    stock.allocate_holder(session, "order:A")
    stock.ship_holder(session, "order:A", ACTOR)
    return made


def test_on_hand_rises_only_after_the_check(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = returns.take_back(session, seller, "order:A", lot, 20, ACTOR)
    known = facts.get(session, seller, back)
    assert (known.state, known.waits_for, known.origin, known.quantity) == (
        "quarantine",
        "check",
        "return",
        20,
    )
    assert stock.levels(session, [tea])[tea].on_hand == 40
    states.release(session, seller, back, ACTOR, "còn nguyên")
    assert stock.levels(session, [tea])[tea].on_hand == 60
    assert problems(session) == []


def test_what_is_no_good_any_more_is_written_off(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = returns.take_back(session, seller, "order:A", lot, 20, ACTOR)
    stock.spoil(session, stock_id_of(session, tea), back, 20, Word(ACTOR, "rách gói"))
    assert stock.levels(session, [tea])[tea].on_hand == 40
    assert problems(session) == []


def test_no_more_comes_back_than_went_out(session: Session, seller: str, lot: str) -> None:
    returns.take_back(session, seller, "order:A", lot, 50, ACTOR)
    with pytest.raises(MoreThanShipped) as refusal:
        returns.take_back(session, seller, "order:A", lot, 11, ACTOR)
    assert refusal.value.data == {"left": 10}


def test_nothing_comes_back_from_who_got_nothing(session: Session, seller: str, lot: str) -> None:
    with pytest.raises(MoreThanShipped):
        returns.take_back(session, seller, "order:B", lot, 1, ACTOR)


@pytest.mark.parametrize("act", [states.block, states.recall])
def test_the_customers_door_does_not_launder_a_lot(
    session: Session, seller: str, lot: str, act: object
) -> None:
    assert callable(act)
    act(session, seller, lot, ACTOR, "dư lượng")
    back = facts.get(session, seller, returns.take_back(session, seller, "order:A", lot, 20, ACTOR))
    assert (back.state, back.why) == (facts.get(session, seller, lot).state, "dư lượng")
    assert problems(session) == []


def test_a_recall_takes_what_came_back_before_it_along(
    session: Session, seller: str, lot: str
) -> None:
    back = returns.take_back(session, seller, "order:A", lot, 20, ACTOR)
    assert states.recall(session, seller, lot, ACTOR, "") == (lot, back)


def test_what_a_stall_sold_can_come_back(session: Session, seller: str, tea: str) -> None:
    stall = stock.open_point(session, seller, "stall", "Chợ Đại Từ")
    made = make_lot(session, seller, tea, 10, point_id=stall)
    stock.sell(session, stock.row_at(session, seller, tea, stall), 4, "stall:1", Word(ACTOR))
    back = returns.take_back(session, seller, "stall:1", made, 4, ACTOR)
    assert facts.get(session, seller, back).lies[0].point_kind == "store"


def test_bad_amounts_and_others_lots_are_refused(session: Session, seller: str, lot: str) -> None:
    with pytest.raises(BadQuantity):
        returns.take_back(session, seller, "order:A", lot, 0, ACTOR)
    with pytest.raises(NotFound):
        returns.take_back(session, make_seller(session), "order:A", lot, 1, ACTOR)
