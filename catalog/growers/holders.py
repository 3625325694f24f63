"""Who and what a paper can be for: the seller's products and members, by name."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Member, Product

MOST_PRODUCTS = 500


@dataclass(frozen=True)
class Holder:
    """A product or member a paper names; `art` is the drawing of a product, "" for a person."""

    id: str
    name: str
    art: str


def products_of(session: Session, seller_id: str) -> tuple[Holder, ...]:
    """The seller's products by name (at most 500), in one query."""
    query = select(Product.id, Product.name, Product.art).where(Product.seller_id == seller_id)
    rows = session.execute(query.order_by(Product.name, Product.id).limit(MOST_PRODUCTS))
    return tuple(Holder(row.id, row.name, row.art) for row in rows)


def named(session: Session, seller_id: str, ids: Collection[str]) -> dict[str, Holder]:
    """The seller's products and members among `ids` by id, in two queries; others are absent."""
    goods = select(Product.id, Product.name, Product.art)
    people = select(Member.id, Member.name)
    wanted = set(ids)
    found = {
        row.id: Holder(row.id, row.name, row.art)
        for row in session.execute(
            goods.where(Product.seller_id == seller_id, Product.id.in_(wanted))
        )
    }
    members = people.where(Member.seller_id == seller_id, Member.id.in_(wanted))
    return {**found, **{row.id: Holder(row.id, row.name, "") for row in session.execute(members)}}
