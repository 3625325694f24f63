"""Pins hear what the shop asks for their listing."""

from sqlalchemy.orm import Session

from catalog import listings, prices
from livestream import log
from livestream.pins import pins, shop_prices
from livestream.room import view
from livestream.room.snapshot import PinView
from tests.factories.livestream import Show, make_show, pin_row


def main_pin(session: Session, show: Show) -> PinView:
    return view.snapshot(session, show.id)["pins"][0]


def ask(session: Session, show: Show, price_vnd: int) -> None:
    """The seller asks another price in the shop, and the room hears of it."""
    listing_id = main_pin(session, show)["listing"]
    seller_id = listings.get(session, listing_id).seller_id
    prices.set_price(session, seller_id, listing_id, price_vnd, "p:test")
    shop_prices.follow(session, listing_id)


def test_the_struck_out_price_follows_and_the_hosts_own_stays(session: Session) -> None:
    show = make_show(session, 5)
    pins.change_price(session, show.id, "A1", 60_000)
    ask(session, show, 80_000)
    pin = main_pin(session, show)
    assert (pin["shop_price_vnd"], pin["price_vnd"]) == (80_000, 60_000)


def test_a_live_price_that_was_the_shops_own_follows_it(session: Session) -> None:
    show = make_show(session, 5)
    pins.change_price(session, show.id, "A1", main_pin(session, show)["shop_price_vnd"])
    ask(session, show, 80_000)
    row = pin_row(session, show)
    assert (row.price_vnd, row.previous_price_vnd, row.shop_price_vnd) == (80_000, 65_000, 80_000)


def test_the_room_is_told_once(session: Session) -> None:
    show = make_show(session, 5)
    before = view.snapshot(session, show.id)["seq"]
    ask(session, show, 80_000)
    shop_prices.follow(session, main_pin(session, show)["listing"])
    told = log.entries(session, show.id, before, None)
    assert [entry["type"] for entry in told] == ["price_changed"]
    assert told[0]["data"] == {"code": "A1", "price_vnd": 60_000, "shop_price_vnd": 80_000}


def test_a_closed_pin_keeps_what_it_showed(session: Session) -> None:
    show = make_show(session, 5)
    pins.close(session, show.id, "A1")
    before = view.snapshot(session, show.id)["seq"]
    ask(session, show, 80_000)
    assert view.snapshot(session, show.id)["seq"] == before
