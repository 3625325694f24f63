"""From cart to order: the web shop's way in to `orders.place`, at the catalogue's prices."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.identity import logins, people
from core.identity.logins import Login
from shop.buying import cart
from shop.delivery import choices, ways
from shop.delivery.choices import WayChoice
from shop.errors import EmptyOrder, NotOnSale, PhoneNeeded
from shop.ordering.pricing import SETTLE
from shop.ordering.takes import parcel_of, takes_of
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder, place

WEB = "web"


@dataclass(frozen=True)
class CheckoutForm:
    """What the buyer fills in: whose goods, their name, a phone (E.164, or "" for the one known), the way,
    a voucher's code ("" for none), and what a small difference on the scales is to do."""

    seller_id: str
    name: str
    phone: str
    delivery: DeliveryChoice
    voucher: str = ""
    if_differs: str = SETTLE


def order_cart(session: Session, login: Login, form: CheckoutForm) -> str:
    """Order all that the cart of `login` holds of one seller, and empty that part; returns the code.

    Raises:
        EmptyOrder: it holds nothing of that seller.
        NotOnSale: one of the listings is not sold any more.
        PhoneNeeded: the device has given no number, and the form has none.
        and what `orders.place` raises.
    """
    basket = cart.of_seller(session, login.actor, form.seller_id)
    if not basket.items:
        raise EmptyOrder()
    for item in basket.items:
        if not item.listing.on_sale:
            raise NotOnSale(listing=item.listing.id)
    lines = tuple(
        PlaceLine(item.listing.id, item.packs, item.unit_price_vnd) for item in basket.items
    )
    buyer = buyer_of(session, login, form.name, form.phone)
    wanted = PlaceOrder(
        form.seller_id,
        buyer,
        WEB,
        form.delivery,
        lines,
        voucher=form.voucher,
        if_differs=form.if_differs,
    )
    code = place(session, wanted)
    cart.remove(session, login.actor, [line.listing_id for line in lines])
    return code


def buyer_of(session: Session, login: Login, name: str, phone: str) -> Buyer:
    """Who `login` is as a buyer; a device without a number takes the one given and stays unproved.

    A known person may give another number to be called on: the order is theirs all the same.

    Raises:
        PhoneNeeded: no number is known, and none is given.
    """
    if login.person_id is not None:
        return Buyer(login.person_id, login.device_id, name, phone or login.phone)
    if not phone:
        raise PhoneNeeded()
    person_id = people.find_or_create(session, phone, name)
    logins.attach(session, login.device_id, person_id, name)
    return Buyer(person_id, login.device_id, name, phone)


def ways_for(session: Session, basket: cart.SellerCart, commune: str = "") -> tuple[WayChoice, ...]:
    """How the seller would hand over this basket, each way with its fee, the cheapest first.

    `commune` is the code of where it goes, "" while nobody has said.
    """
    takes = takes_of(session, [(item.listing, item.packs) for item in basket.items])
    to = ways.destination(commune)
    parcel = parcel_of((take for line in takes for take in line), basket.goods_vnd, to)
    return choices.with_slow(session, basket.seller_id, parcel)
