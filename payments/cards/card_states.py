"""How an attempt to pay by card, and a refund to a card, may move; when Stripe is asked again.

Why: notices, browsers and our own questions come in any order and more than once, so a state is only ever
what Stripe says of the whole, and money that came is never taken back by a later word.
Refuses: rows, clocks and the network.
"""

from core.states import Table

ASKED, UNKNOWN, OPEN, PAID, ENDED, FAILED = "asked", "unknown", "open", "paid", "ended", "failed"
"""Of an attempt: ours alone yet; perhaps at Stripe; the buyer may pay; charged; over unpaid; refused."""

ATTEMPT = Table(
    "card_attempt",
    {
        *((old, new) for old in (ASKED, UNKNOWN) for new in (OPEN, PAID, ENDED, FAILED)),
        (ASKED, UNKNOWN),
        (OPEN, PAID),
        (OPEN, ENDED),
        # What was charged was charged, whatever was thought of it before.
        (ENDED, PAID),
        (FAILED, PAID),
    },
)
LIVE = (ASKED, UNKNOWN, OPEN)
"""The states in which a card may still be charged; a payment has one such attempt at most."""

PENDING, SUCCEEDED = "pending", "succeeded"
REFUND = Table(
    "card_refund",
    {
        *((old, new) for old in (ASKED, UNKNOWN) for new in (PENDING, SUCCEEDED, FAILED)),
        (ASKED, UNKNOWN),
        (PENDING, SUCCEEDED),
        (PENDING, FAILED),
        (SUCCEEDED, FAILED),  # the buyer's bank sent it back days later
    },
)
REFUND_OPEN = (ASKED, UNKNOWN, PENDING)
"""The states in which we do not know yet how a refund ends."""

PAYOUT_RANK = {"asked": 0, "pending": 1, "in_transit": 2, "paid": 3, "failed": 4, "canceled": 4}
"""How far a payout is; it never goes back, whichever answer came first."""
PAYOUT_OVER = ("failed", "canceled")

MOST_TRIES = 80
"""So often in a row Stripe may stay silent before it is left to a person: for some three days."""

_FIRST_MS, _LONGEST_MS = 15_000, 3_600_000


def pause_ms(tries: int) -> int:
    """How long to wait after `tries` (1…) silences in a row: 15 s, doubled each time, an hour at most."""
    return min(_LONGEST_MS, _FIRST_MS << min(tries - 1, 20))


def attempt_state(session: str, intent: str) -> str:
    """What a Checkout Session's `status` and its PaymentIntent's ("" where it has none) make of an attempt.

    The intent decides where it has an end of its own. A session that is complete while its intent wants
    another card has failed for good; one that is open, or still works on it, is open.
    Source: Stripe API reference, Checkout Session `status`, PaymentIntent `status`.
    """
    if intent == "succeeded":
        return PAID
    if intent == "canceled" or session == "expired":
        return ENDED
    if session == "complete" and intent != "processing":
        return ENDED
    return OPEN


def refund_state(status: str) -> str:
    """What Stripe's `status` of a refund means here; one that wants something of the buyer is pending."""
    if status == "succeeded":
        return SUCCEEDED
    return FAILED if status in ("failed", "canceled") else PENDING
