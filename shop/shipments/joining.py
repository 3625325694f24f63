"""Orders of one buyer to one address travel in one parcel: one label, the fee of one, receipts as they were.

What the buyer has paid for delivery beyond the joint parcel's fee goes back, from the order placed last on;
a joint parcel that would cost more is refused, and the orders travel apart as paid. Refuses to join what is
packed already, and orders of two buyers, whatever their address.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text import clean_line
from shop.delivery import ways
from shop.delivery.quote import Parcel, quote
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering import balance, history
from shop.shipments import shipments
from shop.shipments.errors import JoinCostsMore, NotOneParcel, TooLateToJoin
from shop.shipments.models import Shipment
from shop.shipments.shipments import JOINED, OPEN, ShipmentFacts
from shop.states import PACKING, SECURED

_MAY_JOIN = (SECURED, PACKING)
_WEIGHED = ("g", "ml")
_ADDRESS_LENGTH = 300


def join(session: Session, codes: Sequence[str], actor: str) -> ShipmentFacts:
    """Put the orders `codes`, and what travels with them already, into one parcel; its label is the oldest's.

    Effect: the joint fee is quoted for all goods together; what was asked for beyond it is owed back, or not
    asked for any more. Labels given up say where their orders went. Joined already, nothing changes.

    Raises:
        NotOneParcel: another buyer, seller, way, place or recipient; or fewer than two orders.
        TooLateToJoin: one is not secured, or packed already. NoService: together they are too heavy.
        JoinCostsMore: together they cost more than the fees paid. NotFound: there is no such order.
    """
    orders = _locked_with_companions(session, codes)
    if len(orders) < 2 or len({_place(order) for order in orders}) > 1:
        raise NotOneParcel()
    for order in orders:
        if order.state not in _MAY_JOIN:
            raise TooLateToJoin(order.code)
    if len({order.shipment_id or order.code for order in orders}) > 1:
        kept = _one_parcel(session, orders)
        _settle_fees(session, orders, kept, actor)
    session.flush()
    return shipments.for_order(session, orders[0].code)


def leave(session: Session, code: str, actor: str) -> ShipmentFacts:
    """Take an order out of a joint parcel that has not left: it gets a label of its own, fees stay as paid.

    An order that travels alone stays where it is.

    Raises:
        TooLateToJoin: it is packed already, or left. NotFound: there is no such order.
    """
    order = history.locked(session, code)
    if order.state not in _MAY_JOIN:
        raise TooLateToJoin(code)
    if len(shipments.for_order(session, code).order_codes) > 1:
        order.shipment_id = None
        history.record(session, order, actor, "travels apart again")
    return shipments.for_order(session, code)


def companions(session: Session, code: str) -> tuple[str, ...]:
    """The orders that may join order `code` in its parcel: of its buyer and seller, to the same place."""
    order = session.get(Order, code)
    if order is None or order.state not in _MAY_JOIN:
        return ()
    query = (
        select(Order)
        .where(Order.seller_id == order.seller_id, Order.person_id == order.person_id)
        .where(Order.code != code, Order.state.in_(_MAY_JOIN))
        .order_by(Order.placed_ms, Order.code)
    )
    return tuple(
        one.code
        for one in session.scalars(query)
        if _place(one) == _place(order)
        and (order.shipment_id is None or one.shipment_id != order.shipment_id)
    )


def _locked_with_companions(session: Session, codes: Sequence[str]) -> list[Order]:
    """The orders and those in parcels with them, locked in the order of their codes, the oldest first."""
    query = select(Order.shipment_id).where(Order.code.in_(codes), Order.shipment_id.is_not(None))
    parcels = [row for row in session.scalars(query).all() if row is not None]
    beside = [code for parcel in parcels for code in shipments.facts(session, parcel).order_codes]
    rows = [history.locked(session, code) for code in sorted({*codes, *beside})]
    return sorted(rows, key=lambda order: (order.placed_ms, order.code))


def _place(order: Order) -> tuple[str | None, ...]:
    """Whose parcel it is and where it goes; two spellings of an address that differ in spaces are one."""
    return (
        order.person_id,
        order.seller_id,
        order.way_id or order.way_kind,
        order.slot_id,
        order.commune_code,
        clean_line(order.address, _ADDRESS_LENGTH).casefold(),
        order.recipient_phone,
    )


def _one_parcel(session: Session, orders: Sequence[Order]) -> ShipmentFacts:
    """Have all `orders` name the oldest parcel among them; the others' labels point to it."""
    kept = shipments.for_order(session, orders[0].code)
    given_up = {order.shipment_id for order in orders} - {kept.id, None}
    for order in orders:
        order.shipment_id = kept.id
    for row in session.scalars(select(Shipment).where(Shipment.id.in_(given_up))):
        if row.state == OPEN:
            row.state, row.joined_into = JOINED, kept.id
    session.flush()
    return kept


def _settle_fees(
    session: Session, orders: Sequence[Order], kept: ShipmentFacts, actor: str
) -> None:
    first = orders[0]
    found = quote(
        ways.ways_of(session, first.seller_id),
        first.way_id or first.way_kind,
        _parcel(session, orders),
    )
    back_vnd = sum(order.fee_vnd for order in orders) - found.fee_vnd
    if back_vnd < 0:
        raise JoinCostsMore(-back_vnd)
    for order in reversed(orders):
        less_vnd = min(back_vnd, order.fee_vnd)
        back_vnd -= less_vnd
        if less_vnd:
            order.fee_vnd -= less_vnd
            balance.settle_up(session, order)
        history.record(session, order, actor, f"joined {kept.label_code}: {-less_vnd:+d} đ")


def _parcel(session: Session, orders: Sequence[Order]) -> Parcel:
    """All goods of `orders` as one parcel: their sum, and their weight where it is known."""
    query = (
        select(OrderLinePart.base_unit, OrderLinePart.packs, OrderLinePart.pack_size)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(OrderLine.order_code.in_([order.code for order in orders]))
    )
    rows = session.execute(query).all()
    return Parcel(
        goods_vnd=sum(order.goods_vnd for order in orders),
        grams=sum(packs * size for unit, packs, size in rows if unit in _WEIGHED),
        to=ways.destination(orders[0].commune_code),
    )
