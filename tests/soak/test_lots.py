"""Lots at full size: long days against the model, and sixteen who deal at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.db import new_write_engine
from tests.support.databases import settings_for
from tests.support.lot_machine_goods import play
from tests.support.lot_yard import deal_at_once, require_order


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = new_write_engine(settings_for(tmp_path, database_url))
    yield made
    made.dispose()


@pytest.mark.timeout(3600)
def test_long_days_leave_what_the_model_says(engine: Engine, time_at: FixedClock) -> None:
    with Session(engine) as session:
        play(session, time_at, settings(max_examples=300, stateful_step_count=60))


@pytest.mark.timeout(3600)
def test_sixteen_at_once_for_long_leave_the_books_in_order(engine: Engine) -> None:
    require_order(engine, deal_at_once(engine, threads=16, dealings=250))
