"""Slow work is done outside of writes, again if it failed, and written down once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import errands, outbox
from core.clock import FixedClock
from core.db import db, write
from core.errands import LEASE_MS
from core.events import Event
from core.outbox import OutboxRow


@dataclass(frozen=True)
class LeafToRoast(Event):
    grams: int


class Pan:
    """What happens while leaf is roasted, and what was written down."""

    roasted: ClassVar[list[int]] = []
    written: ClassVar[list[int]] = []
    failing = False
    dies = False
    more = False
    no_paper = False


class PowerCut(BaseException):
    """The process ends in the middle."""


def roast(event: LeafToRoast) -> int:
    Pan.roasted.append(event.grams)
    if Pan.dies:
        raise PowerCut()
    if Pan.more:
        Pan.more = False
        write(lambda session: outbox.publish(session, LeafToRoast(50)))
    if Pan.failing:
        raise RuntimeError("no fire")
    return event.grams // 5


def write_down(_session: Session, _event: LeafToRoast, outcome: int) -> None:
    if Pan.no_paper:
        raise RuntimeError("no paper")
    Pan.written.append(outcome)


@pytest.fixture(autouse=True)
def _subscribed() -> Iterator[None]:
    Pan.roasted, Pan.written, Pan.failing, Pan.dies = [], [], False, False
    errands.on(LeafToRoast, roast, write_down)
    yield
    outbox._subscriptions.pop(f"{__name__}.roast", None)
    errands._errands.pop(f"{__name__}.roast", None)


@pytest.fixture
def kitchen(app: Flask) -> Iterator[Flask]:
    """The application, with 500 g to roast."""
    with app.app_context():
        write(lambda session: outbox.publish(session, LeafToRoast(500)))
        yield app


def rows() -> list[tuple[str, int]]:
    db.session.rollback()
    found = db.session.execute(select(OutboxRow.state, OutboxRow.tries)).all()
    return [(row.state, row.tries) for row in found]


def test_an_errand_is_done_and_its_outcome_written_once(kitchen: Flask) -> None:
    assert (errands.run_pending(), errands.run_pending()) == (1, 0)
    assert (Pan.roasted, Pan.written, rows()) == ([500], [100], [("done", 1)])


def test_the_runner_of_events_leaves_errands_alone(kitchen: Flask) -> None:
    outbox.run_pending()
    assert (Pan.roasted, rows()) == ([], [("errand", 0)])


def test_the_market_is_written_to_while_an_errand_is_under_way(kitchen: Flask) -> None:
    """Were `do` inside a write, this second one could not begin before the first one ended."""
    Pan.more = True
    assert errands.run_pending() == 2
    assert (Pan.roasted, Pan.written) == ([500, 50], [100, 10])


def test_an_errand_that_fails_is_put_off_ever_longer_and_parked(
    kitchen: Flask, time_at: FixedClock
) -> None:
    Pan.failing = True
    for tries in range(1, 9):
        assert errands.run_pending() == 1
        assert errands.run_pending() == 0
        time_at.advance(2000 * 2**tries)
    assert (len(Pan.roasted), Pan.written, rows()) == (8, [], [("parked", 8)])
    [parked] = outbox.parked_rows(db.session())
    assert "no fire" in parked


def test_an_errand_whose_process_died_is_done_by_the_next_when_its_lease_is_over(
    kitchen: Flask, time_at: FixedClock
) -> None:
    Pan.dies = True
    with pytest.raises(PowerCut):
        errands.run_pending()
    Pan.dies = False
    assert errands.run_pending() == 0
    time_at.advance(LEASE_MS)
    assert errands.run_pending() == 1
    assert (Pan.roasted, Pan.written) == ([500, 500], [100])


def test_who_comes_back_after_another_has_done_it_writes_nothing(kitchen: Flask) -> None:
    taken = write(errands._take)
    assert taken is not None
    errands._run(taken)
    errands._run(taken)
    assert (Pan.roasted, Pan.written) == ([500, 500], [100])


def test_an_outcome_that_cannot_be_written_leaves_the_errand_to_be_done_again(
    kitchen: Flask, time_at: FixedClock
) -> None:
    Pan.no_paper = True
    errands.run_pending()
    assert rows() == [("errand", 1)]
    Pan.no_paper = False
    time_at.advance(4000)
    errands.run_pending()
    assert (Pan.written, rows()) == ([100], [("done", 2)])


def test_with_somebody_to_tell_the_last_failure_is_told_instead_of_parked(
    kitchen: Flask, time_at: FixedClock
) -> None:
    told: list[int] = []
    errands.on(LeafToRoast, roast, write_down, lambda _, event: told.append(event.grams))
    Pan.failing = True
    for _ in range(10):
        errands.run_pending()
        time_at.advance(LEASE_MS * 10)
    assert (rows(), told, len(Pan.roasted)) == ([("done", 8)], [500], 8)
