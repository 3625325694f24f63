"""Zones, and what a way costs to them."""

from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.errors import NotFound
from shop import orders
from shop.delivery import checks, ways, zones
from shop.delivery.addresses import UnknownPlace
from shop.delivery.choices import choices
from shop.delivery.quote import CommuneNeeded, Parcel
from shop.delivery.ways import CARRIER, COACH, NewFee, NewWay
from shop.delivery.zones import EmptyZone, ZoneInUse
from shop.models import Order
from shop.orders import DeliveryChoice, PlaceOrder
from tests.factories.identity import make_login, make_seller
from tests.factories.shop import Stand, buyer_of, make_stand

TAN_CUONG, HOAN_KIEM = "05503", "00070"


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session)


def carrier(session: Session, seller: str) -> str:
    """A carrier: 30.000 đ in the province, 45.000 đ to Hà Nội."""
    home = zones.draw(session, seller, "Trong tỉnh", zones.read_places("Thái Nguyên"))
    away = zones.draw(session, seller, "Hà Nội", zones.read_places("Hà Nội"))
    way = ways.offer(session, seller, NewWay(CARRIER, "Bưu điện", fee_vnd=30_000, zone_id=home))
    ways.charge(session, seller, way, NewFee(45_000, zone_id=away))
    return way


def place(session: Session, stand: Stand, way: str, commune: str) -> Order:
    buyer = buyer_of(make_login(session)[1])
    choice = DeliveryChoice(way, "Số 5", commune=commune)
    wanted = PlaceOrder(stand.seller_id, buyer, "web", choice, (stand.line(),))
    row = session.get(Order, orders.place(session, wanted))
    assert row is not None
    return row


def test_the_order_pays_the_fee_of_its_commune(session: Session, stand: Stand) -> None:
    way = carrier(session, stand.seller_id)
    placed = [place(session, stand, way, code) for code in (TAN_CUONG, HOAN_KIEM)]
    assert [row.fee_vnd for row in placed] == [30_000, 45_000]
    assert [(row.way_id, row.commune_code) for row in placed] == [
        (way, TAN_CUONG),
        (way, HOAN_KIEM),
    ]


def test_without_a_commune_a_fee_by_zone_is_not_guessed(session: Session, stand: Stand) -> None:
    way = carrier(session, stand.seller_id)
    with pytest.raises(CommuneNeeded):
        place(session, stand, way, "")


def test_choices_tell_what_each_way_costs_there(session: Session, stand: Stand) -> None:
    way = carrier(session, stand.seller_id)
    for commune, fee in ((TAN_CUONG, 30_000), (HOAN_KIEM, 45_000)):
        parcel = Parcel(goods_vnd=65_000, grams=200, to=ways.destination(commune))
        found = choices(session, stand.seller_id, parcel)
        assert [one.quote.fee_vnd for one in found if one.quote.way_id == way] == [fee]


def test_a_new_fee_ends_the_old_one_of_its_zone_and_weight(session: Session, stand: Stand) -> None:
    way = ways.offer(session, stand.seller_id, NewWay(CARRIER, "Bưu điện", fee_vnd=30_000))
    placed = place(session, stand, way, "")
    ways.charge(session, stand.seller_id, way, NewFee(35_000))
    ways.charge(session, stand.seller_id, way, NewFee(60_000, up_to_g=20_000))
    fees = [one.fee_vnd for one in ways.fees_of(session, stand.seller_id) if one.way_id == way]
    assert sorted(fees) == [35_000, 60_000]
    assert placed.fee_vnd == 30_000


def test_a_coach_is_paid_on_arrival_and_needs_no_door(session: Session, stand: Stand) -> None:
    way = ways.offer(
        session,
        stand.seller_id,
        NewWay(COACH, "Xe Hải Yến", on_arrival=True, plate="20B-012.34", stop="Bến Mỹ Đình"),
    )
    placed = place(session, stand, way, HOAN_KIEM)
    assert (placed.fee_vnd, placed.address, placed.commune_code) == (0, "", HOAN_KIEM)
    assert placed.freight_on_arrival
    free = ways.offer(session, stand.seller_id, NewWay(COACH, "Xe nhà", fee_vnd=0))
    assert not place(session, stand, free, HOAN_KIEM).freight_on_arrival
    assert ways.handling(session, [way])[way].stop == "Bến Mỹ Đình"


def test_a_way_that_ended_takes_no_orders(session: Session, stand: Stand) -> None:
    way = carrier(session, stand.seller_id)
    ways.end(session, stand.seller_id, way)
    assert way not in {row.id for row in ways.ways_of(session, stand.seller_id)}
    assert way not in ways.offered(session, stand.seller_id)


def test_places_are_written_as_in_an_address_and_kept_by_code() -> None:
    assert zones.read_places("Thái Nguyên\n\n Phúc Xuân, TP Thái Nguyên \n") == ("05488", "19")


@pytest.mark.parametrize("text", ["", "  \n ", "\n".join(["Hà Nội"] * 501)])
def test_a_zone_has_places(text: str) -> None:
    with pytest.raises(EmptyZone):
        zones.read_places(text)


def test_a_line_that_names_no_place_is_named() -> None:
    with pytest.raises(UnknownPlace) as refused:
        zones.read_places("Hà Nội\nXóm Ngoài Kia")
    assert refused.value.data == {"field": "places", "place": "Xóm Ngoài Kia"}


def test_a_zone_is_redrawn_and_ended_when_no_fee_is_for_it(session: Session, stand: Stand) -> None:
    zone = zones.draw(session, stand.seller_id, "Xa", ["01"])
    zones.redraw(session, stand.seller_id, zone, "Gần", ["19", TAN_CUONG])
    (found,) = zones.of_seller(session, stand.seller_id)
    assert (found.name, found.places) == ("Gần", (TAN_CUONG, "19"))
    way = ways.offer(session, stand.seller_id, NewWay(CARRIER, "Xe", zone_id=zone))
    with pytest.raises(ZoneInUse):
        zones.end(session, stand.seller_id, zone)
    fee = next(one for one in ways.fees_of(session, stand.seller_id) if one.way_id == way)
    ways.end_fee(session, stand.seller_id, fee.id)
    zones.end(session, stand.seller_id, zone)
    assert zones.of_seller(session, stand.seller_id) == ()


def test_zones_and_ways_of_others_are_not_mine(session: Session, stand: Stand) -> None:
    other = make_seller(session, "HTX khác")
    zone = zones.draw(session, other, "Xa", ["01"])
    with pytest.raises(NotFound):
        ways.offer(session, stand.seller_id, NewWay(CARRIER, "Xe", zone_id=zone))
    with pytest.raises(NotFound):
        zones.redraw(session, stand.seller_id, zone, "Gần", ["19"])
    with pytest.raises(NotFound):
        ways.charge(session, other, carrier(session, stand.seller_id), NewFee())


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("UPDATE delivery_zone_places SET place_code = '77777'", checks.places_exist),
        ("UPDATE orders SET commune_code = '77777'", checks.places_exist),
        ("UPDATE delivery_fees SET seller_id = '{other}'", checks.sellers_agree),
        ("UPDATE delivery_zones SET seller_id = '{other}'", checks.sellers_agree),
    ],
)
def test_fsck_finds_what_is_wrong(
    session: Session, stand: Stand, fault: str, check: Callable[[Session], Iterable[str]]
) -> None:
    place(session, stand, carrier(session, stand.seller_id), TAN_CUONG)
    other = make_seller(session, "HTX khác")
    session.flush()
    assert list(checks.places_exist(session)) == list(checks.sellers_agree(session)) == []
    session.execute(text(fault.format(other=other)))
    assert list(check(session))
