"""Work that would hold up everybody else: done in a thread of its own where this process is a gevent server.

A lane does one thing at a time, or as many as it says, so that many at once neither take every core
nor fill the memory.
Refuses the database: neither the one writer nor a connection must wait for a lane.
"""

from collections.abc import Callable
from functools import cached_property
from typing import ParamSpec, TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """Threads made at first use: after the server has forked."""

    def __init__(self, threads: int = 1) -> None:
        """`threads` is how much of it may be done at once."""
        self._threads = threads

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises; the loop goes on meanwhile."""
        if not monkey.is_module_patched("threading"):
            return work(*args, **kwargs)
        told: list[T] = []
        refusal: Exception | None = self._pool.apply(_attempt, (told, work, args, kwargs))
        if refusal is not None:
            raise refusal
        return told[0]

    @cached_property
    def _pool(self) -> ThreadPool:
        return ThreadPool(self._threads)


def _attempt(
    told: list[T], work: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
) -> Exception | None:
    """Do the work and hand back what it raised: gevent prints what leaves its thread, refusals too."""
    try:
        told.append(work(*args, **kwargs))
    except Exception as error:
        return error
    return None
