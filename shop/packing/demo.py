"""A morning's work for the demo cooperative's packers: a few orders to be paid on delivery.

Nobody's: the numbers are 0900 000 1xx, the addresses say that they are invented.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from core.identity import people, sellers
from shop import orders
from shop.delivery.ways import OWN_RUN, PICKUP
from shop.models import Order
from shop.ordering import securing
from shop.orders import Buyer, DeliveryChoice, Gift, PlaceLine, PlaceOrder

_DOOR = DeliveryChoice(OWN_RUN, "Số 5, xóm Mẫu, phường Thử (địa chỉ bịa)")
_GIFT = DeliveryChoice(
    OWN_RUN,
    "Số 9, xóm Mẫu, phường Thử (địa chỉ bịa)",
    Gift("Cô Lan", "+84900000199", "Chúc cô mạnh khỏe!", hides_prices=True),
)
_FETCHED = DeliveryChoice(PICKUP)
_BUYERS = (
    ("Chị Hoa", _DOOR, (2, 1)),
    ("Anh Tuấn", _FETCHED, (1,)),
    ("Chị Phương Thảo", _GIFT, (1, 1, 2)),
    ("Bác Sơn", _DOOR, (3,)),
    ("Cô Ngân", _FETCHED, (1, 1)),
    ("Chú Bình", _DOOR, (1,)),
    ("Em Linh", _FETCHED, (2,)),
    ("Chị Mai", _DOOR, (1,)),
    ("Anh Khôi", _FETCHED, (1,)),
    ("Bà Tư", _DOOR, (1, 1)),
    ("Ông Lộc", _FETCHED, (1,)),
)
_LEAST_PACKS = 15


def load(session: Session) -> None:
    """Have some orders wait to be packed by the first demo seller, unless there is any order."""
    if session.scalar(select(Order.code).limit(1)) is not None:
        return
    seller = next((one for one in sellers.all_sellers(session) if one.demo), None)
    goods = _goods(session, seller.id) if seller else []
    for place, (name, delivery, packs) in enumerate(_BUYERS if goods else ()):
        phone = f"+84900000{101 + place}"
        chosen = [goods[(place + n) % len(goods)] for n in range(len(packs))]
        lines = [
            PlaceLine(one.id, much, one.price_vnd)
            for one, much in dict(zip(chosen, packs, strict=True)).items()
        ]
        buyer = Buyer(people.find_or_create(session, phone, name), None, name, phone)
        wanted = PlaceOrder(goods[0].seller_id, buyer, "web", delivery, tuple(lines))
        securing.secure_by(session, orders.place(session, wanted), "cod", "demo")


def _goods(session: Session, seller_id: str) -> list[ListingFacts]:
    """What the seller has in its store and sells there, no combos, a few."""
    offered = listings.of_seller(session, seller_id)
    plain = [one for one in offered if one.on_sale and not one.is_combo and not one.forecast_id]
    return [one for one in plain if one.available_packs >= _LEAST_PACKS][:5]
