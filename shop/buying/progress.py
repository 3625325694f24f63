"""How far an order has come, as the line of steps its buyer reads: placed, paid, packed, away, received.

Steps are told from states and times that are handed in. Refuses rows, clocks and words: a page says how
each step is called for this way of delivery.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shop.states import (
    BROUGHT_BACK,
    CLOSED,
    DELIVERED,
    HANDED_OVER,
    PACKED,
    PACKING,
    PLACED,
    SECURED,
    WITHOUT_GOODS,
)


class Stop(StrEnum):
    """A step of the line. `AWAY` is the hand-over to a coach, a carrier or a driver, or ready to fetch."""

    PLACED = "placed"
    SECURED = "secured"
    PACKING = "packing"
    AWAY = "away"
    RECEIVED = "received"


class Mark(StrEnum):
    """Whether a step is behind, is where the order stands, or is still to come."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


_FAR: Mapping[str, int] = {
    PLACED: 0,
    SECURED: 1,
    PACKING: 2,
    PACKED: 2,
    HANDED_OVER: 3,
    DELIVERED: 4,
    CLOSED: 4,
}
_ENDED = WITHOUT_GOODS | BROUGHT_BACK


@dataclass(frozen=True)
class Reached:
    """Where an order stands, and when it came so far (UTC ms, None: not, or not any more).

    `fetched`: its buyer comes for it, so that packed is as far as it goes by itself.
    """

    state: str
    placed_ms: int
    secured_ms: int | None = None
    packing_ms: int | None = None
    packed_ms: int | None = None
    handed_over_ms: int | None = None
    delivered_ms: int | None = None
    fetched: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the line; `at_ms` (UTC) is None where it has not happened."""

    stop: Stop
    mark: Mark
    at_ms: int | None


def steps(order: Reached) -> tuple[Step, ...]:
    """The line of an order, first to last.

    Of an order that ended without its buyer having it, only what happened is told: nothing is to come. One
    that was put aside again is no longer being packed, whatever happened before.
    """
    times = _times(order)
    if order.state in _ENDED:
        happened = [(stop, at_ms) for stop, at_ms in times if at_ms is not None]
        return tuple(Step(stop, Mark.DONE, at_ms) for stop, at_ms in happened)
    far = _FAR[order.state] + (order.fetched and order.state == PACKED)
    return tuple(_step(stop, place - far, at_ms) for place, (stop, at_ms) in enumerate(times))


def _times(order: Reached) -> tuple[tuple[Stop, int | None], ...]:
    begun_ms = order.packed_ms if order.state in _ENDED else order.packed_ms or order.packing_ms
    return (
        (Stop.PLACED, order.placed_ms),
        (Stop.SECURED, order.secured_ms),
        (Stop.PACKING, begun_ms),
        (Stop.AWAY, order.packed_ms if order.fetched else order.handed_over_ms),
        (Stop.RECEIVED, order.delivered_ms),
    )


def _step(stop: Stop, ahead: int, at_ms: int | None) -> Step:
    if ahead > 0:
        return Step(stop, Mark.AHEAD, None)
    done = ahead < 0 or stop is Stop.RECEIVED
    return Step(stop, Mark.DONE if done else Mark.NOW, at_ms)
