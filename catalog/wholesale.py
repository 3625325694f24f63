"""The wholesale prices of listings: kept and read. What they mean is in `tiers` ◦.

Refuses tiers of another seller's listing, and any that `tiers.checked` does.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.models import Listing, ListingTier
from catalog.tiers import Tier, checked
from core.db import owned


def tiers_of(session: Session, listing_ids: Collection[str]) -> dict[str, tuple[Tier, ...]]:
    """The tiers of each listing by their packs, in one query; a listing without any is absent."""
    query = select(ListingTier).where(ListingTier.listing_id.in_(list(listing_ids)))
    found: dict[str, list[Tier]] = {}
    for row in session.scalars(query.order_by(ListingTier.from_packs)):
        found.setdefault(row.listing_id, []).append(Tier(row.from_packs, row.price_vnd))
    return {listing_id: tuple(tiers) for listing_id, tiers in found.items()}


def set_tiers(session: Session, seller_id: str, listing_id: str, tiers: Iterable[Tier]) -> None:
    """Have these be the tiers of the seller's listing, and no others; none takes all away.

    Orders placed before keep their prices: those are frozen on their lines.

    Raises:
        NotFound: the listing is not this seller's.
        BadTiers: they are no wholesale prices, see `tiers.checked`.
    """
    listing = owned(session, Listing, listing_id, seller_id)
    wanted = checked(tiers, listing.price_vnd)
    session.execute(
        delete(ListingTier)
        .where(ListingTier.listing_id == listing_id)
        .execution_options(synchronize_session=False)
    )
    for tier in wanted:
        session.add(
            ListingTier(
                listing_id=listing_id,
                from_packs=tier.from_packs,
                seller_id=seller_id,
                price_vnd=tier.price_vnd,
            )
        )
    session.flush()
