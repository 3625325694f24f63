"""Work the server does by the clock: short, idempotent, judged by rows and not by when it last ran.

A tick that is missed is made up by the next one, and correctness never waits for one (expiry is judged
inside the guards); ticks only make the screens tell the truth sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from core.db import write

log = structlog.get_logger()


@dataclass(frozen=True)
class Tick:
    """One write to run every so many seconds."""

    seconds: float
    run: Callable[[Session], None]

    @property
    def name(self) -> str:
        return f"{self.run.__module__}.{self.run.__qualname__}"


_ticks: dict[str, Tick] = {}


def every(seconds: float, run: Callable[[Session], None]) -> None:
    """Have the server call `run(session)` in a write every `seconds`; the same function counts once."""
    tick = Tick(seconds, run)
    _ticks[tick.name] = tick


def registered() -> tuple[Tick, ...]:
    """What the server has to run."""
    return tuple(_ticks.values())


def run(tick: Tick) -> None:
    """Run one tick; a failure is logged and left to the next round."""
    try:
        write(tick.run)
    except Exception as error:
        log.warning("tick_failed", tick=tick.name, error=repr(error))
