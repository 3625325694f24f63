"""Pins: shown, moved aside, priced, resized, closed."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core.errors import NotFound, OutOfStock
from livestream.errors import PinClosed, SessionNotLive, UnknownCode
from livestream.pins import flash, pins
from livestream.pins.pin_views import FlashSale
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.room.snapshot import PinView
from livestream.shows import sessions
from shop import orders
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
    pin_row,
)
from tests.factories.payments import pay


def screen(session: Session, show: Show) -> dict[str, str]:
    return {pin["code"]: pin["state"] for pin in view.snapshot(session, show.id)["pins"]}


def shown(session: Session, show: Show, code: str = "A1") -> PinView:
    pins_now = view.snapshot(session, show.id)["pins"]
    return next(pin for pin in pins_now if pin["code"] == code)


def test_a_new_main_pin_moves_the_former_one_aside(session: Session) -> None:
    show = make_show(session, 1, 1)
    pins.show(session, show.id, "a2")
    assert screen(session, show) == {"A1": "side", "A2": "showing"}


def test_showing_what_is_shown_says_nothing(session: Session) -> None:
    show = make_show(session, 1, 1)
    before = view.snapshot(session, show.id)["seq"]
    pins.show(session, show.id, "A1")
    pins.show_beside(session, show.id, "A2")
    assert view.snapshot(session, show.id)["seq"] == before


def test_only_three_stand_beside_the_main_pin(session: Session) -> None:
    show = make_show(session, 1, 1, 1, 1, 1, 1)
    pins.show(session, show.id, "A5")
    assert screen(session, show) == {"A2": "side", "A3": "side", "A4": "side", "A5": "showing"}
    pins.show_beside(session, show.id, "A6")
    assert screen(session, show) == {"A3": "side", "A4": "side", "A5": "showing", "A6": "side"}


def test_a_pin_off_the_screen_is_an_unknown_code_and_comes_back(session: Session) -> None:
    show = make_show(session, 1, 1, 1, 1, 1)
    pins.show(session, show.id, "A5")
    with pytest.raises(UnknownCode), session.begin_nested():
        make_claim(session, show)
    pins.show(session, show.id, "A1")
    assert make_claim(session, show).held == 1


def test_a_pin_closed_off_the_screen_is_never_shown(session: Session) -> None:
    show = make_show(session, 1, 1, 1, 1, 1)
    pins.close(session, show.id, "A5")
    sessions.end(session, show.id)
    assert "A5" not in screen(session, show)


def test_closing_returns_what_is_unused_and_keeps_what_is_held(session: Session) -> None:
    show = make_show(session, 3)
    claimed = make_claim(session, show)
    pins.close(session, show.id, "A1")
    pins.close(session, show.id, "A1")
    assert claim_row(session, claimed.claim_id).state == "held"
    pin = pin_row(session, show)
    assert stock.allotment_left(session, [pin.allotment_id]) == {pin.allotment_id: 0}


def test_a_closed_pin_is_not_priced_shown_or_resized(session: Session) -> None:
    show = make_show(session, 3)
    pins.close(session, show.id, "A1")
    for step in (
        lambda: pins.show(session, show.id, "A1"),
        lambda: pins.change_price(session, show.id, "A1", 1),
        lambda: pins.change_allotment(session, show.id, "A1", 9),
    ):
        with pytest.raises(PinClosed):
            step()


def test_a_new_price_is_told_once(session: Session) -> None:
    show = make_show(session)
    pins.change_price(session, show.id, "A1", 55_000)
    told = view.snapshot(session, show.id)
    pins.change_price(session, show.id, "A1", 55_000)
    assert shown(session, show)["price_vnd"] == 55_000
    assert view.snapshot(session, show.id) == told


def test_more_packs_serve_who_waits(session: Session) -> None:
    show = make_show(session, 1)
    make_claim(session, show)
    waiting = make_claim(session, show, 2)
    pins.change_allotment(session, show.id, "A1", 4)
    assert claim_row(session, waiting.claim_id).held == 2
    assert shown(session, show)["packs"] == 4


def test_packs_already_claimed_cannot_be_taken_away(session: Session) -> None:
    show = make_show(session, 3)
    make_claim(session, show, 2)
    pins.change_allotment(session, show.id, "A1", 2)
    with pytest.raises(OutOfStock):
        pins.change_allotment(session, show.id, "A1", 1)


def test_a_pin_is_not_made_smaller_than_what_was_paid(session: Session) -> None:
    """What is paid has left the allotment: there is less in it than the host takes away."""
    show, buyer = make_show(session, 3), make_buyer(session)
    make_claim(session, show, 3, login=buyer)
    code = order_basket(session, show, buyer)
    pay(session, show.till, code, 180_000)
    orders.secure(session, code)
    with pytest.raises(OutOfStock) as refused:
        pins.change_allotment(session, show.id, "A1", 1)
    assert refused.value.data["left"] == 0


def test_a_pin_added_in_the_show_waits_to_be_shown(session: Session) -> None:
    show = make_show(session, 1)
    new = NewPin(make_listing(session, show.seller_id), 2, 50_000, 1)
    assert pins.add(session, show.id, new, {show.seller_id}) == "A2"
    assert screen(session, show) == {"A1": "showing"}


def test_nothing_is_pinned_without_consent_or_after_the_end(session: Session) -> None:
    show = make_show(session, 1)
    foreign = NewPin(make_listing(session, make_seller(session)), 2, 50_000, 1)
    with pytest.raises(NotFound):
        pins.add(session, show.id, foreign, {show.seller_id})
    sessions.end(session, show.id)
    with pytest.raises(SessionNotLive):
        pins.add(session, show.id, foreign, {show.seller_id})


def test_a_flash_is_shown_until_it_is_taken_away(session: Session) -> None:
    show = make_show(session)
    flash.start(session, show.id, "A1", FlashSale(40_000, 0, 60_000))
    assert shown(session, show)["flash"] == {
        "price_vnd": 40_000,
        "starts_at": "1970-01-01T00:00:00.000Z",
        "ends_at": "1970-01-01T00:01:00.000Z",
    }
    flash.end(session, show.id, "A1")
    flash.end(session, show.id, "A1")
    assert shown(session, show)["flash"] is None


def test_pins_are_shown_only_while_the_show_runs(session: Session) -> None:
    show = make_show(session, 1, 1, started=False)
    for step in (pins.show, pins.show_beside):
        with pytest.raises(SessionNotLive):
            step(session, show.id, "A2")


def test_an_unknown_code_is_named(session: Session) -> None:
    show = make_show(session)
    with pytest.raises(UnknownCode) as raised:
        pins.close(session, show.id, "B7")
    assert raised.value.data == {"unknown": "B7"}
