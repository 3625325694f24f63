"""What a thing is, whoever buys it and in whatever pack; and the words its seller counts it in.

Refuses to change what stock of it is counted in: grams do not become pieces once there are some.
"""

from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from catalog import kinds
from catalog.models import Product, ProductUnit
from catalog.search.index import index_product
from catalog.units import BELOW, UnitWord
from core import clock
from core.db import owned
from core.errors import N_, BadRequest, DomainError
from core.identity import sellers
from core.ids import new_id
from core.quantity import BadQuantity, BaseUnit
from core.text import clean_line, fold

NAME_LENGTH = 120
BRAND_LENGTH = 80
STANDARDS_LENGTH = 300
STORY_LENGTH = 2000
WORD_LENGTH = 40
MOST_UNITS = 12
MOST_SHELF_DAYS = 3660


class TooManyUnits(DomainError):
    """Twelve words of the product's own are known already."""

    code = "too_many_units"
    status = 409
    message = N_("Món này đã có 12 đơn vị riêng. Bạn bỏ bớt một đơn vị rồi thêm lại nhé.")


@dataclass(frozen=True)
class NewProduct:
    """A product to be: its name (≤ 120), story, what stock of it is counted in, and which drawing it has.

    `kind` is a word of `catalog.kinds`; without one it is guessed from the name.
    """

    name: str
    story: str
    base_unit: BaseUnit
    art: str
    kind: str = ""


@dataclass(frozen=True)
class Details:
    """What may be changed of a product: `kind` a word of `catalog.kinds` or "", days and months or None.

    Goods leave the shelf `removal_days` before their best-before day, which is `shelf_days` after harvest:
    None for what is usual of its kind.
    """

    name: str
    story: str = ""
    kind: str = ""
    brand: str = ""
    standards: str = ""
    shelf_days: int | None = None
    removal_days: int = 0
    season_from: int | None = None
    season_to: int | None = None


@dataclass(frozen=True)
class ProductFacts:
    """A product with what its seller says of it; `base_unit` is g, ml or piece."""

    id: str
    seller_id: str
    base_unit: str
    art: str
    details: Details


def add(session: Session, seller_id: str, new: NewProduct) -> str:
    """Record a product of a seller, with no stock yet; returns its id.

    Raises:
        NotFound: there is no such seller.
    """
    sellers.facts(session, seller_id)
    guessed = kinds.KINDS.get(new.kind) or kinds.guess(new.name)
    product = Product(
        id=new_id(),
        seller_id=seller_id,
        name=new.name,
        story=new.story,
        base_unit=new.base_unit,
        art=new.art,
        kind=guessed.code if guessed else "",
        created_ms=clock.now_ms(),
    )
    session.add(product)
    session.flush()
    return product.id


def facts(session: Session, seller_id: str, product_id: str) -> ProductFacts:
    """One product of the seller.

    Raises:
        NotFound: it is not this seller's.
    """
    row = owned(session, Product, product_id, seller_id)
    details = Details(
        name=row.name,
        story=row.story,
        kind=row.kind,
        brand=row.brand,
        standards=row.standards,
        shelf_days=row.shelf_days,
        removal_days=row.removal_days,
        season_from=row.season_from,
        season_to=row.season_to,
    )
    return ProductFacts(row.id, row.seller_id, row.base_unit, row.art, details)


def keeps_days(product: Product) -> int | None:
    """How many days it keeps from harvest: what its seller says, else what is usual of its kind; None
    where neither is known."""
    return product.shelf_days or kinds.keeps_days(product.kind)


def change(session: Session, seller_id: str, product_id: str, details: Details) -> None:
    """Say other things of a product; search and pages follow, what was ordered keeps its old name.

    Lots that are there already keep their best-before days. A new kind brings its drawing.

    Raises:
        NotFound: it is not this seller's. BadRequest: a name is missing, a kind unknown, days or months
        are none; `field` says which.
    """
    row = owned(session, Product, product_id, seller_id)
    told = _checked(details)
    if told.kind != row.kind and told.kind in kinds.KINDS:
        row.art = kinds.KINDS[told.kind].art
    row.name, row.story, row.kind = told.name, told.story, told.kind
    row.brand, row.standards = told.brand, told.standards
    row.shelf_days, row.removal_days = told.shelf_days, told.removal_days
    row.season_from, row.season_to = told.season_from, told.season_to
    session.flush()
    index_product(session, product_id)


def _checked(details: Details) -> Details:
    name = clean_line(details.name, NAME_LENGTH)
    if not name:
        raise BadRequest(field="name")
    if details.kind and details.kind not in kinds.KINDS:
        raise BadRequest(field="kind")
    if details.shelf_days is not None and not 0 < details.shelf_days <= MOST_SHELF_DAYS:
        raise BadRequest(field="shelf_days")
    if not 0 <= details.removal_days <= MOST_SHELF_DAYS:
        raise BadRequest(field="removal_days")
    months = (details.season_from, details.season_to)
    if (None in months and months != (None, None)) or any(m and not 1 <= m <= 12 for m in months):
        raise BadRequest(field="season_from")
    return replace(
        details,
        name=name,
        story=details.story.strip()[:STORY_LENGTH],
        brand=clean_line(details.brand, BRAND_LENGTH),
        standards=clean_line(details.standards, STANDARDS_LENGTH),
    )


def units_of(session: Session, product_id: str) -> tuple[UnitWord, ...]:
    """The product's own words to count in, the smallest first: bó 300 g, thùng 5 kg."""
    query = select(ProductUnit).where(ProductUnit.product_id == product_id)
    ordered = query.order_by(ProductUnit.base_units, ProductUnit.word)
    return tuple(UnitWord(row.word, row.base_units) for row in session.scalars(ordered))


def factors_of(session: Session, product_id: str) -> dict[str, int]:
    """The same as `units.parse_quantity` wants them: base units by word."""
    return {unit.word: unit.base_units for unit in units_of(session, product_id)}


def add_unit(session: Session, seller_id: str, product_id: str, unit: UnitWord) -> None:
    """Let the product be counted in `unit` too; a word known already means the new size from now on.

    Raises:
        NotFound: it is not this seller's. BadRequest: the word is none. BadQuantity: its size is none.
        TooManyUnits: twelve are known already.
    """
    owned(session, Product, product_id, seller_id)
    word = clean_line(unit.word, WORD_LENGTH)
    folded = fold(word)
    if not folded or not folded[0].isalpha():
        raise BadRequest(field="unit_word")
    if not 0 < unit.base_units < BELOW:
        raise BadQuantity()
    known = select(func.count()).where(
        ProductUnit.product_id == product_id, ProductUnit.word_folded != folded
    )
    if (session.scalar(known) or 0) >= MOST_UNITS:
        raise TooManyUnits()
    session.merge(
        ProductUnit(
            product_id=product_id,
            word_folded=folded,
            seller_id=seller_id,
            word=word,
            base_units=unit.base_units,
        )
    )
    session.flush()


def remove_unit(session: Session, seller_id: str, product_id: str, word: str) -> None:
    """Forget a word of the product, known or not; what was written down in base units stays.

    Raises:
        NotFound: the product is not this seller's.
    """
    owned(session, Product, product_id, seller_id)
    mine = ProductUnit.product_id == product_id
    session.execute(
        delete(ProductUnit)
        .where(mine, ProductUnit.word_folded == fold(clean_line(word, WORD_LENGTH)))
        .execution_options(synchronize_session=False)
    )
