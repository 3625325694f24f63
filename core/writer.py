"""The writers behind `core.db.write`: one at a time here, or many per commit on the server.

`DirectWriter` runs a write in its own transaction (commands, tests); `FewAtOnce` does so on a PostgreSQL
server. `GroupWriter` is the server's on SQLite: one operating-system thread holds the write lock, runs all
waiting writes each in its savepoint, commits once and only then answers (promise P2), so an fsync is
shared and never stops the event loop. All keep the clock's high-water mark with the commit (P18).
"""

import fcntl
import os
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import gevent
import structlog
from gevent.event import AsyncResult
from gevent.lock import Semaphore
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import clock
from core.errors import Busy, ReadOnly

log = structlog.get_logger()

T = TypeVar("T")

_ATTEMPTS = 6
_AT_ONCE = 4
_BATCH = 256
_QUEUE = 4000
_MARK_EVERY_MS = 1000
_LOCK_WAIT_S = 10.0
_RETRY_SQLSTATES = {"40001", "40P01"}
_SAVEPOINTS = {
    "do_savepoint": "SAVEPOINT",
    "do_release_savepoint": "RELEASE",
    "do_rollback_to_savepoint": "ROLLBACK TO",
}
_FULL_DISK_WORDS = ("disk is full", "readonly database", "disk i/o error", "no space left")


class ServerAlreadyRunning(Exception):
    """Another server holds this database file."""


class _BatchUndone(Exception):
    """SQLite rolled back the transaction all writes of a batch share: nobody in it was served."""


class DirectWriter:
    """Runs each write in a transaction of its own, in the calling thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._marked_ms = 0

    def run(self, fn: Callable[[Session], T]) -> T:
        for attempt in range(_ATTEMPTS):
            try:
                return self._once(fn)
            except DBAPIError as error:
                if not _may_retry(error) or attempt == _ATTEMPTS - 1:
                    raise _as_domain_error(error) from error
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, fn: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            answer = fn(session)
            session.flush()
            marked_ms = _keep_clock_mark(session.connection(), self._marked_ms)
            calls = session.info.pop("after_commit", [])
        self._marked_ms = marked_ms
        _tell(calls)
        return answer


class FewAtOnce(DirectWriter):
    """The server's on PostgreSQL: four transactions at once, the other writes wait here.

    Claims of one session wait for one row. Forty transactions waiting there cost more than they do: each
    holds a connection, and who has the row gets the loop only after all of them.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._turns = Semaphore(_AT_ONCE)

    def run(self, fn: Callable[[Session], T]) -> T:
        if self._turns.linkcount() >= _QUEUE:
            raise Busy(retry_after_ms=1000)
        with self._turns:
            return super().run(fn)


@dataclass
class _Command(Generic[T]):
    """One waiting write and the place its answer goes."""

    fn: Callable[[Session], T]
    answer: "AsyncResult[T]" = field(default_factory=AsyncResult)
    value: T | None = None
    error: Exception | None = None
    calls: list[Callable[[], None]] = field(default_factory=list)


class GroupWriter:
    """One real thread, many writes per commit, answers after the commit."""

    def __init__(self, engine: Engine) -> None:
        _set_savepoints_plainly(engine)
        self._engine = engine
        self._thread = ThreadPool(1)
        self._waiting: deque[_Command[object]] = deque()
        self._draining = False
        self._marked_ms = 0

    def run(self, fn: Callable[[Session], T]) -> T:
        if len(self._waiting) >= _QUEUE:
            raise Busy(retry_after_ms=1000)
        command: _Command[T] = _Command(fn)
        self._waiting.append(command)  # type: ignore[arg-type]  # the queue mixes answer types
        if not self._draining:
            self._draining = True
            gevent.spawn(self._drain)
        return command.answer.get()  # type: ignore[return-value]  # set by _answer_all

    def _drain(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            if error := self._thread.apply(self._commit, (batch,)):  # nobody was served
                _fail_all(batch, error)
            _answer_all(batch)
        self._draining = False

    def _commit(self, batch: list[_Command[object]]) -> Exception | None:
        """Run `batch` in one transaction (in the writer thread); returns why that failed, if it did.

        Raising would not do: gevent prints what its threads raise, and never answers if it cannot.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                for command in batch:
                    _run_in_savepoint(connection, command)
                    _require_whole(connection, command)
                marked_ms = _keep_clock_mark(connection, self._marked_ms)
            self._marked_ms = marked_ms
        except Exception as error:
            return error
        return None


def _set_savepoints_plainly(engine: Engine) -> None:
    """Send savepoints as text: SQLAlchemy compiles each anew, which is a tenth of a claim's time."""

    def sending(word: str) -> Callable[[Connection, str], None]:
        def send(connection: Connection, name: str) -> None:
            connection.exec_driver_sql(f"{word} {name}")

        return send

    for method, word in _SAVEPOINTS.items():
        setattr(engine.dialect, method, sending(word))


def _run_in_savepoint(connection: Connection, command: _Command[object]) -> None:
    session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    try:
        with session, session.begin():
            command.value = command.fn(session)
            session.flush()
            command.calls = session.info.pop("after_commit", [])
    except Exception as error:
        command.error = error


def _require_whole(connection: Connection, command: _Command[object]) -> None:
    """End the batch if `command` ended its transaction: memory or disk ran out, SQLite undid everything.

    What was to be one write's own error is then everybody's, or those before it would be told of rows
    that are gone, and those after it would run outside of any transaction.

    Raises:
        _BatchUndone: caused by what went wrong.
    """
    driver = connection.connection.dbapi_connection
    if driver is None or not driver.in_transaction or _is_full_disk(command.error):
        raise _BatchUndone() from command.error


def _fail_all(batch: list[_Command[object]], error: Exception) -> None:
    verdict = _as_domain_error(error)
    for command in batch:
        command.error = verdict


def _answer_all(batch: list[_Command[object]]) -> None:
    for command in batch:
        if command.error is not None:
            command.answer.set_exception(_as_domain_error(command.error))
            continue
        _tell(command.calls)
        command.answer.set(command.value)


def _tell(calls: list[Callable[[], None]]) -> None:
    """Make the calls that waited for a commit; the commit stands, whatever becomes of them."""
    for call in calls:
        try:
            call()
        except Exception as error:
            log.exception("after_commit_failed", exc_info=error)


def _may_retry(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _RETRY_SQLSTATES


def _is_full_disk(error: BaseException | None) -> bool:
    """Whether a full disk is behind `error`, also where undoing the write failed after it."""
    while error is not None:
        if isinstance(error, DBAPIError):
            words = str(error.orig).lower()
            if any(part in words for part in _FULL_DISK_WORDS):
                return True
        error = error.__cause__ or error.__context__
    return False


def _as_domain_error(error: Exception) -> Exception:
    """The driver's error as one a person can act on, or itself when it is a fault of ours."""
    if not isinstance(error, DBAPIError | _BatchUndone):
        return error
    if _is_full_disk(error):
        return ReadOnly()
    if isinstance(error, _BatchUndone) or _is_passing(error):
        return Busy(retry_after_ms=1000)
    return error


def _is_passing(error: DBAPIError) -> bool:
    return (
        _may_retry(error) or "database is locked" in str(error.orig) or error.connection_invalidated
    )


def _keep_clock_mark(connection: Connection, marked_ms: int) -> int:
    """Remember the highest time seen, at most once a second: after a restart time goes on from there.

    `marked_ms` is when this writer last did; returns when it has now.
    """
    now = clock.now_ms()
    if now - marked_ms <= _MARK_EVERY_MS:
        return marked_ms
    connection.execute(
        text("UPDATE clock_mark SET at_ms = :now WHERE id = 1 AND at_ms < :now - :step"),
        {"now": now, "step": _MARK_EVERY_MS},
    )
    return now


def load_clock_mark(engine: Engine) -> None:
    """Raise this process's clock to the highest committed time, if the tables exist yet."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "clock_mark"):
            return
        mark = connection.execute(text("SELECT at_ms FROM clock_mark WHERE id = 1")).scalar()
    clock.raise_floor(int(mark or 0))


def lock_server(lock: Path) -> int:
    """Take the one server's place, which the file `lock` stands for; the returned handle keeps it until exit.

    Waits up to 10 s for a server that is being replaced to leave.

    Raises:
        ServerAlreadyRunning: another server still holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _LOCK_WAIT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(handle)
                raise ServerAlreadyRunning(f"another server holds {lock.name}") from None
            time.sleep(0.1)
