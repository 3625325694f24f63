"""Runs: what goes in is what comes out and is lost, and nobody's grams go missing."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import facts, runs, states
from catalog.lots.errors import LotNotUsable, NotClearYet, OutputsTooHeavy, ProductsDiffer
from catalog.lots.runs import RunFacts, RunInput, RunOutput
from core.clock import FixedClock
from core.errors import BadRequest, NotFound, OutOfStock
from core.quantity import BadQuantity
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot, make_member
from tests.support.lot_books import problems

DAY_MS = 86_400_000
Act = Callable[..., object]


@dataclass(frozen=True)
class Made:
    """A run with whose leaf went in, and as which lots."""

    run: RunFacts
    members: tuple[str, str]
    lots: tuple[str, str]


KG = 1000


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def leaf(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè búp tươi")


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè khô")


@pytest.fixture
def made(session: Session, seller: str, leaf: str, tea: str) -> Made:
    """60 and 40 kg of leaf of two members, dried to 12 and 8 kg of tea."""
    mai, lan = make_member(session, seller), make_member(session, seller, "Lan")
    first = make_lot(session, seller, leaf, 60 * KG, member_id=mai)
    second = make_lot(session, seller, leaf, 40 * KG, member_id=lan)
    inputs = [RunInput(first, 60 * KG), RunInput(second, 40 * KG)]
    outputs = [RunOutput(tea, 12 * KG, "Đinh"), RunOutput(tea, 8 * KG, "Móc câu")]
    run = runs.process(session, seller, inputs, outputs, ACTOR, "mẻ sáng")
    return Made(run, (mai, lan), (first, second))


def test_what_went_in_came_out_or_is_loss(
    session: Session, made: Made, leaf: str, tea: str
) -> None:
    assert (made.run.number, made.run.loss) == (1, 80 * KG)
    levels = stock.levels(session, [leaf, tea])
    assert (levels[leaf].on_hand, levels[tea].on_hand) == (0, 20 * KG)
    assert problems(session) == []


def test_every_gram_of_both_grades_is_somebodys(session: Session, made: Made) -> None:
    mai, lan = made.members
    best, good = made.run.outputs
    assert trace.member_shares(session, best) == {mai: 7200, lan: 4800}
    assert trace.member_shares(session, good) == {mai: 4800, lan: 3200}


def test_the_book_says_what_went_where(session: Session, seller: str, made: Made) -> None:
    used = [(t.used, t.share) for t in facts.parents(session, seller, made.run.outputs[0])]
    assert used == [(36 * KG, 7200), (24 * KG, 4800)]
    went = [(t.used, t.share) for t in facts.children(session, seller, made.lots[1])]
    assert went == [(24 * KG, 4800), (16 * KG, 3200)]


def test_a_recall_of_one_members_leaf_stops_both_grades(
    session: Session, seller: str, made: Made, tea: str
) -> None:
    recalled = states.recall(session, seller, made.lots[1], ACTOR, "dư lượng thuốc")
    assert recalled[0] == made.lots[1]
    assert {*recalled[1:]} == {*made.run.outputs}
    assert stock.levels(session, [tea])[tea].on_hand == 0
    assert problems(session) == []


def test_shares_of_odd_grams_still_sum(session: Session, seller: str, leaf: str, tea: str) -> None:
    members = [make_member(session, seller, name) for name in ("Mai", "Lan", "Hoa")]
    lots = [make_lot(session, seller, leaf, 1001, member_id=one) for one in members]
    outputs = [RunOutput(tea, 100), RunOutput(tea, 101)]
    run = runs.process(session, seller, [RunInput(lot, 1001) for lot in lots], outputs, ACTOR)
    shares = [trace.member_shares(session, lot) for lot in run.outputs]
    assert [sorted(one.values()) for one in shares] == [[33, 33, 34], [33, 34, 34]]
    assert problems(session) == []


def test_more_cannot_come_out_than_went_in(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    lot = make_lot(session, seller, leaf, 1000)
    with pytest.raises(OutputsTooHeavy) as refusal:
        runs.process(session, seller, [RunInput(lot, 1000)], [RunOutput(tea, 1001)], ACTOR)
    assert refusal.value.data == {"more": 1}


def test_grams_may_become_pieces_of_any_number(session: Session, seller: str, leaf: str) -> None:
    boxes = make_product(session, seller, name="Hộp quà", base_unit="piece")
    lot = make_lot(session, seller, leaf, 10)
    run = runs.process(session, seller, [RunInput(lot, 10)], [RunOutput(boxes, 25)], ACTOR)
    assert run.loss == 0
    assert problems(session) == []


def test_what_buyers_were_promised_is_not_dried(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    lot = make_lot(session, seller, leaf, 1000)
    keep(session, leaf, 300)
    with pytest.raises(OutOfStock) as refusal, session.begin_nested():
        runs.process(session, seller, [RunInput(lot, 701)], [RunOutput(tea, 100)], ACTOR)
    assert refusal.value.data["left"] == 700
    assert facts.get(session, seller, lot).quantity == 1000
    assert problems(session) == []


def test_the_same_lot_named_twice_counts_once(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    lot = make_lot(session, seller, leaf, 1000)
    halves = [RunInput(lot, 500), RunInput(lot, 500)]
    run = runs.process(session, seller, halves, [RunOutput(tea, 200)], ACTOR)
    assert [t.used for t in facts.parents(session, seller, run.outputs[0])] == [1000]


def test_tea_of_sprayed_leaf_waits_as_long_as_the_leaf(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    clean = make_lot(session, seller, leaf, 500)
    sprayed = make_lot(session, seller, leaf, 500, sprayed_on=days_ago(1), interval_days=5)
    inputs = [RunInput(clean, 500), RunInput(sprayed, 500)]
    run = runs.process(session, seller, inputs, [RunOutput(tea, 200)], ACTOR)
    known = facts.get(session, seller, run.outputs[0])
    assert (known.state, known.clear_on) == ("quarantine", days_ago(-4))
    assert stock.levels(session, [tea])[tea].on_hand == 0


def test_a_part_split_off_a_blocked_lot_is_blocked(
    session: Session, seller: str, leaf: str
) -> None:
    lot = make_lot(session, seller, leaf, 500, best_before=days_ago(-9))
    states.block(session, seller, lot, ACTOR, "nghi mốc")
    run = runs.split(session, seller, RunInput(lot, 200), ACTOR)
    child = facts.get(session, seller, run.outputs[0])
    assert (child.state, child.why, child.best_before) == ("blocked", "nghi mốc", days_ago(-9))
    assert facts.get(session, seller, lot).quantity == 300


def test_a_part_split_off_inside_the_interval_cannot_be_released_either(
    session: Session, seller: str, leaf: str
) -> None:
    lot = make_lot(session, seller, leaf, 500, sprayed_on=days_ago(1), interval_days=5)
    part = runs.split(session, seller, RunInput(lot, 200), ACTOR).outputs[0]
    with pytest.raises(NotClearYet):
        states.release(session, seller, part, ACTOR, "lô khác mà")


def test_pooled_goods_are_as_strict_as_the_strictest(
    session: Session, seller: str, leaf: str
) -> None:
    old = make_lot(
        session, seller, leaf, 10, harvested_on=days_ago(4), best_before=days_ago(-2), grade="A"
    )
    new = make_lot(session, seller, leaf, 20, best_before=days_ago(-8), grade="B")
    run = runs.merge(session, seller, [RunInput(old, 10), RunInput(new, 20)], ACTOR)
    pool = facts.get(session, seller, run.outputs[0])
    assert (pool.harvested_on, pool.best_before) == (days_ago(4), days_ago(-2))
    assert (pool.grade, pool.quantity, run.loss) == ("", 30, 0)


@pytest.mark.parametrize("act", [states.block, states.recall])
def test_blocked_and_recalled_lots_enter_no_pool(
    session: Session, seller: str, leaf: str, tea: str, act: Act
) -> None:
    good, bad = make_lot(session, seller, leaf, 10), make_lot(session, seller, leaf, 10)
    act(session, seller, bad, ACTOR, "mốc")
    parts = [RunInput(good, 5), RunInput(bad, 5)]
    with pytest.raises(LotNotUsable):
        runs.merge(session, seller, parts, ACTOR)
    with pytest.raises(LotNotUsable):
        runs.process(session, seller, parts, [RunOutput(tea, 2)], ACTOR)


def test_an_overdue_lot_enters_no_pool_before_the_server_noticed(
    session: Session, seller: str, leaf: str, time_at: FixedClock
) -> None:
    lot = make_lot(session, seller, leaf, 10, best_before=days_ago(0))
    time_at.advance(DAY_MS)
    with pytest.raises(LotNotUsable):
        runs.merge(session, seller, [RunInput(lot, 5)], ACTOR)


def test_packing_the_same_tea_again_does_not_make_it_keep_longer(
    session: Session, seller: str, tea: str
) -> None:
    lot = make_lot(session, seller, tea, 100, best_before=days_ago(-3))
    output = RunOutput(tea, 100, best_before=days_ago(-90))
    run = runs.process(session, seller, [RunInput(lot, 100)], [output], ACTOR)
    assert facts.get(session, seller, run.outputs[0]).best_before == days_ago(-3)


def test_lots_of_two_products_are_not_pooled(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    parts = [RunInput(make_lot(session, seller, one, 10), 5) for one in (leaf, tea)]
    with pytest.raises(ProductsDiffer):
        runs.merge(session, seller, parts, ACTOR)


def test_a_regraded_part_is_a_lot_of_its_own(session: Session, seller: str, tea: str) -> None:
    lot = make_lot(session, seller, tea, 100, grade="Đinh")
    run = runs.regrade(session, seller, RunInput(lot, 30), "Móc câu", stock.Word(ACTOR, "vụn"))
    child = facts.get(session, seller, run.outputs[0])
    assert (child.grade, child.quantity, child.origin) == ("Móc câu", 30, "regrade")


def test_others_lots_products_and_shelves_are_not_found(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    other = make_seller(session)
    theirs = make_product(session, other, on_hand=50)
    lot = make_lot(session, seller, leaf, 10)
    with pytest.raises(NotFound):
        runs.split(session, other, RunInput(lot, 5), ACTOR)
    with pytest.raises(NotFound):
        runs.process(session, seller, [RunInput(lot, 5)], [RunOutput(theirs, 2)], ACTOR)
    with pytest.raises(NotFound):
        runs.split(session, seller, RunInput(lot, 5, stock_id_of(session, theirs)), ACTOR)


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_cannot_go_in(session: Session, seller: str, leaf: str, quantity: int) -> None:
    with pytest.raises(BadQuantity):
        runs.split(session, seller, RunInput(make_lot(session, seller, leaf), quantity), ACTOR)


def test_a_run_of_nothing_is_refused(session: Session, seller: str, leaf: str) -> None:
    lot = make_lot(session, seller, leaf, 10)
    with pytest.raises(BadRequest):
        runs.process(session, seller, [RunInput(lot, 5)], [], ACTOR)
    with pytest.raises(BadRequest):
        runs.merge(session, seller, [], ACTOR)
