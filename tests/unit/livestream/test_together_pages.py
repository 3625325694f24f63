"""Selling together by its forms: asked, answered, brought in, changed, taken out; and named in the room."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalog import photos
from catalog.models import Photo
from catalog.photos import SentPhoto, Subject
from core.db import write
from core.ids import new_id
from livestream.pins import pins
from livestream.shows import sessions
from livestream.together import campaigns
from tests.factories.catalog import make_listing
from tests.factories.identity import bearer, make_login, make_seller
from tests.factories.livestream import Show, make_buyer, make_claim, make_show
from tests.factories.payments import make_till

T = TypeVar("T")


@dataclass
class Two:
    """A show, its organiser's token, and a partner's token, seller and listing."""

    app: Flask
    client: FlaskClient
    show: Show
    organiser: str
    partner: str
    seller: str
    listing: str

    @property
    def sellers(self) -> str:
        return f"/host/{self.show.id}/sellers"

    @property
    def stall(self) -> str:
        return f"/console/{self.seller}/shows/{self.show.id}"

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, token: str, path: str) -> str:
        answer = self.client.get(path, headers=bearer(token) if token else {})
        assert answer.status_code == 200
        return answer.text

    def send(self, token: str, path: str, **fields: object) -> TestResponse:
        form = {"client_id": new_id(), **fields}
        return self.client.post(path, data=form, headers=bearer(token))

    def agree(self) -> None:
        assert self.send(self.organiser, self.sellers, seller=self.seller).status_code == 303
        assert self.send(self.partner, f"{self.stall}/answer", answer="yes").status_code == 303

    def bring(self, packs: int = 4, price: str = "45k") -> TestResponse:
        fields = {"listing": self.listing, "price": price, "packs": packs, "limit": 4}
        return self.send(self.partner, f"{self.stall}/pins", **fields)


@pytest.fixture
def two(app: Flask, client: FlaskClient) -> Two:
    def made(session: Session) -> tuple[Show, str, str, str, str]:
        show = make_show(session, 5)
        seller = make_till(session, make_seller(session, "HTX Miến Việt Cường")).seller_id
        organiser = make_login(session, roles={show.seller_id: "owner"})[0]
        partner = make_login(session, roles={seller: "owner"})[0]
        return show, organiser, partner, seller, make_listing(session, seller, on_hand=2000)

    with app.app_context():
        return Two(app, client, *write(made))


def test_the_organiser_finds_a_seller_and_asks_it_in(two: Two) -> None:
    assert f'value="{two.seller}"' in two.see(two.organiser, f"{two.sellers}?q=mien+viet")
    two.send(two.organiser, two.sellers, seller=two.seller)
    page = two.see(two.organiser, two.sellers)
    assert "Chờ trả lời" in page
    assert f'value="{two.seller}"' not in page


def test_an_invitation_stands_on_the_sellers_home_and_is_answered_there(two: Two) -> None:
    two.send(two.organiser, two.sellers, seller=two.seller)
    assert two.stall in two.see(two.partner, "/console")
    assert "Đồng ý bán chung" in two.see(two.partner, two.stall)
    two.send(two.partner, f"{two.stall}/answer", answer="no")
    assert two.stall not in two.see(two.partner, "/console")
    assert "Đã từ chối" in two.see(two.organiser, two.sellers)


def test_goods_are_brought_in_shown_and_named_after_their_seller(two: Two) -> None:
    two.agree()
    assert two.bring().status_code == 303
    assert "45.000 đ" in two.see(two.partner, two.stall)
    two.change(lambda session: pins.show(session, two.show.id, "A2"))
    room = two.see("", f"/live/{two.show.id}")
    assert re.search(r"data-pin-seller>.*data-pin-seller-name>HTX", room)
    own = two.see("", f"/live/{two.show.id}?code=A1")
    assert re.search(r"data-pin-seller hidden", own)


def test_own_terms_are_changed_and_own_goods_taken_out(two: Two) -> None:
    two.agree()
    two.bring()
    assert (
        two.send(two.partner, f"{two.stall}/pins/A2/terms", price="40k", packs=6).status_code == 303
    )
    assert "40.000 đ" in two.see(two.partner, two.stall)
    assert two.send(two.partner, f"{two.stall}/pins/A2/close").status_code == 303
    assert "Đã đóng bán" in two.see(two.partner, two.stall)
    assert two.send(two.partner, f"{two.stall}/withdraw").status_code == 303
    assert "Đã rút lại" in two.see(two.organiser, two.sellers)


def test_the_organisers_own_pin_is_not_the_partners_to_change(two: Two) -> None:
    two.agree()
    for step in ("terms", "close"):
        answer = two.send(two.partner, f"{two.stall}/pins/A1/{step}", price="1k", packs=1)
        assert answer.status_code == 404


def test_a_refusal_is_told_and_nothing_is_brought_in(two: Two) -> None:
    two.agree()
    answer = two.bring(packs=5000)
    assert answer.status_code == 409
    assert "Không đủ hàng" in answer.text
    assert "A2" not in two.see(two.partner, two.stall)


def test_a_seller_calls_its_own_buyers_and_no_others(two: Two) -> None:
    two.agree()
    two.bring()

    def claimed(session: Session) -> tuple[str, str]:
        pins.show_beside(session, two.show.id, "A2")
        own, other = make_buyer(session), make_buyer(session)
        make_claim(session, two.show, login=own, code="A2")
        make_claim(session, two.show, login=other)
        return own.phone, other.phone

    own, other = two.change(claimed)
    page = two.see(two.partner, two.stall)
    assert own in page
    assert other not in page


def test_nobody_elses_stall_and_no_stall_without_an_invitation(two: Two) -> None:
    assert two.client.get(two.stall, headers=bearer(two.partner)).status_code == 404
    two.agree()
    assert two.client.get(two.stall, headers=bearer(two.organiser)).status_code == 404
    assert two.client.get(two.sellers, headers=bearer(two.partner)).status_code == 404


def test_a_fair_names_its_sessions_sellers_and_partners(two: Two) -> None:
    fair = make_fair(two)
    two.agree()
    page = two.see("", f"/campaigns/{fair}")
    for shown in ("Chè xuân", "HTX Miến Việt Cường", "Bưu điện", "25/11 – 27/11/2026"):
        assert shown in page
    assert "Nông sản lên phố" in two.see("", "/live")


def test_a_fair_shows_the_logos_its_own_seller_gave_it(two: Two) -> None:
    fair = Subject("campaign", make_fair(two))

    def add(session: Session) -> None:
        sent = photos.add(session, two.show.seller_id, fair, SentPhoto(new_id(), "png"), "p:lan")
        photo = session.get_one(Photo, sent.id)
        photo.state, photo.width, photo.height = "ready", 320, 320

    two.change(add)
    assert "fair-logos" in two.see("", f"/campaigns/{fair.id}")
    desk = two.see(two.organiser, f"/console/{two.show.seller_id}/campaigns/{fair.id}")
    assert f"photos/campaign/{fair.id}" in desk
    theirs = f"/console/{two.seller}/photos/campaign/{fair.id}"
    assert two.client.get(theirs, headers=bearer(two.partner)).status_code == 404


def test_a_room_leads_to_its_fair_to_other_places_and_when_over_to_the_next(two: Two) -> None:
    fair = make_fair(two)
    url = "https://fb.watch/abc"
    assert two.send(two.organiser, f"/host/{two.show.id}/elsewhere", url=url).status_code == 303
    room = two.see("", f"/live/{two.show.id}")
    assert f'href="/campaigns/{fair}"' in room
    assert f'href="{url}"' in room
    coming = two.change(lambda session: another_show(session, two, fair))
    two.change(lambda session: sessions.end(session, two.show.id))
    onward = f"/campaigns/{fair}/next?after={two.show.id}"
    assert onward in two.see("", f"/live/{two.show.id}")
    assert two.client.get(onward).location == f"/live/{coming}"
    assert two.client.get(f"/campaigns/{fair}/next?after={coming}").location == f"/campaigns/{fair}"


def test_another_address_is_refused_in_plain_words(two: Two) -> None:
    answer = two.send(two.organiser, f"/host/{two.show.id}/elsewhere", url="https://evil.example/")
    assert answer.status_code == 422
    assert "Chợ chỉ nhận đường dẫn của Facebook" in answer.text


def test_another_sellers_session_asks_to_join_and_is_let_in(two: Two) -> None:
    own = f"/console/{two.seller}/campaigns"
    made = two.send(two.partner, own, title="Hội xuân", first="2026-11-25", last="2026-11-27")
    desk = made.location
    fair = desk.rsplit("/", 1)[1]
    two.send(two.organiser, f"/host/{two.show.id}/campaign", campaign=fair)
    assert "Chè xuân" not in two.see("", f"/campaigns/{fair}")
    assert "Cho vào" in two.see(two.partner, desk)
    two.send(two.partner, f"{desk}/shows/{two.show.id}", answer="yes")
    assert "Chè xuân" in two.see("", f"/campaigns/{fair}")


def test_turned_days_are_refused_and_what_was_typed_stays(two: Two) -> None:
    own = f"/console/{two.seller}/campaigns"
    answer = two.send(two.partner, own, title="Hội xuân", first="2026-11-27", last="2026-11-25")
    assert answer.status_code == 422
    assert "Ngày kết thúc đang trước" in answer.text
    assert 'value="Hội xuân"' in answer.text


def make_fair(two: Two) -> str:
    """A fair of the organiser, with the show in it; its id."""
    days = {"first": "2026-11-25", "last": "2026-11-27", "partners": "Sở Công Thương\nBưu điện"}
    path = f"/console/{two.show.seller_id}/campaigns"
    made = two.send(two.organiser, path, title="Nông sản lên phố", **days)
    fair = made.location.rsplit("/", 1)[1]
    assert (
        two.send(two.organiser, f"/host/{two.show.id}/campaign", campaign=fair).status_code == 303
    )
    return fair


def another_show(session: Session, two: Two, fair: str) -> str:
    """A coming show of another seller, let into the fair; its id."""
    show = make_show(session, started=False)
    campaigns.join(session, show.id, fair)
    campaigns.answer(session, (two.show.seller_id, fair), show.id, agrees=True)
    return show.id
