"""Sellers that can deliver and be paid, baskets and orders for tests."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from catalog.stock import Level
from core import clock
from core.identity.logins import Login
from payments import payments
from shop import orders
from shop.delivery import ways
from shop.delivery.ways import OWN_RUN, PICKUP, NewWay
from shop.ordering import fulfilment
from shop.ordering.order_facts import OrderFacts
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_login
from tests.factories.payments import Till, make_till, pay

PRICE_VND = 65_000
RUN_VND = 20_000
PICK_UP = DeliveryChoice(PICKUP)
TO_THE_DOOR = DeliveryChoice(OWN_RUN, "Số 5, xóm Đồng Lạnh")


@dataclass(frozen=True)
class Stand:
    """A seller with an account, two ways of delivery and one listing: packs of 200 g at 65.000 đ."""

    till: Till
    product_id: str
    listing_id: str

    @property
    def seller_id(self) -> str:
        return self.till.seller_id

    def level(self, session: Session) -> Level:
        """The stock of its product, in grams."""
        return stock.levels(session, [self.product_id])[self.product_id]

    def line(self, packs: int = 1, allotment_id: str | None = None) -> PlaceLine:
        """A line of its listing at its price."""
        return PlaceLine(self.listing_id, packs, PRICE_VND, allotment_id)


def make_stand(session: Session, packs: int = 10) -> Stand:
    """A stand with so many packs in stock."""
    till = make_till(session)
    make_ways(session, till.seller_id)
    product_id = make_product(session, till.seller_id, on_hand=packs * 200)
    listing_id = make_listing(session, product_id=product_id, price_vnd=PRICE_VND)
    return Stand(till, product_id, listing_id)


def make_ways(session: Session, seller_id: str) -> None:
    """A free pick-up point, and an own run at 20.000 đ that carries 5 kg."""
    ways.offer(session, seller_id, NewWay(PICKUP, "Cổng chợ Tân Cương", "7:00–11:00"))
    run = NewWay(OWN_RUN, "Nội thành", "chiều thứ bảy", RUN_VND, up_to_g=5_000)
    ways.offer(session, seller_id, run)


def buyer_of(login: Login) -> Buyer:
    """`login` as a buyer."""
    assert login.person_id is not None
    return Buyer(login.person_id, login.device_id, login.name, login.phone)


def make_order(
    session: Session, stand: Stand, *lines: PlaceLine, login: Login | None = None
) -> str:
    """An order (its code) of `lines`, or of one pack, to be picked up."""
    buyer = buyer_of(login or make_login(session)[1])
    wanted = PlaceOrder(stand.seller_id, buyer, "web", PICK_UP, lines or (stand.line(),))
    code = orders.place(session, wanted)
    session.flush()
    return code


def paid_order(session: Session, stand: Stand, packs: int = 1) -> str:
    """An order that the bank told of and that was served."""
    code = make_order(session, stand, stand.line(packs))
    pay(session, stand.till, code, packs * PRICE_VND)
    orders.secure(session, code)
    session.flush()
    return code


def packed_order(session: Session, stand: Stand, packs: int = 1) -> str:
    """A paid order whose parcel is made up."""
    return pack(session, paid_order(session, stand, packs))


def pack(session: Session, code: str, actor: str = "p:packer") -> str:
    """Take a secured order through the desk; its code again."""
    fulfilment.start_packing(session, code, actor)
    stock.bind_holder(session, orders.reference_of(code), clock.today())
    fulfilment.finish_packing(session, code, actor)
    session.flush()
    return code


def order(session: Session, code: str) -> OrderFacts:
    """The order as it stands now."""
    session.flush()
    return orders.facts(session, code)


def payment_state(session: Session, code: str) -> str:
    """Where its payment stands."""
    return payments.facts(session, orders.reference_of(code)).state
