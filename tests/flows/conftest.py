"""The market of the flow tests, made once and put back for each test."""

from collections.abc import Iterator

import pytest

import wsgi
from core import clock, factory
from tests.conftest import START_MS
from tests.flows import build
from tests.flows.market import Market, stand_still
from tests.support.databases import SqliteTemplate, settings_for


@pytest.fixture(scope="session")
def built_market(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("market")
    url = sqlite_template.copy_to(folder)
    time = stand_still(START_MS)
    app = factory.create_app(settings_for(folder, url), wsgi.WIRINGS)
    market = Market(app, folder / "chophien.db", time)
    build.fill(market)
    market.keep()
    clock.use(clock.SystemClock())
    yield market
    app.extensions["write_engine"].dispose()


@pytest.fixture
def market(built_market: Market) -> Iterator[Market]:
    built_market.time.at_ms = START_MS
    clock.use(built_market.time)
    built_market.restore()
    yield built_market
    clock.use(clock.SystemClock())
