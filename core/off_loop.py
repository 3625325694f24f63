"""Work that would hold up everybody else: done in a thread of its own where this process is a gevent server.

One lane does one thing at a time, so that many at once neither take every core nor fill the memory.
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
    """One thread, made at first use: after the server has forked."""

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises; the loop goes on meanwhile."""
        if not monkey.is_module_patched("threading"):
            return work(*args, **kwargs)
        answer: T = self._pool.apply(work, args, kwargs)
        return answer

    @cached_property
    def _pool(self) -> ThreadPool:
        return ThreadPool(1)
