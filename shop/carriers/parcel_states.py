"""How far a carrier has come with a parcel, and which of two words about it counts.

Why: carriers tell late, twice and out of order; a parcel that was delivered must not travel again because
yesterday's notice came today. Refuses clocks, rows and any carrier's own words.
"""

ASKED, BOOKED, PICKED_UP, MOVING = "asked", "booked", "picked_up", "moving"
DELIVERED, REFUSED, RETURNED, LOST = "delivered", "refused", "returned", "lost"
CANCELLED = "cancelled"

STATES = (ASKED, BOOKED, PICKED_UP, MOVING, LOST, DELIVERED, REFUSED, RETURNED, CANCELLED)
OUT = (PICKED_UP, MOVING, DELIVERED, REFUSED, RETURNED)
"""States in which the goods have left the seller's house."""
ENDED = (DELIVERED, RETURNED, CANCELLED)
"""States after which the carrier is not asked any more."""

_NEXT = {
    ASKED: (BOOKED, CANCELLED, PICKED_UP, MOVING, LOST, DELIVERED, REFUSED, RETURNED),
    BOOKED: (CANCELLED, PICKED_UP, MOVING, LOST, DELIVERED, REFUSED, RETURNED),
    PICKED_UP: (MOVING, LOST, DELIVERED, REFUSED, RETURNED),
    MOVING: (LOST, DELIVERED, REFUSED, RETURNED),
    LOST: (DELIVERED, REFUSED, RETURNED),  # found again
    REFUSED: (RETURNED,),
    DELIVERED: (),
    RETURNED: (),
    CANCELLED: (),
}
_MINUTE_MS = 60_000
_QUIET_MS = {BOOKED: 30 * _MINUTE_MS, LOST: 24 * 60 * _MINUTE_MS, REFUSED: 6 * 60 * _MINUTE_MS}
_USUALLY_MS = 20 * _MINUTE_MS


def is_ahead(known: str, told: str) -> bool:
    """Whether `told` comes after `known` on a parcel's way; false for the same state and for the past."""
    return told in _NEXT[known]


def pause_ms(state: str) -> int | None:
    """How long (ms) to wait before the carrier is asked again; None: never again."""
    return None if state in ENDED else _QUIET_MS.get(state, _USUALLY_MS)
