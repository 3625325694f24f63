"""The seller's home and the host's screen: forms that work alone, for those who run the show."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.db import db, write
from core.ids import new_id
from livestream.desk import intake
from livestream.models import LiveSession, Pin
from livestream.room import view
from livestream.shows import host_page
from livestream.shows.host_page import HostPin
from livestream.talk.comments import CommentRequest
from tests.factories.catalog import make_listing
from tests.factories.identity import bearer, make_login
from tests.factories.livestream import Show, make_buyer, make_claim, make_show

T = TypeVar("T")


@dataclass
class Desk:
    """One member of a seller's staff at one show."""

    app: Flask
    client: FlaskClient
    show: Show
    token: str

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def ask(self, path: str) -> TestResponse:
        return self.client.get(path, headers=bearer(self.token))

    def see(self, path: str) -> str:
        answer = self.ask(path)
        assert answer.status_code == 200
        return answer.text

    def send(self, path: str, **fields: object) -> TestResponse:
        form = {"client_id": new_id(), **fields}
        return self.client.post(path, data=form, headers=bearer(self.token))

    def step(self, step: str, **fields: object) -> TestResponse:
        return self.send(f"/host/{self.show.id}/{step}", **fields)

    def pin(self, code: str) -> Pin:
        with self.app.app_context():
            query = select(Pin).where(Pin.session_id == self.show.id, Pin.code == code)
            return db.session.scalars(query).one()

    def state(self) -> str:
        with self.app.app_context():
            return view.facts(db.session(), self.show.id).state


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        show = write(lambda session: make_show(session, 3, 8, started=False))
        roles = {show.seller_id: "host"}
        token = write(lambda session: make_login(session, roles=roles)[0])
    return Desk(app, app.test_client(use_cookies=False), show, token)


def new_show(desk: Desk, **fields: object) -> dict[str, object]:
    listing = desk.change(lambda session: make_listing(session, desk.show.seller_id))
    place = {"listing_1": listing, "packs_1": 5, "price_1": "59k", "limit_1": 2}
    return {"seller": desk.show.seller_id, "title": "Chợ chiều", "minutes": 90, **place, **fields}


def pin_of(code: str, state: str) -> HostPin:
    return HostPin(code, "Chè", state, 5, 5, 0, 60_000, own=True)


def test_a_show_is_started_and_the_first_pin_goes_up(desk: Desk) -> None:
    assert "Bắt đầu" in desk.see(f"/host/{desk.show.id}")
    assert desk.step("start").status_code == 303
    assert (desk.state(), desk.pin("A1").state) == ("live", "showing")


def test_a_form_sent_twice_is_one_step(desk: Desk) -> None:
    for _ in range(2):
        assert desk.step("start", client_id="the-same-form").status_code == 303
    refused = desk.step("start")
    assert refused.status_code == 409
    assert "status-bad" in refused.text


def test_the_host_shows_the_next_pin_speaks_and_ends(desk: Desk) -> None:
    desk.step("start")
    desk.step("pins/A2/show")
    desk.step("announcement", text="Mua 3 tặng 1")
    assert desk.pin("A2").state == "showing"
    assert "Mua 3 tặng 1" in desk.see(f"/live/{desk.show.id}")
    desk.step("end")
    assert desk.state() == "ended"


def test_the_picture_is_lost_and_comes_back(desk: Desk) -> None:
    desk.step("start")
    desk.step("interrupt")
    assert "Đang mất hình" in desk.see(f"/live/{desk.show.id}")
    desk.step("resume")
    assert desk.state() == "live"


def test_price_and_packs_are_changed_as_they_are_typed(desk: Desk) -> None:
    assert desk.step("pins/A1/terms", price="1tr2", packs=5).status_code == 303
    assert (desk.pin("A1").price_vnd, desk.pin("A1").packs) == (1_200_000, 5)
    assert desk.step("pins/A1/terms", price="rẻ thôi", packs=5).status_code == 400


def test_the_screen_has_what_is_left_and_who_waits(desk: Desk) -> None:
    desk.step("start")
    desk.change(lambda session: make_claim(session, desk.show, 5))
    page = desk.see(f"/host/{desk.show.id}")
    assert re.search(r"data-host-left data-low>0<", page)
    assert "2 đang chờ" in page
    assert "180.000 đ" in page


def test_a_stranger_and_another_sellers_staff_see_no_show_of_this_seller(desk: Desk) -> None:
    guest = desk.client.get(f"/host/{desk.show.id}")
    assert guest.headers["Location"] == f"/login?next=/host/{desk.show.id}"
    other = desk.change(lambda session: make_show(session, 2))
    desk.token = desk.change(lambda s: make_login(s, roles={other.seller_id: "owner"})[0])
    assert desk.ask(f"/host/{desk.show.id}").status_code == 404
    assert desk.step("start").status_code == 404
    assert desk.show.id not in desk.see("/console")


def test_a_packer_does_not_run_the_show(desk: Desk) -> None:
    roles = {desk.show.seller_id: "packer"}
    desk.token = desk.change(lambda session: make_login(session, roles=roles)[0])
    assert desk.ask(f"/host/{desk.show.id}").status_code == 404
    assert desk.ask("/console/sessions/new").status_code == 404
    assert "Mở phiên live" not in desk.see("/console")


def test_the_moderator_sees_unclear_words_and_no_money(desk: Desk) -> None:
    desk.step("start")
    said = CommentRequest(desk.show.id, "chốt A1 A1 2", desk.change(make_buyer), 0)
    desk.change(lambda session: intake.serve(session, [said]))
    roles = {desk.show.seller_id: "moderator"}
    desk.token = desk.change(lambda session: make_login(session, roles=roles)[0])
    page = desk.see(f"/moderate/{desk.show.id}")
    assert "chốt A1 A1 2" in page
    assert " đ<" not in page


@pytest.mark.parametrize(
    ("role", "places"),
    [("host", ("host", "moderate")), ("moderator", ("moderate",)), ("packer", ())],
)
def test_the_home_leads_each_to_the_screens_that_are_theirs(
    desk: Desk, role: str, places: tuple[str, ...]
) -> None:
    desk.step("start")
    roles = {desk.show.seller_id: role}
    desk.token = desk.change(lambda session: make_login(session, roles=roles)[0])
    page = desk.see("/console")
    led = tuple(one for one in ("host", "moderate") if f'"/{one}/{desk.show.id}"' in page)
    assert led == places
    assert [desk.ask(f"/{one}/{desk.show.id}").status_code for one in led] == [200] * len(led)


def test_a_show_is_opened_from_listings_at_live_prices(desk: Desk) -> None:
    answer = desk.send("/console/sessions/new", **new_show(desk))
    desk.show = replace(desk.show, id=answer.headers["Location"].rpartition("/")[2])
    pin = desk.pin("A1")
    assert (pin.price_vnd, pin.packs, pin.limit_packs) == (59_000, 5, 2)
    assert desk.state() == "checked"


@pytest.mark.parametrize(
    "wrong",
    [{"price_1": "rẻ thôi"}, {"packs_1": 9_999}, {"listing_2": "nothing", "packs_2": "1"}],
    ids=["a price that is none", "more than there is", "a second place half filled"],
)
def test_a_wrong_form_is_told_and_opens_nothing(desk: Desk, wrong: dict[str, object]) -> None:
    answer = desk.send("/console/sessions/new", **new_show(desk, **wrong))
    assert 400 <= answer.status_code < 500
    assert "Chợ chiều" in answer.text
    with desk.app.app_context():
        assert len(db.session.scalars(select(LiveSession.id)).all()) == 1


def test_another_sellers_goods_are_not_opened(desk: Desk) -> None:
    foreign = desk.change(make_listing)
    answer = desk.send("/console/sessions/new", **new_show(desk, listing_1=foreign))
    assert answer.status_code == 404


def test_the_home_lists_what_runs_what_comes_and_what_is_over(desk: Desk) -> None:
    assert "Chuẩn bị và bắt đầu" in desk.see("/console")
    desk.step("start")
    assert "Vào màn hình phiên" in desk.see("/console")
    desk.step("end")
    assert "Đã qua" in desk.see("/console")


def test_next_is_the_open_pin_after_the_showing_one_and_then_the_first() -> None:
    shown = [pin_of("A1", "side"), pin_of("A2", "showing"), pin_of("A3", "closed")]
    after = host_page.next_pin(shown)
    assert after is not None
    assert after.code == "A1"
    assert host_page.next_pin([pin_of("A1", "showing")]) is None
