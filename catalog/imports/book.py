"""What the seller's books say now, read at once, so that a file of two thousand rows takes a few queries.

Refuses what is another seller's: their members, lots and points are as unknown as if they did not exist.
"""

from collections import defaultdict
from collections.abc import Collection
from difflib import get_close_matches

from sqlalchemy.orm import Session

from catalog.imports import book_queries as queries
from catalog.imports.book_queries import KnownLot, KnownMember, KnownProduct, KnownStock
from catalog.imports.cell_errors import (
    AlmostProduct,
    TwoMembers,
    TwoProducts,
    UnknownLot,
    UnknownMember,
    UnknownPlot,
    UnknownPoint,
    UnknownProduct,
)
from catalog.stock import PointFacts, points_of
from core.errors import DomainError
from core.phone import parse_phone
from core.text import fold

_MOST_GUESSES = 10
"""How often a name nearly right is looked for: among thousands of names each look takes a while."""


class Book:
    """The seller's products, packs, members, lots, points and stock as they are in one transaction."""

    def __init__(self, session: Session, seller_id: str) -> None:
        self.seller_id = seller_id
        self._session = session
        self._products = queries.products_of(session, seller_id)
        self._by_name = _grouped(self._products.values())
        self._members = queries.members_of(session, seller_id)
        self._plots = queries.plots_of(session, seller_id)
        self.points: tuple[PointFacts, ...] = points_of(session, seller_id)
        self._lots: dict[str, KnownLot] = {}
        self._stock = queries.stock_of(session, seller_id)
        self.packs = queries.packs_of(session, seller_id)
        self._guesses = 0

    def product(self, product_id: str) -> KnownProduct:
        """A product by id."""
        return self._products[product_id]

    def products(self) -> Collection[KnownProduct]:
        """All of them."""
        return self._products.values()

    def product_named(self, name: str) -> KnownProduct | None:
        """The product called `name`, marks and case aside; None if there is none.

        Raises:
            TwoProducts: two are, and neither is written exactly so.
        """
        found = self._by_name.get(fold(name), [])
        exact = [one for one in found if one.name == name]
        if len(found) > 1 and len(exact) != 1:
            raise TwoProducts(text=name)
        return next(iter(exact or found), None)

    def known_product(self, name: str) -> KnownProduct:
        """As `product_named`, where there must be one.

        Raises:
            UnknownProduct, AlmostProduct, TwoProducts.
        """
        found = self.product_named(name)
        if found is None:
            raise self._unknown_product(name)
        return found

    def _unknown_product(self, name: str) -> DomainError:
        self._guesses += 1
        known = list(self._by_name) if self._guesses <= _MOST_GUESSES else []
        near = get_close_matches(fold(name), known, n=1, cutoff=0.75)
        if near:
            return AlmostProduct(text=name, near=self._by_name[near[0]][0].name)
        return UnknownProduct(text=name)

    def member(self, name: str) -> KnownMember:
        """The member of that name or telephone number.

        Raises:
            UnknownMember, TwoMembers.
        """
        found = [one for one in self._members if fold(one.name) == fold(name)]
        found = found or [one for one in self._members if one.phone and one.phone == _phone(name)]
        if len(found) > 1:
            raise TwoMembers(text=name)
        if not found:
            raise UnknownMember(text=name)
        return found[0]

    def plot(self, member_id: str, name: str) -> str:
        """The id of a member's plot.

        Raises:
            UnknownPlot.
        """
        found = self._plots.get((member_id, fold(name)))
        if found is None:
            raise UnknownPlot(text=name)
        return found

    def point_id(self, name: str) -> str:
        """The id of the stock point of that name; the store if nothing is said, "" if none is open yet.

        Raises:
            UnknownPoint.
        """
        for one in self.points:
            if fold(one.name) == fold(name) if name else one.kind == "store":
                return one.id
        if not name:
            return ""
        raise UnknownPoint(text=name, known=", ".join(one.name for one in self.points))

    def is_store(self, point_id: str | None) -> bool:
        """Whether that is the store, or nothing was said, which means the store."""
        return not point_id or point_id == self.point_id("")

    def learn_lots(self, codes: Collection[str]) -> None:
        """Read the lots of these codes (each in a few queries, however many there are)."""
        self._lots = queries.lots_of(
            self._session, self.seller_id, {code.upper() for code in codes}
        )

    def lot(self, code: str) -> KnownLot:
        """The lot of that code, among those that were learnt.

        Raises:
            UnknownLot.
        """
        found = self._lots.get(code.upper())
        if found is None:
            raise UnknownLot(text=code)
        return found

    def stock(self, product_id: str, point_id: str) -> KnownStock:
        """What is on hand of a product at a point."""
        return self._stock.get((product_id, point_id), KnownStock())

    def member_name(self, member_id: str | None) -> str:
        """What a member is called; "" for none."""
        return next((one.name for one in self._members if one.id == member_id), "")

    def written(self, digests: Collection[str]) -> dict[str, str]:
        """Which rows were written down before, with what came of them."""
        return queries.written(self._session, self.seller_id, digests)


def _grouped(products: Collection[KnownProduct]) -> dict[str, list[KnownProduct]]:
    found: defaultdict[str, list[KnownProduct]] = defaultdict(list)
    for product in products:
        found[fold(product.name)].append(product)
    return dict(found)


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except DomainError:
        return ""
