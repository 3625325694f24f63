"""How a seller hands goods over."""

from sqlalchemy.orm import Session

from core.clock import FixedClock
from shop.delivery import ways
from shop.delivery.ways import OWN_RUN, PICKUP, NewWay
from tests.factories.identity import make_seller
from tests.factories.shop import RUN_VND, make_ways


def test_a_way_offered_now_counts_from_now_on(session: Session, time_at: FixedClock) -> None:
    seller = make_seller(session)
    way_id = ways.offer(session, seller, NewWay(PICKUP, "Cổng chợ"))
    assert [way.id for way in ways.ways_of(session, seller)] == [way_id]
    time_at.at_ms -= 1  # the product's clock does not go back with the machine's
    assert len(ways.ways_of(session, seller)) == 1


def test_the_cheapest_way_stands_first(session: Session) -> None:
    seller = make_seller(session)
    ways.offer(session, seller, NewWay(OWN_RUN, "Xa", fee_vnd=40_000))
    make_ways(session, seller)
    assert [way.fee_vnd for way in ways.ways_of(session, seller)] == [0, RUN_VND, 40_000]


def test_ways_of_others_are_not_mine(session: Session) -> None:
    make_ways(session, make_seller(session))
    assert ways.ways_of(session, make_seller(session, "HTX khác")) == ()


def test_shipping_from_is_the_least_fee_to_the_door(session: Session) -> None:
    seller = make_seller(session)
    ways.offer(session, seller, NewWay(PICKUP, "Cổng chợ"))
    assert ways.ship_from_vnd(session, seller) is None
    ways.offer(session, seller, NewWay(OWN_RUN, "Nội thành", fee_vnd=25_000))
    assert ways.ship_from_vnd(session, seller) == 25_000
