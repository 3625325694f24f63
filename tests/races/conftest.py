"""The places races are run in: a demo market behind HTTP, and a house of many hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.demo_market import DemoMarket
from tests.support.many_hands import House
from tests.support.server import Server


@pytest.fixture
def market(database_url: str, tmp_path: Path) -> Iterator[DemoMarket]:
    started = DemoMarket(Server(tmp_path, database_url)).start()
    yield started
    started.server.stop()


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    opened = House(database_url, tmp_path)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def unlocked(postgres_url: str, tmp_path: Path) -> Iterator[House]:
    """Where a control takes a row's lock away: SQLite has one writer and would not show it."""
    opened = House(postgres_url, tmp_path)
    yield opened
    opened.engine.dispose()
