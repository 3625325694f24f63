"""What can be complained about: an order, a listing, and what packages above register (a live show).

Refuses to know those packages: each kind has a reader that finds the seller and the words for a subject.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from core.errors import NotFound
from shop import links
from shop.cases.case_rules import LISTING, ORDER
from shop.ordering import order_facts


@dataclass(frozen=True)
class Subject:
    """A thing somebody may complain about: whose it is, what it is called, and its page."""

    kind: str
    id: str
    seller_id: str
    title: str
    path: str


Reader = Callable[[Session, str], Subject]
"""Finds a subject of one kind by its id; raises NotFound."""

_readers: dict[str, Reader] = {}


def register(kind: str, reader: Reader) -> None:
    """Have things of `kind` be complained about, found by `reader`; the last one registered wins."""
    _readers[kind] = reader


def read(session: Session, kind: str, subject_id: str) -> Subject | None:
    """The subject, or None where no such kind is known (an edge answers as for an unknown id).

    Raises:
        NotFound: the kind has no such subject. An order is found by whoever asks: who may see it is
        for the caller to judge (`shop.orders.seen_by`).
    """
    reader = _readers.get(kind)
    return reader(session, subject_id) if reader else None


def path_of(session: Session, kind: str, subject_id: str) -> str:
    """The subject's page for whoever complained, "" where it is gone. An order's opens it: theirs alone."""
    try:
        found = read(session, kind, subject_id)
    except NotFound:
        return ""
    return found.path if found else ""


def _order(session: Session, code: str) -> Subject:
    order = order_facts.facts(session, code)
    path = links.order_path(order.code, order.capability)
    return Subject(ORDER, code, order.seller_id, code, path)


def _listing(session: Session, listing_id: str) -> Subject:
    listing = listings.get(session, listing_id)
    return Subject(LISTING, listing.id, listing.seller_id, listing.name, f"/products/{listing.id}")


register(ORDER, _order)
register(LISTING, _listing)
