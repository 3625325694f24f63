"""What waits for the seller's hands: orders to pack and to hand over, goods for them, money back to give."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.units import pack_label
from payments.refunds import owed
from shop.models import Order, OrderLine, OrderLinePart
from shop.states import HANDED_OVER, PACKED, PACKING, PLACED, SECURED

_TO_PACK = (SECURED, PACKING)
_MOST_GOODS = 12


@dataclass(frozen=True)
class WayDue:
    """How many orders are to be packed for one way of delivery (`pickup`, `own_run`, `coach`, `carrier`)."""

    kind: str
    orders: int


@dataclass(frozen=True)
class GoodsDue:
    """How many packs of something the orders to pack need in all; `unit` such as `gói 200 g`."""

    name: str
    unit: str
    packs: int


@dataclass(frozen=True)
class Due:
    """Numbers of orders by what is to be done with them; `unpaid_vnd` is what the unpaid ones come to.

    `refunds_vnd` is what is still owed back to buyers, late money and surplus counted in.
    """

    to_pack: tuple[WayDue, ...]
    goods: tuple[GoodsDue, ...]
    packed: int
    on_the_way: int
    unpaid: int
    unpaid_vnd: int
    refunds: int
    refunds_vnd: int = 0

    @property
    def orders_to_pack(self) -> int:
        return sum(way.orders for way in self.to_pack)


def of_seller(session: Session, seller_id: str) -> Due:
    """What waits at one seller's; four queries, however many orders."""
    in_state = {state: (number, vnd) for state, number, vnd in _by_state(session, seller_id)}
    back = owed.still_vnd_of_seller(session, seller_id)
    unpaid, unpaid_vnd = in_state.get(PLACED, (0, 0))
    return Due(
        to_pack=_ways(session, seller_id),
        goods=_goods(session, seller_id),
        packed=in_state.get(PACKED, (0, 0))[0],
        on_the_way=in_state.get(HANDED_OVER, (0, 0))[0],
        unpaid=unpaid,
        unpaid_vnd=unpaid_vnd,
        refunds=len(back),
        refunds_vnd=sum(back.values()),
    )


def _by_state(session: Session, seller_id: str) -> list[tuple[str, int, int]]:
    open_states = (PLACED, PACKED, HANDED_OVER)
    query = (
        select(Order.state, func.count(), func.sum(Order.amount_vnd))
        .where(Order.seller_id == seller_id, Order.state.in_(open_states))
        .group_by(Order.state)
    )
    return [(state, number, int(vnd)) for state, number, vnd in session.execute(query)]


def _ways(session: Session, seller_id: str) -> tuple[WayDue, ...]:
    query = (
        select(Order.way_kind, func.count())
        .where(Order.seller_id == seller_id, Order.state.in_(_TO_PACK))
        .group_by(Order.way_kind)
        .order_by(func.count().desc(), Order.way_kind)
    )
    return tuple(WayDue(kind, number) for kind, number in session.execute(query))


def _goods(session: Session, seller_id: str) -> tuple[GoodsDue, ...]:
    part, packs = OrderLinePart, func.sum(OrderLinePart.packs)
    same = (part.name, part.unit_word, part.pack_size, part.base_unit)
    query = (
        select(*same, packs)
        .join(OrderLine, OrderLine.id == part.line_id)
        .join(Order, Order.code == OrderLine.order_code)
        .where(Order.seller_id == seller_id, Order.state.in_(_TO_PACK))
        .group_by(*same)
        .order_by(packs.desc(), part.name)
        .limit(_MOST_GOODS)
    )
    return tuple(
        GoodsDue(name, pack_label(word, size, base_unit), int(number))
        for name, word, size, base_unit, number in session.execute(query)
    )
