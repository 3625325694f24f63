"""What may become of a lot: blocked, released, recalled with all that was made of it, used up, overdue."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import LotClosed
from catalog.lots import facts, rules, runs, states
from catalog.lots.errors import LotNotEmpty, PastRemoval
from catalog.lots.runs import RunInput
from catalog.stock import Word
from core import clock
from core.clock import FixedClock
from core.errors import OutOfStock
from core.states import BadTransition
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot
from tests.support.lot_books import problems

DAY_MS = 86_400_000
WORD = Word(ACTOR)


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller)


def state(session: Session, seller: str, lot: str) -> str:
    return facts.get(session, seller, lot).state


def test_every_state_can_be_reached() -> None:
    assert rules.LOT.reachable_from("quarantine") == rules.LOT.states


def test_a_recalled_lot_stays_recalled() -> None:
    assert not {new for old, new in rules.LOT.moves if old == "recalled"}


def test_severity_ranks_every_state() -> None:
    assert set(rules.SEVERITY) == rules.LOT.states


def test_a_blocked_lot_is_not_on_hand_and_comes_back(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 500)
    states.block(session, seller, lot, ACTOR, "nghi mốc")
    with pytest.raises(OutOfStock):
        keep(session, tea, 1)
    assert facts.get(session, seller, lot).why == "nghi mốc"
    states.release(session, seller, lot, ACTOR, "đã kiểm")
    assert stock.levels(session, [tea])[tea].available == 500
    assert facts.get(session, seller, lot).why == ""


def test_an_order_bound_to_a_blocked_lot_is_bound_to_another(
    session: Session, seller: str, tea: str
) -> None:
    first = make_lot(session, seller, tea, 100, best_before=days_ago(-5))
    second = make_lot(session, seller, tea, 100)
    keep(session, tea, 60, "order:A")
    stock.allocate_holder(session, "order:A")
    stock.bind_holder(session, "order:A", clock.today())
    states.block(session, seller, first, ACTOR, "mốc")
    assert stock.bound_to(session, "order:A") == ()
    assert stock.bind_holder(session, "order:A", clock.today()) == 0
    assert [part.lot_id for part in stock.bound_to(session, "order:A")] == [second]


def test_a_recall_leaves_promises_standing_and_the_row_short(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 100)
    keep(session, tea, 60, "order:A")
    states.recall(session, seller, lot, ACTOR, "dư lượng")
    level = stock.levels(session, [tea])[tea]
    assert (level.on_hand, level.held, level.short) == (0, 60, 60)
    assert problems(session) == []


def test_a_recall_ends_what_a_live_sale_could_still_promise(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 100)
    allotment = stock.grant(session, tea, 80, "pin:A1")
    assert stock.take(session, allotment, 10, 2) == 2
    states.recall(session, seller, lot, ACTOR, "dư lượng")
    assert stock.take(session, allotment, 10, 1) == 0
    assert stock.levels(session, [tea])[tea].held == 20


def test_a_recall_reaches_what_was_split_and_pooled_and_sold_out(
    session: Session, seller: str, tea: str
) -> None:
    lot, other = make_lot(session, seller, tea, 100), make_lot(session, seller, tea, 100)
    part = runs.split(session, seller, RunInput(lot, 40), ACTOR).outputs[0]
    inputs = [RunInput(part, 40), RunInput(other, 10)]
    pool = runs.merge(session, seller, inputs, ACTOR).outputs[0]
    states.spend(session, seller, part, ACTOR, "")
    assert states.recall(session, seller, lot, ACTOR, "dư lượng") == (lot, part, pool)
    assert [state(session, seller, one) for one in (lot, part, pool, other)] == [
        "recalled",
        "recalled",
        "recalled",
        "available",
    ]
    assert stock.levels(session, [tea])[tea].on_hand == 90


def test_recalling_twice_does_nothing_more(session: Session, seller: str, tea: str) -> None:
    lot = make_lot(session, seller, tea, 100)
    states.recall(session, seller, lot, ACTOR, "dư lượng")
    assert states.recall(session, seller, lot, ACTOR, "bấm hai lần") == (lot,)
    assert len([n for n in facts.notes(session, seller, lot) if n.what == "recalled"]) == 1


@pytest.mark.parametrize("act", [states.release, states.block, states.spend])
def test_nothing_brings_a_recalled_lot_back(
    session: Session, seller: str, tea: str, act: object
) -> None:
    lot = make_lot(session, seller, tea, 100)
    states.recall(session, seller, lot, ACTOR, "")
    stock.spoil(session, stock_id_of(session, tea), lot, 100, WORD)
    assert callable(act)
    with pytest.raises(BadTransition):
        act(session, seller, lot, ACTOR, "")


def test_a_part_of_a_recalled_lot_is_recalled(session: Session, seller: str, tea: str) -> None:
    lot = make_lot(session, seller, tea, 100)
    states.recall(session, seller, lot, ACTOR, "dư lượng")
    part = runs.split(session, seller, RunInput(lot, 40), ACTOR).outputs[0]
    assert state(session, seller, part) == "recalled"
    assert problems(session) == []


def test_a_lot_with_goods_left_is_not_closed(session: Session, seller: str, tea: str) -> None:
    lot = make_lot(session, seller, tea, 100)
    with pytest.raises(LotNotEmpty) as refusal:
        states.spend(session, seller, lot, ACTOR, "")
    assert refusal.value.data == {"left": 100}


def test_more_found_of_a_closed_lot_needs_it_opened_again(
    session: Session, seller: str, tea: str
) -> None:
    lot, row = make_lot(session, seller, tea, 100), stock_id_of(session, tea)
    stock.spoil(session, row, lot, 100, WORD)
    states.spend(session, seller, lot, ACTOR, "hết")
    with pytest.raises(LotClosed), session.begin_nested():
        stock.recount_lot(session, row, lot, 5, WORD)
    states.release(session, seller, lot, ACTOR, "còn một túi")
    stock.recount_lot(session, row, lot, 5, WORD)
    assert stock.levels(session, [tea])[tea].on_hand == 5


def test_an_overdue_lot_is_taken_off_sale_and_says_why(
    session: Session, seller: str, tea: str, time_at: FixedClock
) -> None:
    lot = make_lot(session, seller, tea, 100, best_before=days_ago(-1))
    time_at.advance(DAY_MS)
    states.retire_expired(session)
    assert state(session, seller, lot) == "available"
    time_at.advance(DAY_MS)
    states.retire_expired(session)
    known = facts.get(session, seller, lot)
    assert (known.state, known.why, known.quantity) == ("blocked", rules.PAST, 100)
    assert stock.levels(session, [tea])[tea].on_hand == 0
    with pytest.raises(PastRemoval) as refusal:
        states.release(session, seller, lot, ACTOR, "vẫn thơm")
    assert "26/11/2026" in refusal.value.text()


def test_an_overdue_lot_of_which_nothing_is_left_is_left_alone(
    session: Session, seller: str, tea: str, time_at: FixedClock
) -> None:
    lot = make_lot(session, seller, tea, 100, best_before=days_ago(-1))
    stock.spoil(session, stock_id_of(session, tea), lot, 100, WORD)
    time_at.advance(2 * DAY_MS)
    states.retire_expired(session)
    assert state(session, seller, lot) == "available"


def test_a_lot_that_waits_for_a_check_is_not_released_by_the_calendar(
    session: Session, seller: str, tea: str, time_at: FixedClock
) -> None:
    lot = make_lot(session, seller, tea, sprayed_on=days_ago(0), interval_days=1)
    states.block(session, seller, lot, ACTOR, "chờ xét nghiệm")
    time_at.advance(2 * DAY_MS)
    states.release_cleared(session)
    assert state(session, seller, lot) == "blocked"
