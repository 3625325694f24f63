"""The server's writer on SQLite: one operating-system thread, many writes per commit.

The thread holds the write lock, runs all waiting writes, commits once and only then answers (promise
P2), so an fsync is shared and never stops the event loop. A write of its own has a savepoint; writes
that are served together share one, and if it fails each is tried by itself.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TypeVar, cast

import gevent
from gevent.event import AsyncResult
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from core import clock_mark
from core.db import Ask, Serve, Tell, settle
from core.errors import Busy
from core.store_errors import BatchUndone, as_domain_error, is_full_disk
from core.writer import MOST_TOGETHER, MOST_WAITING, tell_committed, tell_safely

T = TypeVar("T")
_AnyServe = Serve[object, object]
_AnyTell = Tell[object]

_SAVEPOINTS = {
    "do_savepoint": "SAVEPOINT",
    "do_release_savepoint": "RELEASE",
    "do_rollback_to_savepoint": "ROLLBACK TO",
}


@dataclass
class _Command:
    """One waiting write: what it asks of its `serve` (None: a write of its own), and who is told."""

    serve: _AnyServe | None
    ask: object
    tell: _AnyTell
    outcome: object = None
    calls: list[Callable[[], None]] = field(default_factory=list)


class GroupWriter:
    """One real thread, many writes per commit, answers after the commit."""

    def __init__(self, engine: Engine) -> None:
        _set_savepoints_plainly(engine)
        self._engine = engine
        self._thread = ThreadPool(1)
        self._waiting: deque[_Command] = deque()
        self._draining = False
        self._marked_ms = 0

    def run(self, fn: Callable[[Session], T]) -> T:
        answer: AsyncResult[T] = AsyncResult()
        self._enqueue(_Command(None, fn, cast(_AnyTell, partial(settle, answer))))
        return answer.get()  # type: ignore[return-value]  # set before it is got

    def submit(self, serve: Serve[Ask, T], ask: Ask, tell: Tell[T]) -> None:
        shared = cast(_AnyServe, serve)
        self._enqueue(_Command(shared, ask, cast(_AnyTell, tell)))

    def crowd(self) -> int:
        return len(self._waiting)

    def _enqueue(self, command: _Command) -> None:
        if len(self._waiting) >= MOST_WAITING:
            raise Busy(retry_after_ms=1000)
        self._waiting.append(command)
        if not self._draining:
            self._draining = True
            gevent.spawn(self._drain)

    def _drain(self) -> None:
        while self._waiting:
            most = min(MOST_TOGETHER, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(most)]
            if error := self._thread.apply(self._commit, (batch,)):  # nobody was served
                _fail_all(batch, error)
            _answer_all(batch)
        self._draining = False

    def _commit(self, batch: list[_Command]) -> Exception | None:
        """Run `batch` in one transaction (in the writer thread); returns why that failed, if it did.

        Raising would not do: gevent prints what its threads raise, and never answers if it cannot.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                for serve, commands in groupby(batch, key=lambda command: command.serve):
                    _run(connection, serve, list(commands))
                marked_ms = clock_mark.keep(connection, self._marked_ms)
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


def _run(connection: Connection, serve: _AnyServe | None, commands: Sequence[_Command]) -> None:
    """Run neighbours in the queue: together if they are served together, else one after the other."""
    if serve is not None and len(commands) > 1 and _ran_together(connection, serve, commands):
        return
    for command in commands:
        _run_alone(connection, command)


def _ran_together(connection: Connection, serve: _AnyServe, commands: Sequence[_Command]) -> bool:
    """Whether all were served in one savepoint; if not, nothing of it is left."""
    asks = [command.ask for command in commands]
    try:
        outcomes, calls = _in_savepoint(connection, lambda session: serve(session, asks))
    except Exception as error:
        _require_whole(connection, error)
        return False
    _require_whole(connection)
    for command, outcome in zip(commands, outcomes, strict=True):
        command.outcome = outcome
    commands[0].calls = calls
    return True


def _run_alone(connection: Connection, command: _Command) -> None:
    try:
        command.outcome, command.calls = _in_savepoint(connection, _alone(command))
    except Exception as error:
        command.outcome = error
        _require_whole(connection, error)
    else:
        _require_whole(connection)


def _alone(command: _Command) -> Callable[[Session], object]:
    serve = command.serve
    if serve is None:
        return cast(Callable[[Session], object], command.ask)
    return lambda session: serve(session, [command.ask])[0]


def _in_savepoint(
    connection: Connection, act: Callable[[Session], T]
) -> tuple[T, list[Callable[[], None]]]:
    """What `act` answers, and the calls that wait for its commit; nothing of it is left if it raises."""
    session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    with session, session.begin():
        answer = act(session)
        session.flush()
        return answer, session.info.pop("after_commit", [])


def _require_whole(connection: Connection, error: Exception | None = None) -> None:
    """End the batch if a write ended its transaction: memory or disk ran out, SQLite undid everything.

    What was to be one write's own error is then everybody's, or those before it would be told of rows
    that are gone, and those after it would run outside of any transaction.

    Raises:
        BatchUndone: caused by what went wrong.
    """
    driver = connection.connection.dbapi_connection
    if driver is None or not driver.in_transaction or is_full_disk(error):
        raise BatchUndone() from error


def _fail_all(batch: list[_Command], error: Exception) -> None:
    verdict = as_domain_error(error)
    for command in batch:
        command.outcome, command.calls = verdict, []


def _answer_all(batch: list[_Command]) -> None:
    for command in batch:
        tell_committed(command.calls)
        outcome = command.outcome
        if isinstance(outcome, Exception):
            outcome = as_domain_error(outcome)
        tell_safely(command.tell, outcome)
