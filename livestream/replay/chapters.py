"""The chapters of a show: one for each time a product stood in the middle, read from the show's log. Pure.

Refuses products that stood beside: nobody talked about them. Moments are UTC milliseconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from core.strict_json import JsonValue
from livestream.replay.tape import Tape
from livestream.room.snapshot import LogLine, PinView

LEAST_MS = 1_000
"""A chapter with less media than this has nothing to see: the picture was away."""
KINDS = frozenset({"pinned", "unpinned", "price_changed", "flash_started", "session_ended"})
"""The events chapters are made of."""
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """The product of `code` stood in the middle in `[from_ms, to_ms)`, at `live_vnd` đồng when cheapest."""

    code: str
    from_ms: int
    to_ms: int
    live_vnd: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A product's part of a recording: `[start_ms, end_ms)` of its media; `live_vnd` as in `Shown`."""

    code: str
    start_ms: int
    end_ms: int
    live_vnd: int

    @property
    def length_ms(self) -> int:
        """How long it plays."""
        return self.end_ms - self.start_ms

    @property
    def is_seen(self) -> bool:
        """Whether there is media enough to look at."""
        return self.length_ms >= LEAST_MS


def chapters(lines: Iterable[LogLine], tape: Tape) -> tuple[Chapter, ...]:
    """The chapters of a show, in their order; those of one product that follow each other are one.

    `lines` are the show's events of `KINDS`, in order, the end included (a show without end has its last
    product until its last event).
    """
    return tuple(
        Chapter(one.code, tape.offset_ms(one.from_ms), tape.offset_ms(one.to_ms), one.live_vnd)
        for one in shown(lines)
    )


def clip(of: Iterable[Chapter], code: str) -> Chapter | None:
    """The chapter that shows product `code` longest, the first of equals; None when it was never seen."""
    mine = [one for one in of if one.code == code and one.is_seen]
    return max(mine, key=lambda one: one.length_ms, default=None)


def shown(lines: Iterable[LogLine]) -> tuple[Shown, ...]:
    """Which product stood in the middle when."""
    middle = _Middle()
    for line in lines:
        middle.take(line)
    return middle.closed()


class _Middle:
    """The place in the middle, as the log tells of it."""

    def __init__(self) -> None:
        self._done: list[Shown] = []
        self._now: Shown | None = None
        self._last_ms = 0

    def take(self, line: LogLine) -> None:
        """Follow one event."""
        at_ms = self._last_ms = max(self._last_ms, ms_of(line["at"]))
        if line["type"] == "pinned":
            self._pinned(cast(PinView, line["data"]), at_ms)
        elif line["type"] == "session_ended":
            self._leave(at_ms)
        else:
            self._changed(line["type"], cast(dict[str, JsonValue], line["data"]), at_ms)

    def closed(self) -> tuple[Shown, ...]:
        """What stood there, all of it ended."""
        self._leave(self._last_ms)
        return tuple(self._done)

    def _pinned(self, pin: PinView, at_ms: int) -> None:
        code, flash = pin["code"], pin["flash"]
        if pin["state"] == "showing":
            self._enter(code, at_ms, pin["price_vnd"])
        elif self._is_now(code):
            self._leave(at_ms)
        self._sold_at(code, flash["price_vnd"] if flash else pin["price_vnd"])

    def _changed(self, kind: str, data: dict[str, JsonValue], at_ms: int) -> None:
        code = str(data["code"])
        if kind == "unpinned" and self._is_now(code):
            self._leave(at_ms)
        elif kind in ("price_changed", "flash_started"):
            self._sold_at(code, cast(int, data["price_vnd"]))

    def _enter(self, code: str, at_ms: int, price_vnd: int) -> None:
        if self._is_now(code):
            return
        self._leave(at_ms)
        last = self._done[-1] if self._done else None
        if last is not None and last.code == code and last.to_ms == at_ms:
            self._now = self._done.pop()
        else:
            self._now = Shown(code, at_ms, at_ms, price_vnd)

    def _leave(self, at_ms: int) -> None:
        if self._now is not None:
            now, self._now = self._now, None
            self._done.append(Shown(now.code, now.from_ms, at_ms, now.live_vnd))

    def _sold_at(self, code: str, price_vnd: int) -> None:
        if self._now is not None and self._is_now(code):
            cheapest_vnd = min(self._now.live_vnd, price_vnd)
            self._now = Shown(code, self._now.from_ms, self._now.to_ms, cheapest_vnd)

    def _is_now(self, code: str) -> bool:
        return self._now is not None and self._now.code == code


def ms_of(iso: str) -> int:
    """UTC milliseconds of a time as the log writes it (`core.clock.iso`)."""
    return (datetime.fromisoformat(iso) - _EPOCH) // timedelta(milliseconds=1)
