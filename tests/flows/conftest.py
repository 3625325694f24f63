"""The market of the flow tests, made once and put back for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import wsgi
from core import clock, factory
from tests.conftest import START_MS
from tests.factories.catalog import HOUR_MS
from tests.flows import build
from tests.flows.market import Market, stand_still
from tests.support.databases import PostgresTemplate, SqliteTemplate, settings_for
from tests.support.demo_market import DemoMarket
from tests.support.server import Server
from tests.support.stall import Stall, Town, open_town


def new_market(folder: Path, url: str, at_ms: int = START_MS) -> Market:
    """A filled market on the migrated database at `url`."""
    time = stand_still(at_ms)
    app = factory.create_app(settings_for(folder, url), wsgi.WIRINGS)
    market = Market(app, folder / "chophien.db", time)
    build.fill(market)
    return market


@pytest.fixture(scope="session")
def built_market(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("market")
    market = new_market(folder, sqlite_template.copy_to(folder))
    market.keep()
    clock.use(clock.SystemClock())
    yield market
    market.app.extensions["write_engine"].dispose()


@pytest.fixture(scope="session")
def built_on_postgres(
    postgres: PostgresTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    market = new_market(tmp_path_factory.mktemp("market"), postgres.new_database())
    clock.use(clock.SystemClock())
    yield market
    market.let_go()


@pytest.fixture
def market(built_market: Market) -> Iterator[Market]:
    """The market on SQLite, as it was built."""
    built_market.time.at_ms = START_MS
    built_market.stand()
    built_market.restore()
    yield built_market
    clock.use(clock.SystemClock())


@pytest.fixture
def postgres_market(built_on_postgres: Market) -> Iterator[Market]:
    """The market on PostgreSQL; it is not put back, but an hour passes between two tests."""
    built_on_postgres.time.advance(HOUR_MS)
    built_on_postgres.stand()
    yield built_on_postgres
    clock.use(clock.SystemClock())


def new_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """A fresh migrated database of the kind that the fixture was asked for."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_template").copy_to(folder))
    return str(request.getfixturevalue("postgres").new_database())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """An application on each database, for stalls of one test each; in the end `fsck` finds all well."""
    folder = tmp_path_factory.mktemp("town")
    opened = open_town(folder, new_database(request, folder), START_MS)
    yield opened
    found = opened.problems()
    opened.close()
    assert found == []


@pytest.fixture
def stall(town: Town) -> Iterator[Stall]:
    """A seller with ten packs in stock."""
    yield town.new_stall()
    clock.use(clock.SystemClock())


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demo_market(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoMarket]:
    """A running server with demo data on each database; in the end its log and its rows are in order."""
    folder = tmp_path_factory.mktemp("demo")
    market = DemoMarket(Server(folder, new_database(request, folder)))
    try:
        yield market.start()
        assert market.problems() == []
    finally:
        market.server.stop()
    assert "Traceback" not in market.server.log_path.read_text()
