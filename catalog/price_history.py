"""What listings cost before, cost now and will cost, as their seller may read it. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Listing, ListingPrice
from core import clock
from core.db import owned

_MOST_SHOWN = 50


@dataclass(frozen=True)
class PriceFacts:
    """A price in đồng per pack from `from_ms` (UTC ms) on; `set_by` is an actor (`p:<person>`), or ""."""

    id: str
    listing_id: str
    price_vnd: int
    from_ms: int
    applied: bool
    set_by: str


def history(session: Session, seller_id: str, listing_id: str) -> tuple[PriceFacts, ...]:
    """Every price of a listing that held or holds, the newest first (at most 50).

    Raises:
        NotFound: the listing is not this seller's.
    """
    owned(session, Listing, listing_id, seller_id)
    held = select(ListingPrice).where(
        ListingPrice.listing_id == listing_id, ListingPrice.applied.is_(True)
    )
    newest = held.order_by(ListingPrice.from_ms.desc(), ListingPrice.id.desc())
    return tuple(map(_facts, session.scalars(newest.limit(_MOST_SHOWN))))


def scheduled(session: Session, seller_id: str) -> dict[str, tuple[PriceFacts, ...]]:
    """What the seller's listings will cost, by listing, the soonest first."""
    query = select(ListingPrice).where(
        ListingPrice.seller_id == seller_id,
        ListingPrice.applied.is_(False),
        ListingPrice.from_ms > clock.now_ms(),
    )
    found: dict[str, tuple[PriceFacts, ...]] = {}
    for row in session.scalars(query.order_by(ListingPrice.from_ms, ListingPrice.id)):
        found[row.listing_id] = (*found.get(row.listing_id, ()), _facts(row))
    return found


def find(session: Session, seller_id: str, price_id: str) -> PriceFacts | None:
    """One price of the seller, held, holding or to come; None for what is not its own or was taken away."""
    row = session.get(ListingPrice, price_id)
    return _facts(row) if row is not None and row.seller_id == seller_id else None


def held_at(session: Session, seller_id: str, at_ms: Mapping[str, int]) -> dict[str, int]:
    """What a pack of each listing cost at its product's `at_ms` (UTC ms), by listing; at first, if later.

    A listing whose price was never changed is absent: it costs what it always did.
    """
    query = (
        select(
            ListingPrice.listing_id,
            Listing.product_id,
            ListingPrice.price_vnd,
            ListingPrice.from_ms,
        )
        .join(Listing, Listing.id == ListingPrice.listing_id)
        .where(
            ListingPrice.seller_id == seller_id,
            ListingPrice.applied.is_(True),
            Listing.product_id.in_(list(at_ms)),
        )
        .order_by(ListingPrice.from_ms, ListingPrice.id)
    )
    held: dict[str, int] = {}
    for listing_id, product_id, price_vnd, from_ms in session.execute(query):
        if from_ms <= at_ms[product_id] or listing_id not in held:
            held[listing_id] = price_vnd
    return held


def _facts(row: ListingPrice) -> PriceFacts:
    return PriceFacts(
        id=row.id,
        listing_id=row.listing_id,
        price_vnd=row.price_vnd,
        from_ms=row.from_ms,
        applied=row.applied,
        set_by=row.set_by,
    )
