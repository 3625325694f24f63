"""The database: two engines on one store, and the one way to write.

Reading goes through `db.session`, whose connections refuse to write (`query_only`), so a stray write
fails in a test. Writing goes through `write(fn)`, called by edges only; `fn(session)` may run twice,
gets plain values, and neither commits nor talks to the network. Refuses SQLite builds with the WAL
reset bug (3.7.0–3.51.2): they can lose committed rows.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, Protocol, TypeVar, cast

import pysqlite3.dbapi2 as sqlite
from flask import Flask, current_app, has_app_context
from flask_sqlalchemy import SQLAlchemy
from gevent.event import AsyncResult
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from sqlalchemy import (
    BigInteger,
    Engine,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    Update,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import CursorResult, Result
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import ReturningInsert

from core.config import Settings
from core.errors import NotFound

T = TypeVar("T")
Ask = TypeVar("Ask")
Row = TypeVar("Row", bound="Base")

SAFE_SQLITE = (3, 51, 3)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
db = SQLAlchemy(metadata=metadata)

Id = String(16)  # an opaque id, see core.ids
Big = BigInteger()  # đồng, base units, UTC ms
Serial = BigInteger().with_variant(Integer(), "sqlite")  # a growing row number


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = metadata


class UnsafeDatabase(Exception):
    """The database cannot be trusted with a commit (raised at start, never in a request)."""


Serve = Callable[[Session, Sequence[Ask]], Sequence[T | Exception]]
"""Serves many asks in one transaction, in order: an outcome for each, a refusal leaving nothing behind."""

Tell = Callable[[T | Exception], None]
"""Hears what an ask came to, on the server's loop, after the commit."""


class Writer(Protocol):
    """What `write` and `submit` hand their work to: see `core.writer`, `core.group_writer`."""

    def run(self, fn: Callable[[Session], T]) -> T: ...

    def submit(self, serve: Serve[Ask, T], ask: Ask, tell: Tell[T]) -> None: ...

    def crowd(self) -> int: ...


def init_app(app: Flask, settings: Settings) -> None:
    """Bind `app` to the store named by `settings`: a reading engine that cannot write, a writing one.

    Raises:
        UnsafeDatabase: the SQLite in use is older than 3.51.3.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = reading_options(settings)
    db.init_app(app)
    with app.app_context():
        if settings.uses_sqlite:
            _require_safe_sqlite()
            _listen_to_sqlite(db.engine, reads_only=True)
        else:
            _listen_to_postgres(db.engine, reads_only=True)
        app.extensions["write_engine"] = new_write_engine(settings)


def engine_options(settings: Settings) -> dict[str, object]:
    """Driver options shared by both engines; an error never tells the values, for it goes to the log."""
    if settings.uses_sqlite:
        return {"module": sqlite, "hide_parameters": True, "pool_size": 20, "max_overflow": 40}
    return {"pool_pre_ping": True, "hide_parameters": True, "pool_size": 20, "max_overflow": 20}


def reading_options(settings: Settings) -> dict[str, object]:
    """As `engine_options`; all reads of one request see the database at one moment."""
    options = engine_options(settings)
    return options if settings.uses_sqlite else {**options, "isolation_level": "REPEATABLE READ"}


def new_write_engine(settings: Settings) -> Engine:
    """An engine whose transactions take the write lock when they begin (SQLite) or as they go."""
    engine = create_engine(settings.database_url, **engine_options(settings))
    if settings.uses_sqlite:
        _listen_to_sqlite(engine, reads_only=False)
    else:
        _listen_to_postgres(engine, reads_only=False)
    return engine


def write(fn: Callable[[Session], T]) -> T:
    """Run `fn(session)` in one durable transaction and return its answer after the commit.

    `fn` runs whole: on SQLite by the server's single writer together with others (one commit for
    many), elsewhere here with bounded retry. It may run twice, so it has no effects but rows. An
    error raised by `fn` undoes `fn` alone and is raised here.

    Raises:
        Busy: the writer's queue is full, or the database stayed locked.
        ReadOnly: the disk is full or the store refuses writes; nothing was changed.
    """
    if has_app_context():
        db.session.rollback()  # the caller's snapshot ends here: it reads what this write leaves
    writer: Writer = current_app.extensions["writer"]
    return writer.run(fn)


def write_together(serve: Serve[Ask, T], ask: Ask) -> T:
    """As `write`, for an ask that `serve` may serve in one transaction with others that wait.

    Asks are served in the order in which they came. An outcome that is an exception is raised here.

    Raises:
        Busy, ReadOnly: as `write`.
    """
    if has_app_context():
        db.session.rollback()
    answer: AsyncResult[T] = AsyncResult()
    submit(current_app, serve, ask, partial(settle, answer))
    return answer.get()  # type: ignore[return-value]  # set before it is got


def settle(answer: "AsyncResult[T]", outcome: T | Exception) -> None:
    """Give `outcome` to who waits for `answer`: returned there, or raised if it is an exception."""
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set(outcome)


def submit(app: Flask, serve: Serve[Ask, T], ask: Ask, tell: Tell[T]) -> None:
    """As `write_together` without waiting: `tell` hears the outcome after the commit, once.

    Needs no application context: the sockets' fast road has none.

    Raises:
        Busy: the queue is full; `tell` hears nothing.
    """
    writer: Writer = app.extensions["writer"]
    writer.submit(serve, ask, tell)


def crowd(app: Flask) -> int:
    """How many asks wait to be served together: what may be put off is put off while they are many."""
    writer: Writer = app.extensions["writer"]
    return writer.crowd()


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """Have `call()` run once, on the server's loop, if and when this write is committed.

    For waking what waits in this process; anything that must not be lost is an outbox event.
    """
    session.info.setdefault("after_commit", []).append(call)


def insert_new(session: Session, table: type["Base"], values: dict[str, object]) -> bool:
    """Insert a row unless its key is taken; returns whether it was inserted.

    On PostgreSQL a second writer waits for the first one's commit before it is told.
    """
    session.flush()  # a core statement does not send what waits
    statement = _insert_unless_taken(table, session.get_bind().dialect.name)
    return session.execute(statement, values).first() is not None


def changed(session: Session, statement: Update) -> bool:
    """Run a guarded UPDATE; returns whether its guard let it change a row."""
    return _touched_one(session.execute(statement.execution_options(synchronize_session=False)))


def owned(session: Session, table: type[Row], row_id: str, seller_id: str) -> Row:
    """The row `row_id` of `seller_id`.

    Raises:
        NotFound: there is none, or it is another seller's: both look the same (promise P11).
    """
    row = session.get(table, row_id)
    if row is None or getattr(row, "seller_id", None) != seller_id:
        raise NotFound()
    return row


@cache
def _insert_unless_taken(
    table: type["Base"], dialect_name: str
) -> ReturningInsert[*tuple[Any, ...]]:
    """Built once per table: every write with a client id begins with one."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite_dialect
    target = cast(Table, table.__table__)
    inserting: Insert = dialect.insert(target).on_conflict_do_nothing()
    return inserting.returning(*target.primary_key)


def _touched_one(result: Result[tuple[object, ...]]) -> bool:
    assert isinstance(result, CursorResult)  # what every DML statement answers
    return result.rowcount == 1


def _require_safe_sqlite() -> None:
    if sqlite.sqlite_version_info < SAFE_SQLITE:
        raise UnsafeDatabase(
            f"SQLite {sqlite.sqlite_version} can lose commits; 3.51.3 or newer is needed"
        )


def _listen_to_sqlite(engine: Engine, *, reads_only: bool) -> None:
    begin = "BEGIN" if reads_only else "BEGIN IMMEDIATE"
    pragmas = ["foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"]
    pragmas.append("query_only=ON" if reads_only else "journal_mode=WAL")

    def connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))


class _WholeNumber(Loader):
    """PostgreSQL's `numeric` is here only ever a sum of integers; anything else is a fault of ours."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def _listen_to_postgres(engine: Engine, *, reads_only: bool) -> None:
    def connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.adapters.register_loader("numeric", _WholeNumber)
        connection.read_only = reads_only  # psycopg: every transaction READ ONLY, or not

    event.listen(engine, "connect", connect)
