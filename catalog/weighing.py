"""What a weighing form offers and how it is read: products, their words to count in, amounts as typed."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import units
from catalog.errors import BelowNothing
from catalog.models import Product, ProductUnit
from catalog.products import factors_of, keeps_days
from catalog.units import UnitWord
from core.db import owned
from core.quantity import BadQuantity

_MOST_PRODUCTS = 500


@dataclass(frozen=True)
class Weighed:
    """A product as a form offers it: how many days it usually keeps (None: nobody said), and the words it
    may be counted in, the usual one first."""

    id: str
    name: str
    base_unit: str
    keeps_days: int | None
    words: tuple[UnitWord, ...]


def products(session: Session, seller_id: str) -> tuple[Weighed, ...]:
    """The seller's products by name, in two queries; at most 500."""
    query = select(Product).where(Product.seller_id == seller_id).order_by(Product.name, Product.id)
    own: defaultdict[str, list[UnitWord]] = defaultdict(list)
    words = select(ProductUnit).where(ProductUnit.seller_id == seller_id)
    for unit in session.scalars(words.order_by(ProductUnit.base_units, ProductUnit.word)):
        own[unit.product_id].append(UnitWord(unit.word, unit.base_units))
    return tuple(
        Weighed(
            one.id, one.name, one.base_unit, keeps_days(one), _words(one.base_unit, own[one.id])
        )
        for one in session.scalars(query.limit(_MOST_PRODUCTS))
    )


def keeps_days_of(session: Session, seller_id: str, product_id: str) -> int | None:
    """How many days one product usually keeps, None if nobody said; raises NotFound."""
    return keeps_days(owned(session, Product, product_id, seller_id))


def words_of(session: Session, seller_id: str, product_id: str) -> tuple[UnitWord, ...]:
    """The words one product may be counted in, the usual one first; raises NotFound."""
    product = owned(session, Product, product_id, seller_id)
    own = [UnitWord(word, size) for word, size in factors_of(session, product_id).items()]
    return _words(product.base_unit, own)


def read(session: Session, seller_id: str, product_id: str, text: str, word: str) -> int:
    """The base units somebody typed beside a chosen word: `2,5` and `kg`, or `300g` whatever was chosen.

    Raises:
        NotFound: the product is not this seller's. BadQuantity (and its kinds): see `units.parse_quantity`.
    """
    product = owned(session, Product, product_id, seller_id)
    said = text if any(letter.isalpha() for letter in text) else f"{text} {word}"
    return units.parse_quantity(said, product.base_unit, factors_of(session, product_id))


def read_count(session: Session, seller_id: str, product_id: str, text: str, word: str) -> int:
    """As `read`, for what was counted: nothing at all (`0`, `0 kg`, `0,0`) is an answer too.

    Raises:
        BelowNothing: it is less. NotFound, and the kinds of BadQuantity: as `read`.
    """
    try:
        return read(session, seller_id, product_id, text, word)
    except BadQuantity as error:
        if type(error) is not BadQuantity:  # no number, no such unit, a part of the smallest
            raise
        if text.strip().startswith("-"):
            raise BelowNothing() from error
        return 0


def _words(base_unit: str, own: list[UnitWord]) -> tuple[UnitWord, ...]:
    """The market's usual word first, then the product's own, then the rest."""
    usual, *rest = units.choices(base_unit)
    mine = [unit for unit in own if unit.word != usual.word]
    taken = {unit.word for unit in (usual, *mine)}
    return (usual, *mine, *(unit for unit in rest if unit.word not in taken))
