"""P4: whatever happens to money, the books sum to zero, equal its rows, and nobody changes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import wsgi
from core import clock, factory
from core.clock import FixedClock
from tests.conftest import START_MS
from tests.support import ledger_machine
from tests.support.databases import settings_for


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    clock.use(FixedClock(START_MS))
    with app.app_context():
        yield app.extensions["write_engine"]
    clock.use(clock.SystemClock())
    app.extensions["write_engine"].dispose()


def test_p4_the_books_balance_after_each_step(engine: Engine) -> None:
    ledger_machine.play(engine, histories=6, steps=15)
