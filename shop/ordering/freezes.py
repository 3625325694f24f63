"""What an officer's stop of a show does to its orders, and what the officer rules about each.

Unpaid ones end, so that nobody pays for what was stopped; paid ones and those to be paid at the door are
frozen: their goods stay in the house. Refuses to touch what left the house (a complaint is the way there)
and to move money: a refund goes the way every order called off goes.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.outbox import publish
from core.text import clean_line
from payments import payments
from shop.errors import AlreadyRuled, ReasonNeeded
from shop.events import OrderFreezeRuled, OrderStopped
from shop.models import Order, OrderFreeze
from shop.ordering import changes, ending, frozen, history, securing
from shop.ordering.order_facts import reference_of
from shop.states import PACKED, PACKING, PLACED, SECURED

RELEASE, REFUND = "release", "refund"
RULINGS = (RELEASE, REFUND)
IN_THE_HOUSE = (SECURED, PACKING, PACKED)
"""States in which goods that were promised have not left."""
_WORDS_LENGTH = 300
_NOTED = {RELEASE: "officer let it go on", REFUND: "officer ended it"}


@dataclass(frozen=True)
class Stopped:
    """What became of a show's orders: codes of those that ended unpaid, and of those that are frozen."""

    ended: tuple[str, ...]
    frozen: tuple[str, ...]


@dataclass(frozen=True)
class Ruling:
    """`kind` RELEASE or REFUND, by whom (a login's actor), and why in their words."""

    kind: str
    actor: str
    words: str


@dataclass(frozen=True)
class FreezeFacts:
    """A frozen order: its state and sums now (đồng), and the ruling ("" while it waits; UTC ms)."""

    code: str
    seller_id: str
    name: str
    state: str
    amount_vnd: int
    at_the_door: bool
    ruling: str
    ruled_words: str
    ruled_ms: int | None

    @property
    def waits(self) -> bool:
        """Whether an officer still has to rule: nobody did, and the goods are still to go out."""
        return not self.ruling and self.state in IN_THE_HOUSE


def stop(session: Session, source: str, cause: str, actor: str) -> Stopped:
    """End the unpaid orders of `source` and freeze the others that are in the house, for `cause`.

    Effect: as `ending.drop` for each unpaid one; money that is here already serves its order first, which
    is then frozen. Frozen already, an order stays as it is. `OrderStopped` is published for each; `actor`
    stands in the histories.
    Precondition: no order of `source` can be placed meanwhile (the show's row is locked).
    """
    query = select(Order.code).where(
        Order.source == source, Order.state.in_((PLACED, *IN_THE_HOUSE))
    )
    orders = [history.locked(session, code) for code in sorted(session.scalars(query))]
    ended = [order.code for order in orders if _ends(session, order, actor)]
    kept = [order for order in orders if order.state in IN_THE_HOUSE]
    for order in kept:
        _freeze(session, order, cause, actor)
    for order in orders:
        publish(session, OrderStopped(order.code, order.source, order.seller_id))
    session.flush()
    return Stopped(tuple(ended), tuple(order.code for order in kept))


def rule(session: Session, code: str, cause: str, ruling: Ruling) -> None:
    """Let the order go on (RELEASE), or end it so that what was paid goes back (REFUND).

    `OrderFreezeRuled` is published.

    Raises:
        ReasonNeeded: no words. AlreadyRuled: it was, or the order ended meanwhile.
        NotFound: there is no such order.
    """
    words = clean_line(ruling.words, _WORDS_LENGTH)
    if not words:
        raise ReasonNeeded()
    order = history.locked(session, code)
    query = select(OrderFreeze).where(
        OrderFreeze.order_code == code, OrderFreeze.cause == cause, frozen.waits()
    )
    row = session.scalars(query).one_or_none()
    if row is None or order.state not in IN_THE_HOUSE:
        raise AlreadyRuled()
    row.ruling, row.ruled_by, row.ruled_words = ruling.kind, ruling.actor, words
    row.ruled_ms = clock.now_ms()
    history.record(session, order, ruling.actor, f"{_NOTED[ruling.kind]}: {words}")
    if ruling.kind == REFUND:
        changes.call_off(session, code, ruling.actor, words)
    publish(session, OrderFreezeRuled(code, order.source, order.seller_id))


def of_cause(
    session: Session, cause: str, seller_ids: Collection[str] | None = None
) -> tuple[FreezeFacts, ...]:
    """The orders frozen for `cause`, by code; only those of `seller_ids`, if they are named."""
    query = select(OrderFreeze, Order).join(Order, Order.code == OrderFreeze.order_code)
    query = query.where(OrderFreeze.cause == cause).order_by(Order.code)
    if seller_ids is not None:
        query = query.where(OrderFreeze.seller_id.in_(list(seller_ids)))
    return tuple(_facts(row, order) for row, order in session.execute(query))


def of_order(session: Session, code: str) -> FreezeFacts | None:
    """The freeze of one order, ruled on or not; None where there was none."""
    row = session.get(OrderFreeze, code)
    return _facts(row, session.get_one(Order, code)) if row else None


def is_waiting(session: Session, code: str) -> bool:
    """Whether the order waits for an officer's ruling."""
    freeze = of_order(session, code)
    return freeze is not None and freeze.waits


def _ends(session: Session, order: Order, actor: str) -> bool:
    """End the order if it waits for money that is not here; whether it did."""
    if order.state != PLACED:
        return False
    if payments.facts(session, reference_of(order.code)).settled_ms is not None:
        securing.secure(session, order.code)
    if order.state != PLACED:
        return False
    ending.drop(session, order, actor, "show stopped")
    return True


def _freeze(session: Session, order: Order, cause: str, actor: str) -> None:
    if session.get(OrderFreeze, order.code) is not None:
        return
    session.add(
        OrderFreeze(
            order_code=order.code,
            seller_id=order.seller_id,
            cause=cause,
            frozen_ms=clock.now_ms(),
            ruling="",
        )
    )
    history.record(session, order, actor, "frozen")


def _facts(row: OrderFreeze, order: Order) -> FreezeFacts:
    return FreezeFacts(
        code=order.code,
        seller_id=order.seller_id,
        name=order.name,
        state=order.state,
        amount_vnd=order.amount_vnd,
        at_the_door=order.secured_by in securing.AT_THE_DOOR,
        ruling=row.ruling,
        ruled_words=row.ruled_words,
        ruled_ms=row.ruled_ms,
    )
