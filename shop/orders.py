"""The door to orders: asked for, placed, served, ended, read.

What may be asked is in `pricing`, each transition is one function in `placing`, `securing`, `ending` or
`fulfilment`, what an order is and who may see it in `order_facts`. Refuses shortcuts: nothing else writes
these tables.
"""

from shop.ordering.ending import Cancellation, cancel, expire_due, lapse, opened
from shop.ordering.line_facts import LineFacts
from shop.ordering.order_facts import OrderFacts, code_in, facts, reference_of, seen_by
from shop.ordering.placing import place
from shop.ordering.pricing import LET_BE, SETTLE, Buyer, DeliveryChoice, Gift, PlaceLine, PlaceOrder
from shop.ordering.securing import secure, secure_by

__all__ = [
    "LET_BE",
    "SETTLE",
    "Buyer",
    "Cancellation",
    "DeliveryChoice",
    "Gift",
    "LineFacts",
    "OrderFacts",
    "PlaceLine",
    "PlaceOrder",
    "cancel",
    "code_in",
    "expire_due",
    "facts",
    "lapse",
    "opened",
    "place",
    "reference_of",
    "secure",
    "secure_by",
    "seen_by",
]
