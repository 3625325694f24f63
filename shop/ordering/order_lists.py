"""Lists of orders, newest first: a seller's for its staff, a buyer's for the buyer. Never anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select, true, tuple_
from sqlalchemy.orm import Session

from core.codes import is_order_code
from core.identity.logins import Login
from payments.refunds import owed
from shop.models import Order
from shop.ordering.order_facts import OrderFacts, code_in, facts_of_rows
from shop.states import CANCELLED, EXPIRED, PLACED

PAGE = 50


class Show(StrEnum):
    """Which of a seller's orders."""

    ALL = "all"
    WAITING = "waiting"
    PAID = "paid"
    REFUND = "refund"
    ENDED = "ended"


_WHERE: dict[Show, ColumnElement[bool]] = {
    Show.ALL: true(),
    Show.WAITING: Order.state == PLACED,
    Show.PAID: Order.state.not_in([PLACED, EXPIRED, CANCELLED]),
    Show.ENDED: Order.state.in_([EXPIRED, CANCELLED]),
}


@dataclass(frozen=True)
class OrderPage:
    """Some orders, and the code to ask for those before them; None at the end."""

    orders: tuple[OrderFacts, ...]
    before: str | None


def of_sellers(
    session: Session, seller_ids: Sequence[str], show: Show, before: str = ""
) -> OrderPage:
    """Orders of these sellers, fifty at a time; with `before`, a code of theirs, those placed earlier."""
    query = select(Order).where(Order.seller_id.in_(seller_ids))
    if show is Show.REFUND:
        query = query.where(Order.code.in_(_owing(session, seller_ids)))
    else:
        query = query.where(_WHERE[show])
    if before and not is_order_code(before):
        return OrderPage((), None)
    if before:
        theirs = select(Order.placed_ms, Order.code).where(
            Order.code == before, Order.seller_id.in_(seller_ids)
        )
        query = query.where(tuple_(Order.placed_ms, Order.code) < theirs.scalar_subquery())
    return _page(session, query)


def _owing(session: Session, seller_ids: Sequence[str]) -> set[str]:
    """The codes of these sellers' orders of which the bank has not proved all that goes back."""
    found = (code_in(reference) for reference in owed.references_of(session, seller_ids))
    return {code for code in found if code is not None}


def of_buyer(session: Session, login: Login) -> tuple[OrderFacts, ...]:
    """The newest orders `login` may see: the person's on a proved device, else this device's own."""
    query = select(Order).where(Order.person_id == login.person_id)
    if not login.verified:
        query = query.where(Order.device_id == login.device_id)
    return _page(session, query).orders


def _page(session: Session, query: Select[Order]) -> OrderPage:
    newest = query.order_by(Order.placed_ms.desc(), Order.code.desc()).limit(PAGE + 1)
    rows = session.scalars(newest).all()
    more = rows[PAGE - 1].code if len(rows) > PAGE else None
    return OrderPage(tuple(facts_of_rows(session, rows[:PAGE])), more)
