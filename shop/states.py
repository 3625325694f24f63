"""Which state of an order may follow which.

Refuses: to act; `placing`, `securing` and `ending` hold the one function of each transition.
"""

from core.states import Table

PLACED = "placed"
SECURED = "secured"
EXPIRED = "expired"
CANCELLED = "cancelled"

ORDER = Table(
    "order",
    {
        (PLACED, SECURED),
        (PLACED, EXPIRED),
        (PLACED, CANCELLED),
        (EXPIRED, SECURED),  # late money, stock taken again
        (SECURED, CANCELLED),  # refund due
        (SECURED, "packing"),
        ("packing", "packed"),
        ("packed", "handed_over"),
        ("handed_over", "delivered"),
        ("handed_over", "refused"),
        ("handed_over", "returned"),
        ("delivered", "closed"),
    },
)
"""Every move an order may make; it begins as `placed`."""
