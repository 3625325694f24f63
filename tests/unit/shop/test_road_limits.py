"""Goods that bear few hours on the road go by ways that are fast enough; the others are named, not hidden."""

import pytest
from sqlalchemy.orm import Session

from catalog import combos, listings, offers
from catalog.combos import ComboWish, PartWish
from core.errors import NotFound
from shop import orders
from shop.buying import asking
from shop.delivery import choices, ways
from shop.delivery.quote import NoService, Parcel, TooLongOnTheRoad, quote
from shop.delivery.ways import CARRIER, NewWay
from shop.ordering.takes import parcel_of, takes_of
from shop.orders import DeliveryChoice, PlaceOrder
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_login, make_seller
from tests.factories.shop import Stand, buyer_of, make_stand


def slow_way(session: Session, stand: Stand, hours: int | None = 48) -> str:
    return ways.offer(session, stand.seller_id, NewWay(CARRIER, "Chuyển phát", transit_h=hours))


def parcel(session: Session, *listing_ids: str) -> Parcel:
    sold = [(listings.get(session, one), 1) for one in listing_ids]
    return parcel_of((take for line in takes_of(session, sold) for take in line), 100_000)


def test_a_way_that_takes_too_long_is_named_and_cannot_be_chosen(session: Session) -> None:
    stand = make_stand(session)
    slow = slow_way(session, stand)
    offers.limit_road(session, stand.seller_id, stand.listing_id, 24)
    bears = parcel(session, stand.listing_id)
    fitting = {one.quote.way_id for one in choices.choices(session, stand.seller_id, bears)}
    assert slow not in fitting
    known = choices.with_slow(session, stand.seller_id, bears)
    shown = asking.shown(asking.Purchase(stand.seller_id, 0, lambda _: known), {})
    assert [(one.quote.way_id, one.slow_h) for one in shown.slow] == [(slow, 48)]
    assert {one.quote.way_id for one in shown.ways} == fitting
    with pytest.raises(TooLongOnTheRoad) as refused:
        quote(ways.ways_of(session, stand.seller_id), slow, bears)
    assert refused.value.data == {"hours": 24}
    with pytest.raises(NoService):
        quote(ways.ways_of(session, stand.seller_id), "no such way", bears)


def test_an_order_by_a_way_that_takes_too_long_is_refused(session: Session) -> None:
    stand = make_stand(session)
    slow = slow_way(session, stand)
    buyer = buyer_of(make_login(session)[1])
    door = DeliveryChoice(slow, "Số 5, xóm Đồng Lạnh")
    wanted = PlaceOrder(stand.seller_id, buyer, "web", door, (stand.line(),))
    offers.limit_road(session, stand.seller_id, stand.listing_id, 24)
    with pytest.raises(TooLongOnTheRoad):
        orders.place(session, wanted)
    offers.limit_road(session, stand.seller_id, stand.listing_id, 48)
    assert orders.place(session, wanted)


def test_a_way_that_states_no_hours_can_be_chosen(session: Session) -> None:
    stand = make_stand(session)
    way = slow_way(session, stand, hours=None)
    offers.limit_road(session, stand.seller_id, stand.listing_id, 6)
    found = choices.with_slow(session, stand.seller_id, parcel(session, stand.listing_id))
    assert [one.slow_h for one in found if one.quote.way_id == way] == [0]


def test_the_most_delicate_thing_decides_for_all_of_a_parcel_and_of_a_combo(
    session: Session,
) -> None:
    stand = make_stand(session)
    other = make_listing(session, product_id=make_product(session, stand.seller_id, name="Na dai"))
    offers.limit_road(session, stand.seller_id, stand.listing_id, 48)
    offers.limit_road(session, stand.seller_id, other, 12)
    assert parcel(session, stand.listing_id, other).most_transit_h == 12
    parts = (PartWish(stand.listing_id, 1), PartWish(other, 1))
    combo = combos.add(session, stand.seller_id, ComboWish("Giỏ quà", "", 150_000, parts))
    assert parcel(session, combo).most_transit_h == 12


def test_only_its_seller_limits_a_listing(session: Session) -> None:
    stand = make_stand(session)
    with pytest.raises(NotFound):
        offers.limit_road(session, make_seller(session), stand.listing_id, 12)
    assert parcel(session, stand.listing_id).most_transit_h is None
