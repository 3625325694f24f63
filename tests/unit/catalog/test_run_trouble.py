"""Before a run is written: which lot cannot go in as weighed, and how much of it could."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from catalog.errors import LotTooSmall
from catalog.lots import runs, states
from catalog.lots.run_trouble import PAST, PROMISED, TOO_SMALL, Trouble, troubles
from catalog.lots.runs import RunInput, RunOutput
from core.clock import FixedClock
from core.errors import DomainError, OutOfStock
from tests.factories.catalog import keep, make_product
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot

KG = 1000
DAY_MS = 86_400_000


class Shed:
    """A seller with two lots of ten kilos of leaf."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seller = make_seller(session)
        self.leaf = make_product(session, self.seller, name="Chè búp tươi")
        self.lots = [make_lot(session, self.seller, self.leaf, 10 * KG) for _ in range(2)]

    def found(self, *kilos: int) -> dict[str, Trouble]:
        return troubles(self.session, self.seller, self.inputs(*kilos))

    def inputs(self, *kilos: int) -> list[RunInput]:
        return [RunInput(lot, much * KG) for lot, much in zip(self.lots, kilos, strict=False)]

    def refused(self, *kilos: int) -> type[DomainError]:
        """With what the run itself says no."""
        tea = make_product(self.session, self.seller, name="Chè khô")
        with pytest.raises(DomainError) as refusal, self.session.begin_nested():
            runs.process(self.session, self.seller, self.inputs(*kilos), [RunOutput(tea, 1)], ACTOR)
        return refusal.type


@pytest.fixture
def shed(session: Session) -> Shed:
    return Shed(session)


def test_what_is_there_and_free_is_no_trouble(shed: Shed) -> None:
    assert shed.found(10, 10) == {}


def test_more_than_a_lot_has_is_said_with_what_it_has(shed: Shed) -> None:
    assert shed.found(3, 11) == {shed.lots[1]: Trouble(TOO_SMALL, 10 * KG)}
    assert shed.refused(3, 11) is LotTooSmall


def test_the_same_lot_twice_counts_together(shed: Shed) -> None:
    twice = [*shed.inputs(6), *shed.inputs(6)]
    assert list(troubles(shed.session, shed.seller, twice)) == [shed.lots[0]]


def test_what_buyers_were_promised_does_not_go_in(shed: Shed) -> None:
    keep(shed.session, shed.leaf, 5 * KG)
    assert shed.found(10, 5) == {}
    assert shed.found(10, 6) == dict.fromkeys(shed.lots, Trouble(PROMISED, 15 * KG))
    assert shed.refused(10, 6) is OutOfStock


@pytest.mark.parametrize(("step", "why"), [(states.block, "blocked"), (states.recall, "recalled")])
def test_a_lot_that_may_not_be_used_says_so(
    shed: Shed, step: Callable[..., object], why: str
) -> None:
    step(shed.session, shed.seller, shed.lots[0], ACTOR, "mốc")
    assert shed.found(1, 1) == {shed.lots[0]: Trouble(why)}


def test_a_lot_past_its_last_day_says_so(shed: Shed, time_at: FixedClock) -> None:
    shed.lots = [make_lot(shed.session, shed.seller, shed.leaf, KG, best_before=days_ago(-1))]
    time_at.advance(3 * DAY_MS)
    assert shed.found(1) == {shed.lots[0]: Trouble(PAST)}


def test_leaf_inside_its_interval_may_be_dried(shed: Shed) -> None:
    waits = {"sprayed_on": days_ago(1), "interval_days": 9}
    shed.lots = [make_lot(shed.session, shed.seller, shed.leaf, KG, **waits)]
    assert shed.found(1) == {}


def test_lots_of_others_are_left_out(shed: Shed, session: Session) -> None:
    other = Shed(session)
    assert troubles(session, shed.seller, other.inputs(99)) == {}
