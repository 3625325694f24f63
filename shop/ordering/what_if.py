"""What a change of an order would come to, before anybody decides on it: the ways there are, and the new sum.

Reads only. What is shown here is asked for again, under the order's lock, when the change is made
(`changes`); who agreed to one fee is not charged another.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from catalog import listings
from core.errors import NotFound
from shop.delivery import choices, places, slots, ways
from shop.delivery.choices import WayChoice
from shop.models import Order
from shop.ordering import adding
from shop.ordering.line_changes import require_changing
from shop.ordering.order_facts import OrderFacts
from shop.ordering.pricing import DeliveryChoice
from shop.ordering.takes import parcel_of, takes_of


@dataclass(frozen=True)
class NewSum:
    """What an order would come to, in đồng: delivery, and all of it; `more_vnd` beside today (less: < 0)."""

    way_kind: str
    way_label: str
    slot_words: str
    fee_vnd: int
    amount_vnd: int
    more_vnd: int


def delivered(session: Session, code: str, choice: DeliveryChoice) -> NewSum:
    """The sums of order `code` if it went as `choice` says; raises as `changes.change_delivery`."""
    order = session.get(Order, code)
    if order is None:
        raise NotFound()
    require_changing(order)
    priced = adding.priced_as(session, order, choice)
    fee_vnd = priced.way.fee_vnd
    whole_vnd = order.goods_vnd + fee_vnd
    amount_vnd = whole_vnd - min(order.discount_vnd, whole_vnd)
    words = priced.slot.words if priced.slot else priced.way.when_text
    more_vnd = amount_vnd - order.amount_vnd
    return NewSum(priced.way.kind, priced.way.label, words, fee_vnd, amount_vnd, more_vnd)


def ways_to(session: Session, order: OrderFacts, commune: str) -> tuple[WayChoice, ...]:
    """How the goods of `order` could go to a commune (its code, "" while nobody said), as a buyer chooses.

    The slot the order has is among them, full as it may be for others.
    """
    known = listings.facts(session, [line.listing_id for line in order.lines])
    sold = [
        (known[line.listing_id], line.packs)
        for line in order.lines
        if line.packs and line.listing_id in known
    ]
    takes = (take for line in takes_of(session, sold) for take in line)
    parcel = parcel_of(takes, order.goods_vnd, ways.destination(commune))
    found = choices.with_slow(session, order.seller_id, parcel)
    return tuple(_with_own_slot(session, order, one) for one in found)


def as_it_is(order: OrderFacts) -> dict[str, str]:
    """How `order` goes now, as the fields of a form say it: `way`, `slot`, `address`, `commune`."""
    way = order.way
    return {
        "way": way.way_id or order.way_kind,
        "slot": way.slot_id or "",
        "address": order.address,
        "commune": places.name_of(way.commune_code) if way.commune_code else "",
    }


def _with_own_slot(session: Session, order: OrderFacts, one: WayChoice) -> WayChoice:
    slot_id = order.way.slot_id
    if one.quote.way_id != order.way.way_id or not slot_id or not one.quote.by_slot:
        return one
    if any(slot.id == slot_id for slot in one.slots):
        return one
    own = slots.facts(session, [slot_id]).get(slot_id)
    return one if own is None else replace(one, slots=(own, *one.slots))
