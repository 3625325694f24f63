"""The writers behind `core.db.write`: each write in a transaction of its own, or some at once.

`DirectWriter` runs a write where it is called (commands, tests). `FewAtOnce` is the server's on
PostgreSQL. `core.group_writer` is the server's on SQLite. Writes that are served together (a desk's
claims) share a transaction; all answer after the commit (promise P2) and keep the clock's mark with it.
"""

import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import gevent
import structlog
from gevent.lock import Semaphore
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import clock_mark
from core.db import Ask, Serve, Tell
from core.errors import Busy
from core.store_errors import TryAgain, as_domain_error, may_retry

log = structlog.get_logger()

T = TypeVar("T")
_AnyServe = Serve[object, object]
_AnyTell = Tell[object]

_ATTEMPTS = 6
_AT_ONCE = 4
MOST_TOGETHER = 256
"""How many writes share a commit at most."""
MOST_WAITING = 4000
"""How many writes wait at most; who comes after them is told to come again."""


class DirectWriter:
    """Runs each write in a transaction of its own, in the calling thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._marked_ms = 0

    def run(self, fn: Callable[[Session], T]) -> T:
        for attempt in range(_ATTEMPTS):
            try:
                return self._once(fn)
            except (DBAPIError, TryAgain) as error:
                if not may_retry(error) or attempt == _ATTEMPTS - 1:
                    raise as_domain_error(error) from error
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def submit(self, serve: Serve[Ask, T], ask: Ask, tell: Tell[T]) -> None:
        tell(self._served(serve, [ask])[0])

    def crowd(self) -> int:
        return 0

    def _served(self, serve: Serve[Ask, T], asks: Sequence[Ask]) -> Sequence[T | Exception]:
        """What each of `asks` comes to in one transaction; if that fails, each in its own."""
        try:
            return self.run(lambda session: serve(session, asks))
        except Exception as error:
            if len(asks) == 1:
                return [error]
        return [self._served(serve, [ask])[0] for ask in asks]

    def _once(self, fn: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            answer = fn(session)
            session.flush()
            marked_ms = clock_mark.keep(session.connection(), self._marked_ms)
            calls = session.info.pop("after_commit", [])
        self._marked_ms = marked_ms
        tell_committed(calls)
        return answer


@dataclass(frozen=True)
class _Waiting:
    """One write that is served with others, and where its outcome goes."""

    ask: object
    tell: _AnyTell


class FewAtOnce(DirectWriter):
    """The server's on PostgreSQL: four transactions at once, the other writes wait here.

    Claims of one session wait for one row. Forty transactions waiting there cost more than they do: each
    holds a connection, and who has the row gets the loop only after all of them.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._turns = Semaphore(_AT_ONCE)
        self._together: dict[_AnyServe, deque[_Waiting]] = {}

    def run(self, fn: Callable[[Session], T]) -> T:
        if self._turns.linkcount() >= MOST_WAITING:
            raise Busy(retry_after_ms=1000)
        with self._turns:
            return super().run(fn)

    def submit(self, serve: Serve[Ask, T], ask: Ask, tell: Tell[T]) -> None:
        key = cast(_AnyServe, serve)
        waiting = self._together.get(key)
        if waiting is None:
            waiting = self._together[key] = deque()
            gevent.spawn(self._drain, key)
        if len(waiting) >= MOST_WAITING:
            raise Busy(retry_after_ms=1000)
        waiting.append(_Waiting(ask, cast(_AnyTell, tell)))

    def crowd(self) -> int:
        return sum(len(waiting) for waiting in self._together.values())

    def _drain(self, serve: _AnyServe) -> None:
        """Serve who waits for `serve`, batch after batch, each as large as it grew meanwhile."""
        waiting = self._together[serve]
        while waiting:
            batch = [waiting.popleft() for _ in range(min(MOST_TOGETHER, len(waiting)))]
            outcomes = self._served(serve, [one.ask for one in batch])
            for one, outcome in zip(batch, outcomes, strict=True):
                tell_safely(one.tell, outcome)
        del self._together[serve]


def tell_committed(calls: Sequence[Callable[[], None]]) -> None:
    """Make the calls that waited for a commit; the commit stands, whatever becomes of them."""
    for call in calls:
        try:
            call()
        except Exception as error:
            log.exception("after_commit_failed", exc_info=error)


def tell_safely(tell: Tell[T], outcome: T | Exception) -> None:
    """Tell one caller; if that fails it is logged, for the others still wait for theirs."""
    try:
        tell(outcome)
    except Exception as error:
        log.exception("answer_failed", exc_info=error)
