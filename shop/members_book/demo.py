"""Demo of the members' book: one cooperative keeps it, two of its sales were delivered and paid in cash."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.growers import members
from catalog.listings import ListingFacts
from core import clock
from core.identity import people, sellers
from payments.payouts import book
from payments.payouts.book import Recorded
from shop import orders
from shop.delivery.ways import PICKUP
from shop.members_book import booking, terms
from shop.members_book.models import BookTerms
from shop.ordering import fulfilment, securing
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder

_SELLER = "HTX Hương Bản Định Hóa"
_ACTOR = "demo"
_BUYERS = (("Chị Đào (demo)", "+84900000131", 2), ("Anh Kiên (demo)", "+84900000132", 1))
_RATES = (("packing", 500), ("fund", 200))
_ADVANCE_VND = 50_000
_YEAR_MS = 365 * 86_400_000
_KINDS = 4


def load(session: Session) -> None:
    """Open the book of one demo cooperative with two sales and an advance, unless there is any book."""
    if session.scalar(select(BookTerms.id).limit(1)) is not None:
        return
    named = [one for one in sellers.all_sellers(session) if one.demo and one.name == _SELLER]
    for seller in named:
        terms.set_mode(session, seller.id, terms.SHARE_OF_SALE, clock.now_ms() - _YEAR_MS, _ACTOR)
        for kind, rate in _RATES:
            terms.set_rate(session, seller.id, kind, rate, _ACTOR)
        goods = _goods(session, seller.id)
        for buyer in _BUYERS if goods else ():
            _sell(session, goods, *buyer)
        _advance(session, seller.id)


def _goods(session: Session, seller_id: str) -> list[ListingFacts]:
    """One listing of each of a few products that are counted in grams."""
    offered = [one for one in listings.of_seller(session, seller_id) if one.base_unit == "g"]
    return list({one.product_id: one for one in offered}.values())[:_KINDS]


def _sell(session: Session, goods: list[ListingFacts], name: str, phone: str, packs: int) -> None:
    buyer = Buyer(people.find_or_create(session, phone, name), None, name, phone)
    lines = tuple(PlaceLine(one.id, packs, one.price_vnd) for one in goods)
    wanted = PlaceOrder(goods[0].seller_id, buyer, "web", DeliveryChoice(PICKUP), lines)
    code = orders.place(session, wanted)
    securing.secure_by(session, code, "cod", _ACTOR)
    fulfilment.pack(session, code, _ACTOR)
    fulfilment.hand_over(session, code, _ACTOR)
    fulfilment.deliver(session, code, _ACTOR)
    securing.take_cash(session, code, _ACTOR)
    booking.settle_order(session, code)


def _advance(session: Session, seller_id: str) -> None:
    first = next((one for one in members.of_seller(session, seller_id) if one.phone), None)
    if first is not None:
        payee = booking.payee_of(first.id)
        said = Recorded(payee, "advance", _ADVANCE_VND, "Tiền giống vụ mùa", clock.now_ms())
        book.record(session, seller_id, said, _ACTOR)
