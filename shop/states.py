"""Which state of an order may follow which.

Refuses: to act; `placing`, `securing`, `ending` and `fulfilment` hold the one function of each transition.
"""

from core.states import Table

PLACED = "placed"
SECURED = "secured"
EXPIRED = "expired"
CANCELLED = "cancelled"
PACKING = "packing"
PACKED = "packed"
HANDED_OVER = "handed_over"
DELIVERED = "delivered"
CLOSED = "closed"
REFUSED = "refused"
RETURNED = "returned"

ORDER = Table(
    "order",
    {
        (PLACED, SECURED),
        (PLACED, EXPIRED),
        (PLACED, CANCELLED),
        (EXPIRED, SECURED),  # late money, stock taken again
        (SECURED, CANCELLED),  # refund due
        (SECURED, PACKING),
        (PACKING, SECURED),  # put aside: goods are missing, or the buyer wants something else
        (PACKING, PACKED),
        (PACKED, PACKING),  # the parcel is opened again
        (PACKED, HANDED_OVER),
        (HANDED_OVER, DELIVERED),
        (HANDED_OVER, REFUSED),
        (HANDED_OVER, RETURNED),
        (DELIVERED, RETURNED),
        (DELIVERED, CLOSED),
    },
)
"""Every move an order may make; it begins as `placed`."""

WITHOUT_GOODS = frozenset({EXPIRED, CANCELLED})
"""Ends before anything left the house: what was kept is free again."""
OUT = frozenset({HANDED_OVER, DELIVERED, CLOSED, REFUSED, RETURNED})
"""The goods left the house; from two of these they came back, as lots of their own."""
BROUGHT_BACK = frozenset({REFUSED, RETURNED})
"""Ends after which money that came goes back."""
