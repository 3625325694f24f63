"""A product pinned before anybody listed it, and a pin made smaller than what is claimed."""

import pytest
from sqlalchemy.orm import Session

from catalog import listings
from core import fsck
from core.errors import BadRequest
from livestream.pins import pins, quick_pins
from livestream.pins.pin_errors import PacksClaimed
from livestream.pins.quick_pins import UNITS, QuickPin
from livestream.room import view
from tests.factories.livestream import Show, make_buyer, make_claim, make_show, pin_row

SQUASH = QuickPin("Bí thơm Ba Bể", "kg", 12, 25_000, 3)


def quick(session: Session, show: Show, new: QuickPin = SQUASH) -> str:
    return quick_pins.add(session, show.id, show.seller_id, new)


def test_a_product_nobody_listed_is_shown_and_sold_at_once(session: Session) -> None:
    show = make_show(session, 1)
    code = quick(session, show)
    pin = next(one for one in view.snapshot(session, show.id)["pins"] if one["code"] == code)
    assert (pin["state"], pin["name"], pin["packs"]) == ("showing", "Bí thơm Ba Bể", 12)
    assert (pin["unit_word"], pin["pack_size"], pin["art"]) == ("kg", 1000, "squash")
    assert make_claim(session, show, 3, code=code).held == 3
    assert [one for one in fsck.run_all(session) if one.problems] == []


def test_what_the_show_does_not_sell_of_it_is_in_the_shop(session: Session) -> None:
    show = make_show(session, 1)
    code = quick(session, show)
    listing_id = pin_row(session, show, code).listing_id
    assert listings.get(session, listing_id).available_packs == 0
    pins.close(session, show.id, code)
    assert listings.get(session, listing_id).available_packs == 12


def test_before_the_show_it_waits_with_the_others(session: Session) -> None:
    show = make_show(session, 1, started=False)
    code = quick(session, show)
    assert (code, pin_row(session, show, code).state) == ("A2", "queued")


def test_a_unit_nobody_knows_is_refused(session: Session) -> None:
    show = make_show(session, 1)
    with pytest.raises(BadRequest):
        quick(session, show, QuickPin("Bí", "thúng", 1, 25_000, 1))
    assert UNITS["chuc"].size == 10


def test_a_pin_is_not_made_smaller_than_its_claims_and_says_whose(session: Session) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    make_claim(session, show, 1)
    with pytest.raises(PacksClaimed) as refused:
        pins.change_allotment(session, show.id, "A1", 2)
    assert (refused.value.data["left"], refused.value.data["least"]) == (2, 3)
    first, second = str(refused.value.data["claims"]).split(", ")
    assert (first[:3], first[-2:]) == ("#2 ", "×1")
    assert (second[:3], second[-2:]) == ("#1 ", "×2")
    pins.change_allotment(session, show.id, "A1", 3)
    assert pin_row(session, show).packs == 3
