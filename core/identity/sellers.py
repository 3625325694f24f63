"""Sellers as the packages above see them: facts by id, nothing that could be changed by accident."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity.models import Seller


@dataclass(frozen=True)
class SellerFacts:
    """What everybody may know of a seller; `kind` is `household` or `cooperative`, `phone` E.164."""

    id: str
    kind: str
    name: str
    story: str
    owner_name: str
    phone: str
    address: str
    commune: str
    tax_id: str
    art: str
    demo: bool


def facts(session: Session, seller_id: str) -> SellerFacts:
    """The facts of one seller.

    Raises:
        NotFound: there is no such seller.
    """
    seller = session.get(Seller, seller_id)
    if seller is None:
        raise NotFound()
    return _facts_of_row(seller)


def facts_of(session: Session, seller_ids: Iterable[str]) -> dict[str, SellerFacts]:
    """The facts of several sellers by id in one query; unknown ids are absent."""
    query = select(Seller).where(Seller.id.in_(set(seller_ids)))
    return {seller.id: _facts_of_row(seller) for seller in session.scalars(query)}


def all_sellers(session: Session, most: int | None = None) -> tuple[SellerFacts, ...]:
    """Every seller, or the first `most` of them, by name."""
    query = select(Seller).order_by(Seller.name, Seller.id).limit(most)
    return tuple(_facts_of_row(seller) for seller in session.scalars(query))


def _facts_of_row(seller: Seller) -> SellerFacts:
    return SellerFacts(
        id=seller.id,
        kind=seller.kind,
        name=seller.name,
        story=seller.story,
        owner_name=seller.owner_name,
        phone=seller.phone,
        address=seller.address,
        commune=seller.commune,
        tax_id=seller.tax_id,
        art=seller.art,
        demo=seller.demo,
    )
