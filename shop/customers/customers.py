"""The buyers of one seller, from its own orders: found by name or number, page by page; one with all orders.

A buyer goes by the name and number of their newest order here. Refuses buyers of other sellers, who look like
nobody at all.
"""

from dataclasses import dataclass

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.phone import format_phone
from core.text import fold
from shop.models import Order
from shop.ordering.order_facts import OrderFacts, facts_of_rows
from shop.states import CANCELLED, EXPIRED, PLACED, REFUSED

PAGE = 50
_MOST_ORDERS = 30
_QUERY_LENGTH = 80
_LEAST_DIGITS = 4
_PAID_NOT = (PLACED, EXPIRED, CANCELLED, REFUSED)


@dataclass(frozen=True)
class Customer:
    """A buyer of the seller: orders in all, those that went through and their đồng, when they ordered last.

    `phone` is E.164.
    """

    person_id: str
    name: str
    phone: str
    orders: int
    bought: int
    bought_vnd: int
    last_ms: int


@dataclass(frozen=True)
class CustomerPage:
    """Some of the buyers that were asked for, newest order first; `found` is how many there are."""

    customers: tuple[Customer, ...]
    found: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are; one where nobody was found."""
        return max(1, -(-self.found // PAGE))


def page(session: Session, seller_id: str, asked: str = "", number: int = 1) -> CustomerPage:
    """Page `number` (from 1 on; beyond the end: the last) of the buyers whose name or number has `asked`.

    Marks and case do not matter; of a number any four digits in a row do.
    """
    wanted = fold(asked[:_QUERY_LENGTH].strip())
    found = [one for one in everybody(session, seller_id) if _fits(one, wanted)]
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), pages)
    first = (number - 1) * PAGE
    return CustomerPage(tuple(found[first : first + PAGE]), len(found), number)


def everybody(session: Session, seller_id: str) -> tuple[Customer, ...]:
    """All buyers of a seller, newest order first; one query."""
    query = _sums(seller_id).order_by(func.max(Order.placed_ms).desc(), Order.person_id)
    return _read(session, seller_id, query)


def one(session: Session, seller_id: str, person_id: str) -> Customer:
    """One buyer.

    Raises:
        NotFound: they never ordered from this seller.
    """
    found = _read(session, seller_id, _sums(seller_id).where(Order.person_id == person_id))
    if not found:
        raise NotFound()
    return found[0]


def orders_of(session: Session, seller_id: str, person_id: str) -> tuple[OrderFacts, ...]:
    """The newest orders of a buyer with this seller, at most thirty."""
    query = select(Order).where(Order.seller_id == seller_id, Order.person_id == person_id)
    newest = query.order_by(Order.placed_ms.desc(), Order.code.desc()).limit(_MOST_ORDERS)
    return tuple(facts_of_rows(session, session.scalars(newest).all()))


_Sums = Select[str, int, int, int, int]


def _sums(seller_id: str) -> _Sums:
    through = Order.state.not_in(_PAID_NOT)
    return (
        select(
            Order.person_id,
            func.count(),
            func.sum(case((through, 1), else_=0)),
            func.sum(case((through, Order.amount_vnd), else_=0)),
            func.max(Order.placed_ms),
        )
        .where(Order.seller_id == seller_id)
        .group_by(Order.person_id)
    )


def _read(session: Session, seller_id: str, query: _Sums) -> tuple[Customer, ...]:
    rows = session.execute(query).all()
    named = _named(session, seller_id, rows[0][0] if len(rows) == 1 else "")
    return tuple(
        Customer(person, *named[person], orders, int(bought), int(vnd), last_ms)
        for person, orders, bought, vnd, last_ms in rows
    )


def _named(session: Session, seller_id: str, person_id: str) -> dict[str, tuple[str, str]]:
    """Name and number of each buyer (or the one) as their newest order has them."""
    place = func.row_number().over(
        partition_by=Order.person_id, order_by=(Order.placed_ms.desc(), Order.code.desc())
    )
    query = select(Order.person_id, Order.name, Order.phone, place.label("place"))
    own = query.where(Order.seller_id == seller_id)
    if person_id:
        own = own.where(Order.person_id == person_id)
    newest = own.subquery()
    found = select(newest.c.person_id, newest.c.name, newest.c.phone).where(newest.c.place == 1)
    return {person: (name, phone) for person, name, phone in session.execute(found)}


def _fits(customer: Customer, wanted: str) -> bool:
    """Whether all words of `wanted` are in the name, or its digits in the number."""
    digits = "".join(filter(str.isdigit, wanted))
    if len(digits) >= _LEAST_DIGITS:
        national = "".join(filter(str.isdigit, format_phone(customer.phone)))
        return digits in national or digits in customer.phone
    name = fold(customer.name)
    return all(word in name for word in wanted.split())
