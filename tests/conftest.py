"""Fixtures shared by all tests: databases, an application, a session to write in, a clock."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Each process of a run has its own, the workers of `pytest -n 2` too: it is put together on import.
_data_dir = os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="chophien-tests-")

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as property_settings
from sqlalchemy.orm import Session
from xdist.remote import Producer

import wsgi
from core import clock, factory, messages
from core.clock import FixedClock
from core.config import Settings
from core.db import db
from core.writer import DirectWriter
from tests.support.databases import PostgresTemplate, SqliteTemplate, settings_for
from tests.support.units import Units

property_settings.register_profile("market", deadline=None)  # no test waits for a fast machine
property_settings.load_profile("market")

START_MS = 1_795_600_000_000  # 25/11/2026, Vietnam


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Units:
    return Units(config, log)


def pytest_unconfigure() -> None:
    """Leave nothing behind, whatever the tests came to."""
    shutil.rmtree(_data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite-template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresTemplate]:
    """A server in a folder of its own: pytest closes its own to the PostgreSQL user at each run."""
    with tempfile.TemporaryDirectory(prefix="chophien-postgres-") as folder:
        template = PostgresTemplate(Path(folder) / "server", durable=False)
        yield template
        template.stop()


@pytest.fixture
def postgres_url(postgres: PostgresTemplate) -> Iterator[str]:
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path
) -> str:
    """A fresh migrated database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_template.copy_to(tmp_path)
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def time_at() -> Iterator[FixedClock]:
    """The product's clock, standing at 25/11/2026 until the test moves it."""
    fixed = FixedClock(START_MS)
    clock.use(fixed)
    yield fixed
    clock.use(clock.SystemClock())


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Flask:
    """The application is put together once: its routes and schemas take longer than most tests."""
    folder = tmp_path_factory.mktemp("app")
    return factory.create_app(settings_for(folder, sqlite_template.copy_to(folder)), wsgi.WIRINGS)


@pytest.fixture
def app(shared_app: Flask, sqlite_template: SqliteTemplate, time_at: FixedClock) -> Iterator[Flask]:
    """The application on an empty SQLite database that no test has used before."""
    start_afresh(shared_app, sqlite_template)
    yield shared_app
    close_connections(shared_app)


def start_afresh(app: Flask, template: SqliteTemplate) -> None:
    """Give `app` a fresh copy of the template and forget what it remembers outside the database."""
    close_connections(app)
    settings: Settings = app.config["SETTINGS"]
    for left_over in settings.data_dir.glob("chophien.db*"):
        left_over.unlink()  # whoever still has it open keeps the old file, not the new one
    template.copy_to(settings.data_dir)
    messages.init_app(app, settings)
    app.extensions["writer"] = DirectWriter(app.extensions["write_engine"])
    app.extensions.pop("rate_buckets", None)


def close_connections(app: Flask) -> None:
    """Let go of the database file."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    app.extensions["write_engine"].dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A writing session inside the application, undone at the end: for tests of services."""
    with app.app_context(), Session(app.extensions["write_engine"]) as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def either(database_url: str, tmp_path: Path, time_at: FixedClock) -> Iterator[Session]:
    """A writing session on one database or the other, undone at the end."""
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        yield session
        session.rollback()
    app.extensions["write_engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
