"""A recall as a seller lives it: what stops, which orders have the goods, and who has been told.

`catalog.trace` says who was served, through any pooling and processing; here these become orders with a
name and a number to call. Refuses other sellers' lots and orders, which look like none at all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import facts, states
from catalog.lots.facts import LotFacts
from catalog.trace import HolderOf
from core import clock
from core.db import insert_new
from core.errors import NotFound
from shop.models import RecallNotice
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts, code_in, reference_of

RECALLED = "recalled"


@dataclass(frozen=True)
class Concerned:
    """An order with goods of the lot: `quantity` base units of lots that have some of it, told or not yet."""

    order: OrderFacts
    quantity: int
    told_ms: int | None


@dataclass(frozen=True)
class RecallPage:
    """All that the recall of a lot concerns.

    `family` is the lot and everything it went into; `sent` are orders handed over, `waiting` those whose
    goods still stand here; `by_hand` base units were sold at a stall, to nobody who left a number.
    `short` is a lot of each product of which more is promised than there is, and by how much: for orders
    that are not packed yet, so that no lot is theirs.
    """

    lot: LotFacts
    family: tuple[LotFacts, ...]
    sent: tuple[Concerned, ...]
    waiting: tuple[Concerned, ...]
    by_hand: int
    short: tuple[tuple[LotFacts, int], ...]

    @property
    def is_done(self) -> bool:
        """Whether sales of it have stopped."""
        return self.lot.state == RECALLED

    @property
    def told(self) -> int:
        """How many of those concerned have been told."""
        return sum(one.told_ms is not None for one in (*self.sent, *self.waiting))

    @property
    def in_stock(self) -> int:
        """What lies of the lot itself and of what it went into, in base units of the lot's product."""
        same = [one for one in self.family if one.product_id == self.lot.product_id]
        return sum(one.quantity for one in same)


def read(session: Session, seller_id: str, lot_id: str) -> RecallPage:
    """What a recall of this lot concerns now, whether it has happened or not.

    Raises:
        NotFound: the lot is not this seller's.
    """
    lot = facts.get(session, seller_id, lot_id)
    family_ids = (lot_id, *trace.descendants(session, seller_id, lot_id))
    known = facts.by_ids(session, seller_id, family_ids)
    served = trace.holders(session, seller_id, lot_id)
    notices = _notices(session, lot_id)
    family = tuple(known[one] for one in family_ids)
    return RecallPage(
        lot=lot,
        family=family,
        sent=_concerned(session, seller_id, _sums(served, shipped=True), notices),
        waiting=_concerned(session, seller_id, _waiting(served, notices), notices),
        by_hand=sum(one.quantity for one in served if code_in(one.holder) is None),
        short=_short(session, family),
    )


def _short(session: Session, family: Sequence[LotFacts]) -> tuple[tuple[LotFacts, int], ...]:
    one_of = {lot.product_id: lot for lot in family}
    levels = stock.levels(session, list(one_of))
    found = ((lot, levels[product].short) for product, lot in one_of.items())
    return tuple((lot, short) for lot, short in found if short)


def recall(session: Session, seller_id: str, lot_id: str, actor: str, reason: str) -> None:
    """Stop all sales of the lot and of everything it went into, and remember which orders were to get it.

    Done twice it does nothing more.

    Raises:
        NotFound: the lot is not this seller's.
    """
    for holder, quantity in _sums(trace.holders(session, seller_id, lot_id), shipped=False).items():
        code = code_in(holder)
        if code is not None:
            _note(session, seller_id, lot_id, code, quantity)
    states.recall(session, seller_id, lot_id, actor, reason)


def tick(session: Session, seller_id: str, lot_id: str, code: str, actor: str) -> None:
    """Note that the buyer of an order was told; ticked again, it is taken back.

    Raises:
        NotFound: the lot is not this seller's, or its recall does not concern that order.
    """
    page = read(session, seller_id, lot_id)
    if not any(one.order.code == code for one in (*page.sent, *page.waiting)):
        raise NotFound()
    _note(session, seller_id, lot_id, code, 0)
    row = session.get_one(RecallNotice, (lot_id, code), with_for_update=True)
    was_told = row.told_ms is not None
    row.told_by, row.told_ms = ("", None) if was_told else (actor, clock.now_ms())
    session.flush()


def _note(session: Session, seller_id: str, lot_id: str, code: str, waiting: int) -> None:
    key: dict[str, object] = {"lot_id": lot_id, "order_code": code, "seller_id": seller_id}
    insert_new(session, RecallNotice, {**key, "waiting": waiting, "told_by": ""})


def _notices(session: Session, lot_id: str) -> dict[str, RecallNotice]:
    """The notices of a lot's recall by order code."""
    rows = session.scalars(select(RecallNotice).where(RecallNotice.lot_id == lot_id))
    return {row.order_code: row for row in rows}


def _sums(served: Sequence[HolderOf], *, shipped: bool) -> Counter[str]:
    """Base units by holder."""
    found: Counter[str] = Counter()
    for one in served:
        if one.shipped == shipped:
            found[one.holder] += one.quantity
    return found


def _waiting(served: Sequence[HolderOf], notices: dict[str, RecallNotice]) -> Counter[str]:
    """Who was to get goods of it: bound now, or freed by the recall."""
    waiting = _sums(served, shipped=False)
    for code, notice in notices.items():
        if notice.waiting:
            waiting[reference_of(code)] = notice.waiting
    return waiting


def _concerned(
    session: Session, seller_id: str, quantities: Counter[str], notices: dict[str, RecallNotice]
) -> tuple[Concerned, ...]:
    found = []
    for order in order_facts.of_holders(session, seller_id, quantities):
        notice = notices.get(order.code)
        told_ms = notice.told_ms if notice else None
        found.append(Concerned(order, quantities[reference_of(order.code)], told_ms))
    return tuple(found)
