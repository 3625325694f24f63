"""What a thing is, whoever buys it and in whatever pack."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog.models import Product
from core import clock
from core.identity import sellers
from core.ids import new_id
from core.quantity import BaseUnit


@dataclass(frozen=True)
class NewProduct:
    """A product to be: its name (≤ 120), story, what stock of it is counted in, and which drawing it has."""

    name: str
    story: str
    base_unit: BaseUnit
    art: str


def add(session: Session, seller_id: str, new: NewProduct) -> str:
    """Record a product of a seller, with no stock yet; returns its id.

    Raises:
        NotFound: there is no such seller.
    """
    sellers.facts(session, seller_id)
    product = Product(
        id=new_id(),
        seller_id=seller_id,
        name=new.name,
        story=new.story,
        base_unit=new.base_unit,
        art=new.art,
        created_ms=clock.now_ms(),
    )
    session.add(product)
    session.flush()
    return product.id
