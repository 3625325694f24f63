"""Any sequence of dealings with lots leaves what a plain model says, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from sqlalchemy import true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.db import new_write_engine
from core.errors import DomainError
from tests.support.databases import settings_for
from tests.support.lot_machine_goods import play


@pytest.fixture
def books(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A writing session on a database of its own, undone at the end."""
    engine = new_write_engine(settings_for(tmp_path, database_url))
    with Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()


def test_lots_do_what_a_model_on_fingers_does(books: Session, time_at: FixedClock) -> None:
    play(books, time_at, settings(max_examples=25, stateful_step_count=30, derandomize=True))


FAULTS: list[tuple[str, Callable[..., object]]] = [
    ("catalog.allocation._turn", lambda lot: (lot.harvested_on, lot.id)),
    ("catalog.stock.guards.enough_free", lambda _: true()),
    ("catalog.stock.intake.unbind_above", lambda *_: None),
    ("catalog.lots.rules.is_clear", lambda *_: True),
    ("catalog.trace._below", lambda *_: []),
]


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_control_the_model_sees_what_a_guard_would_have_stopped(
    session: Session,
    time_at: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    fault: Callable[..., object],
) -> None:
    monkeypatch.setattr(name, fault)
    sizes = settings(max_examples=300, stateful_step_count=30, derandomize=True)
    with pytest.raises((AssertionError, pytest.fail.Exception, DomainError, DBAPIError)):
        play(session, time_at, settings(sizes, phases=[Phase.generate]))
