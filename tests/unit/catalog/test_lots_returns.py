"""What comes back waits for a check, is on hand only after it, and never more than went out."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.errors import LotTooSmall
from catalog.lots import facts, return_book, returns, states
from catalog.lots.errors import (
    MoreThanShipped,
    NotClearYet,
    NothingGraded,
    NotWaitingForCheck,
    SpoiltUnsaid,
)
from catalog.lots.returns import Brought, Verdict
from catalog.models import Lot
from catalog.stock import Word
from core import clock
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


def brought(session: Session, seller: str, lot: str, quantity: int) -> str:
    return returns.take_in(session, seller, Brought(lot, quantity, "CP12"), Word(ACTOR, "rách gói"))


def test_goods_come_back_though_nobody_says_who_had_them(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = facts.get(session, seller, brought(session, seller, lot, 20))
    assert (back.state, back.waits_for, back.quantity, back.notes) == (
        "quarantine",
        "check",
        20,
        "CP12",
    )
    assert stock.levels(session, [tea])[tea].on_hand == 40
    assert problems(session) == []


def test_what_nobody_is_named_for_still_counts_as_back(
    session: Session, seller: str, lot: str
) -> None:
    brought(session, seller, lot, 50)
    for again in (
        lambda: brought(session, seller, lot, 11),
        lambda: returns.take_back(session, seller, "order:A", lot, 11, ACTOR),
    ):
        with pytest.raises(MoreThanShipped) as refusal:
            again()
        assert refusal.value.data == {"left": 10}


def test_a_recall_still_calls_everybody_when_nobody_was_named(
    session: Session, seller: str, lot: str
) -> None:
    brought(session, seller, lot, 20)
    had = [one for one in trace.holders(session, seller, lot) if one.lot_id == lot]
    assert [(one.holder, one.quantity) for one in had] == [("order:A", 60)]


def test_one_look_puts_a_part_on_sale_writes_one_off_and_lets_the_rest_wait(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = brought(session, seller, lot, 20)
    verdict = Verdict(stock_id_of(session, tea), 12, 5, "rách gói")
    sold = facts.get(session, seller, returns.grade(session, seller, back, verdict, ACTOR))
    rest = facts.get(session, seller, back)
    assert (sold.state, sold.quantity, rest.state, rest.quantity) == (
        "available",
        12,
        "quarantine",
        3,
    )
    assert stock.levels(session, [tea])[tea].on_hand == 52
    assert problems(session) == []


def test_all_good_opens_the_returned_lot_itself(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = brought(session, seller, lot, 20)
    verdict = Verdict(stock_id_of(session, tea), 20, 0)
    assert returns.grade(session, seller, back, verdict, ACTOR) == back
    assert facts.get(session, seller, back).state == "available"


@pytest.mark.parametrize(
    ("good", "spoilt", "reason", "refusal"),
    [
        (0, 0, "", NothingGraded),
        (0, 5, "", SpoiltUnsaid),
        (15, 6, "rách", LotTooSmall),
    ],
)
def test_a_look_that_cannot_be_is_refused(
    session: Session,
    seller: str,
    tea: str,
    lot: str,
    good: int,
    spoilt: int,
    reason: str,
    refusal: type[Exception],
) -> None:
    back = brought(session, seller, lot, 20)
    verdict = Verdict(stock_id_of(session, tea), good, spoilt, reason)
    with pytest.raises(refusal):
        returns.grade(session, seller, back, verdict, ACTOR)


def test_returned_goods_inside_their_interval_stay_where_they_are(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = brought(session, seller, lot, 20)
    session.execute(
        update(Lot).where(Lot.id == back).values(clear_on=clock.today() + timedelta(days=3))
    )
    with pytest.raises(NotClearYet):
        returns.grade(session, seller, back, Verdict(stock_id_of(session, tea), 20, 0), ACTOR)


def test_only_returned_goods_are_graded(session: Session, seller: str, tea: str, lot: str) -> None:
    with pytest.raises(NotWaitingForCheck):
        returns.grade(session, seller, lot, Verdict(stock_id_of(session, tea), 1, 0), ACTOR)


def test_a_slip_of_the_pen_is_taken_back(session: Session, seller: str, tea: str, lot: str) -> None:
    back = brought(session, seller, lot, 20)
    returns.undo(session, seller, back, Word(ACTOR, "ghi nhầm"))
    gone = facts.get(session, seller, back)
    assert (gone.state, gone.quantity) == ("spent", 0)
    assert trace.out_of_house(session, [lot]) == {lot: 60}
    assert problems(session) == []


def test_what_is_on_sale_already_is_not_taken_back(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    back = brought(session, seller, lot, 20)
    returns.grade(session, seller, back, Verdict(stock_id_of(session, tea), 2, 0), ACTOR)
    returns.undo(session, seller, back, Word(ACTOR, "ghi nhầm"))
    assert trace.out_of_house(session, [lot]) == {lot: 58}
    with pytest.raises(NotWaitingForCheck):
        returns.undo(session, seller, back, Word(ACTOR))
    assert problems(session) == []


def test_the_desk_offers_lots_that_left_the_house_and_shows_what_waits_first(
    session: Session, seller: str, tea: str, lot: str
) -> None:
    make_lot(session, seller, tea, 10)
    offered = return_book.out_lately(session, seller)
    assert [(one.lot.id, one.out) for one in offered] == [(lot, 60)]
    first = brought(session, seller, lot, 20)
    returns.undo(session, seller, brought(session, seller, lot, 20), Word(ACTOR))
    assert next(one.id for one in return_book.of_seller(session, seller)) == first
    assert [return_book.waits(one) for one in return_book.of_seller(session, seller)] == [
        True,
        False,
    ]
