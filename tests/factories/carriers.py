"""Parcels at a fake carrier: packed, booked there, asked after."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from core import fsck, vault
from shop import orders
from shop.carriers import adapters, booking, connections, reactions, tracking
from shop.carriers.ghtk import Ghtk
from shop.carriers.models import CarrierParcel
from shop.delivery import ways
from shop.delivery.ways import CARRIER, NewWay
from shop.orders import DeliveryChoice, PlaceOrder
from shop.shipments import shipments
from tests.factories.identity import make_login
from tests.factories.shop import Stand, buyer_of, pack
from tests.support.fake_carrier import TOKEN, FakeCarrier

GHTK = "ghtk"


@contextmanager
def spoken_to() -> Iterator[FakeCarrier]:
    """A carrier this process speaks to."""
    before, sealed_with = adapters.known(), vault._State.cipher
    vault.use("one installation's secret key, long enough")
    with FakeCarrier() as fake:
        adapters.use([Ghtk(fake.url, patience_s=0.3)])
        yield fake
    adapters.use(before)
    vault._State.cipher = sealed_with


def sent(session: Session, stand: Stand, *, cod: bool = True) -> str:
    """A packed order, its code, that goes to the buyer's door by a carrier."""
    way = ways.offer(session, stand.seller_id, NewWay(CARRIER, "Chuyển phát", packing_g=150))
    buyer = buyer_of(make_login(session)[1])
    door = DeliveryChoice(way, "Số 5, xóm Đồng Lạnh", commune="05503")
    code = orders.place(session, PlaceOrder(stand.seller_id, buyer, "web", door, (stand.line(),)))
    orders.secure_by(session, code, "cod" if cod else "attested", "p:owner")
    return pack(session, code)


def booked(session: Session, stand: Stand) -> tuple[str, CarrierParcel]:
    """An order its carrier was told of, and its row there."""
    code = sent(session, stand)
    connections.connect(session, stand.seller_id, GHTK, (TOKEN, ""), "p:owner")
    label = shipments.for_order(session, code).label_code
    booking.book(session, stand.seller_id, GHTK, [label])
    return code, speak(session, code)


def speak(session: Session, code: str) -> CarrierParcel:
    """What the errand does, in this session."""
    shipment_id = shipments.for_order(session, code).id
    question = tracking.question(session, shipment_id)
    if question is not None:
        tracking.told(session, shipment_id, reactions.answered(question))
    session.flush()
    return session.get_one(CarrierParcel, shipment_id)


def at(carrier: FakeCarrier, row: CarrierParcel, status: str) -> None:
    carrier.statuses[str(row.tracking_code)] = status


def problems(session: Session) -> list[str]:
    session.flush()
    return [f"{one.name}: {said}" for one in fsck.run_all(session) for said in one.problems]
