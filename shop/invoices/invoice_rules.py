"""Which state of an invoice request may follow which, when one may be asked for, and what its link may be.

Refuses: to act; `asking` and `answering` do.
"""

from urllib.parse import urlsplit

from core.states import Table
from shop.invoices.errors import BadInvoiceLink
from shop.states import CLOSED, DELIVERED, HANDED_OVER, PACKED, PACKING, SECURED

REQUESTED, ISSUED, DECLINED = "requested", "issued", "declined"

INVOICE = Table(
    "invoice",
    {
        (REQUESTED, REQUESTED),  # the buyer corrects what they typed
        (REQUESTED, ISSUED),
        (REQUESTED, DECLINED),
    },
)
"""Every move a request may make; who was declined asks anew, with a request of its own."""

DAY_MS = 86_400_000
ASKED_UNTIL_MS = 30 * DAY_MS
"""So long after delivery an invoice may be asked for."""
_SOLD = frozenset({SECURED, PACKING, PACKED, HANDED_OVER, DELIVERED, CLOSED})


def may_be_asked(state: str, delivered_ms: int | None, now_ms: int) -> bool:
    """Whether an order in `state`, delivered then (UTC ms; None: not yet), may have an invoice asked for."""
    in_time = delivered_ms is None or now_ms <= delivered_ms + ASKED_UNTIL_MS
    return state in _SOLD and in_time


def days_waited(asked_ms: int, now_ms: int) -> int:
    """How many whole days somebody has waited."""
    return max(0, now_ms - asked_ms) // DAY_MS


def checked_link(typed: str) -> str:
    """The address where the invoice can be read, or "" for none.

    Raises:
        BadInvoiceLink: it is no https address of a host, or hides a name and password.
    """
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
        host, _port = parts.hostname or "", parts.port  # a port that is none raises
    except ValueError as error:
        raise BadInvoiceLink() from error
    if parts.scheme != "https" or "." not in host or "@" in parts.netloc or " " in typed:
        raise BadInvoiceLink()
    return typed
