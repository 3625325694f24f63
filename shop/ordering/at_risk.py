"""Which orders cannot all be served when a count, a spoiling or a recall left too little of a product.

Newest unpaid first, then the newest paid: whoever came first is served first. Refuses to take anything
from anybody: staff call, and decide.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from catalog.stock import Promise
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts, reference_of


@dataclass(frozen=True)
class AtRisk:
    """An order and how much of the product it was promised, in base units; `paid` if money came for it."""

    order: OrderFacts
    quantity: int
    paid: bool


def orders_at_risk(session: Session, seller_id: str, product_id: str) -> tuple[AtRisk, ...]:
    """The seller's orders that together hold what is short of a product; nothing while nothing is short."""
    short = stock.levels(session, [product_id])[product_id].short
    if not short:
        return ()
    chosen = _last_in_turn(stock.promises_of(session, product_id), short)
    known = {
        reference_of(order.code): order
        for order in order_facts.of_holders(session, seller_id, [one.holder for one in chosen])
    }
    found: dict[str, AtRisk] = {}
    for one in chosen:
        if one.holder in known:
            before = found[one.holder].quantity if one.holder in found else 0
            found[one.holder] = AtRisk(known[one.holder], before + one.quantity, one.paid)
    return tuple(found.values())


def _last_in_turn(promises: tuple[Promise, ...], short: int) -> list[Promise]:
    """The promises to give up first until they make up `short`."""
    chosen = []
    for one in sorted(promises, key=lambda promise: promise.paid):
        if short <= 0:
            break
        chosen.append(one)
        short -= one.quantity
    return chosen
