"""Buying the same again: what of an old order is still sold, and putting that into the cart.

Refuses old prices: what is put into the cart costs what the catalogue says today. What is not sold any
more is named, not left out silently.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from shop.buying import cart
from shop.ordering.line_facts import LineFacts
from shop.ordering.order_facts import OrderFacts


@dataclass(frozen=True)
class AgainLine:
    """What was ordered of one listing, as it is sold now.

    `wanted` packs were ordered, `packs` of them can be had now: 0 where it is sold out, or not sold any
    more (then `listing` is None).
    """

    line: LineFacts
    wanted: int
    listing: ListingFacts | None
    packs: int

    @property
    def price_changed(self) -> bool:
        """Whether a pack costs another sum than when it was ordered."""
        return self.listing is not None and self.listing.price_vnd != self.line.unit_price_vnd


def read(session: Session, order: OrderFacts) -> tuple[AgainLine, ...]:
    """What of `order` can be bought again, listing by listing, as it was ordered first.

    What was missing then is wanted again.
    """
    first: dict[str, LineFacts] = {}
    wanted: dict[str, int] = {}
    for line in order.lines:
        first.setdefault(line.listing_id, line)
        missing = line.cut_packs + sum(loss.packs for loss in line.losses)
        wanted[line.listing_id] = wanted.get(line.listing_id, 0) + line.packs + missing
    found = listings.facts(session, list(first))
    return tuple(
        _again(line, wanted[id_], found.get(id_)) for id_, line in first.items() if wanted[id_]
    )


def put(session: Session, owner: str, order: OrderFacts) -> int:
    """Have the cart of `owner` hold what of `order` is sold now, at least as much; returns how many listings.

    What the cart holds already stays, where it is more.

    Raises:
        CartFull: the cart holds too many listings; nothing was put into it.
    """
    held = {
        item.listing.id: item.packs
        for item in cart.of_seller(session, owner, order.seller_id).items
    }
    sold = [one for one in read(session, order) if one.packs]
    for one in sold:
        id_ = one.line.listing_id
        cart.put(session, owner, id_, max(one.packs, held.get(id_, 0)))
    return len(sold)


def _again(line: LineFacts, wanted: int, listing: ListingFacts | None) -> AgainLine:
    if listing is None or not listing.on_sale:
        return AgainLine(line, wanted, None, 0)
    return AgainLine(line, wanted, listing, min(wanted, listing.available_packs))
