"""A shipment as a carrier is told of it: who sends, who receives, how heavy, what to collect.

Refuses to tell a carrier what is inside, or what it cost beyond one sum: that is the buyer's.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import sellers
from core.phone import format_phone
from payments import payments
from shop.carriers.carrier_adapter import NewParcel, Person
from shop.delivery import places, ways
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering.order_facts import reference_of
from shop.shipments.models import Shipment
from shop.states import CANCELLED, EXPIRED

_HOME = "Thái Nguyên"  # where every seller of this market is
_WEIGHED = ("g", "ml")
_LEAST_G = 100


def orders_in(session: Session, shipment_id: str) -> Sequence[Order]:
    """The orders that travel in a shipment, the first placed first; none that ended without goods."""
    query = select(Order).where(
        Order.shipment_id == shipment_id, Order.state.not_in([EXPIRED, CANCELLED])
    )
    return session.scalars(query.order_by(Order.placed_ms, Order.code)).all()


def cod_vnd(session: Session, shipment_id: str) -> int:
    """What is to be collected at the door for a shipment, in đồng: all its orders still owe."""
    return sum(
        payments.facts(session, reference_of(order.code)).due_vnd
        for order in orders_in(session, shipment_id)
        if order.secured_by != "paid"
    )


def told(session: Session, shipment_id: str, booking_no: int, collect_vnd: int) -> NewParcel:
    """What the carrier is told; a parcel called off and booked again has another key.

    Precondition: there is such a shipment, with an order in it.
    """
    label_code = session.get_one(Shipment, shipment_id).label_code
    orders = orders_in(session, shipment_id)
    return NewParcel(
        key=label_code if booking_no == 1 else f"{label_code}-{booking_no}",
        sender=_sender(session, orders[0].seller_id),
        receiver=_receiver(orders[0]),
        grams=max(_LEAST_G, grams(session, orders)),
        cod_vnd=collect_vnd,
        value_vnd=sum(order.goods_vnd for order in orders),
        note=label_code,
    )


def grams(session: Session, orders: Sequence[Order]) -> int:
    """What a parcel of these orders weighs with its packing, as far as its goods are weighed."""
    query = (
        select(OrderLinePart.packs, OrderLinePart.pack_size)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(OrderLine.order_code.in_([order.code for order in orders]))
        .where(OrderLinePart.base_unit.in_(_WEIGHED))
    )
    goods_g = sum(packs * size for packs, size in session.execute(query))
    way_ids = [order.way_id for order in orders if order.way_id]
    packing = ways.handling(session, way_ids[:1])
    return goods_g + sum(one.packing_g for one in packing.values())


def dialled(phone: str) -> str:
    """An E.164 number as people dial it here: `0912345678`; "" for none."""
    return format_phone(phone).replace(" ", "") if phone else ""


def _sender(session: Session, seller_id: str) -> Person:
    seller = sellers.facts(session, seller_id)
    return Person(seller.name, dialled(seller.phone), seller.address, seller.commune, _HOME)


def _receiver(order: Order) -> Person:
    commune = places.communes().get(order.commune_code)
    return Person(
        name=order.recipient_name or order.name,
        phone=dialled(order.recipient_phone or order.phone),
        address=order.address or order.way_label,
        commune=f"{commune.kind} {commune.name}" if commune else "",
        province=commune.province.name if commune else "",
    )
