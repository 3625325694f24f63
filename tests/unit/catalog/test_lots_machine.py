"""Any sequence of dealings with lots leaves what a plain model says, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.db import new_write_engine
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
    play(books, time_at, settings(max_examples=25, stateful_step_count=40, derandomize=True))
