"""The verify desk, the going-live list and the rehearsal, as the people who use them meet them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core import clock
from core.clock import FixedClock
from core.db import db, write
from core.identity import officers
from core.ids import new_id
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import confirmations, sessions
from livestream.shows.sessions import NewSession
from tests.factories.catalog import make_listing
from tests.factories.identity import bearer, confirm, make_login, new_phone
from tests.factories.livestream import Show, make_show

T = TypeVar("T")


@dataclass
class Desk:
    """A session that is still to come, and the tokens of its owner, its moderator and an officer."""

    app: Flask
    client: FlaskClient
    show: Show
    owner: str
    moderator: str
    officer: str

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, token: str, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers=bearer(token))
        assert answer.status_code == status
        return answer.text

    def send(self, token: str, path: str, **fields: object) -> TestResponse:
        form = {"client_id": new_id(), **fields}
        return self.client.post(path, data=form, headers=bearer(token))

    def confirm(self, token: str, kind: str, person: str = "", days: int = 9) -> TestResponse:
        until = (clock.today() + timedelta(days=days)).isoformat()
        fields = {"kind": kind, "person": person, "paper": "Số 7", "until": until}
        return self.send(token, f"/verify/{self.show.seller_id}/confirm", **fields)

    def take_back(self, kind: str) -> None:
        def act(session: Session) -> None:
            seller_id = self.show.seller_id
            for one in confirmations.of_sellers(session, [seller_id])[seller_id]:
                if one.kind == kind:
                    confirmations.withdraw(session, seller_id, one.id)

        self.change(act)

    def state(self) -> str:
        with self.app.app_context():
            return view.facts(db.session(), self.show.id).state


@pytest.fixture
def desk(app: Flask, client: FlaskClient, time_at: FixedClock) -> Desk:
    def build(session: Session) -> Desk:
        show = make_show(session, 4, 4, started=False)
        owner, _ = make_login(session, roles={show.seller_id: "owner"})
        moderator, _ = make_login(session, roles={show.seller_id: "moderator"})
        officer, _ = make_login(session, officers.name(session, new_phone(), "Phòng Kinh tế"))
        return Desk(app, client, show, owner, moderator, officer)

    with app.app_context():
        return write(build)


def test_the_list_ticks_what_is_ready(desk: Desk) -> None:
    page = desk.see(desk.owner, f"/host/{desk.show.id}/ready")
    assert "A1 · " in page
    assert "point-open" not in page


def test_the_list_says_what_is_missing(desk: Desk) -> None:
    desk.take_back("food")
    page = desk.see(desk.owner, f"/host/{desk.show.id}/ready")
    assert "A1: chưa có giấy an toàn thực phẩm." in page


def test_a_host_nobody_confirmed_cannot_press_start(desk: Desk) -> None:
    desk.take_back("host")
    answer = desk.send(desk.owner, f"/host/{desk.show.id}/start")
    assert answer.status_code == 409
    assert "Người dẫn phiên chưa được xác nhận." in answer.text
    assert desk.state() == "checked"


def test_nor_start_by_the_programs_door(desk: Desk) -> None:
    desk.take_back("host")
    body = {"client_id": new_id()}
    path = f"/api/v1/live/{desk.show.id}/start"
    answer = desk.client.post(path, json=body, headers=bearer(desk.owner))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_ready")


def test_an_officer_confirms_and_the_draft_may_start(desk: Desk) -> None:
    desk.take_back("food")
    desk.take_back("seller")
    session_id = desk.change(lambda session: _another(session, desk.show.seller_id))
    assert desk.confirm(desk.officer, "seller").status_code == 303
    assert desk.confirm(desk.officer, "food").status_code == 303
    with desk.app.app_context():
        assert view.facts(db.session(), session_id).state == "checked"


def _another(session: Session, seller_id: str) -> str:
    """A session of the same seller, made while its papers are missing."""
    pin = NewPin(make_listing(session, seller_id), 1, 50_000, 1)
    return sessions.create(session, NewSession(seller_id, "Chợ", clock.now_ms() + 1), [pin])


def test_a_manager_confirms_hosts_and_nothing_else(desk: Desk) -> None:
    host = desk.change(lambda session: make_login(session, roles={desk.show.seller_id: "host"})[1])
    assert desk.confirm(desk.owner, "host", host.person_id or "").status_code == 303
    seller_page = f"/verify/{desk.show.seller_id}"
    assert desk.confirm(desk.owner, "food").status_code == 404
    assert 'value="food"' not in desk.see(desk.owner, seller_page)
    assert 'value="food"' in desk.see(desk.officer, seller_page)


def test_an_officer_who_works_for_the_seller_is_not_its_officer(desk: Desk) -> None:
    def join(session: Session) -> str:
        person = officers.name(session, new_phone(), "Phòng Kinh tế")
        return make_login(session, person, roles={desk.show.seller_id: "packer"})[0]

    insider = desk.change(join)
    desk.see(insider, f"/verify/{desk.show.seller_id}", 404)


def test_the_desk_puts_what_is_missing_first(desk: Desk) -> None:
    assert "Đủ" in desk.see(desk.officer, "/verify")
    desk.take_back("seller")
    assert "Thiếu" in desk.see(desk.officer, "/verify")
    desk.see(desk.owner, "/verify", 404)


def test_a_rehearsal_is_seen_by_staff_and_nobody_else(desk: Desk) -> None:
    room = f"/host/{desk.show.id}/rehearsal"
    desk.see(desk.owner, room, 404)
    assert desk.send(desk.owner, f"{room}/start").status_code == 303
    assert "Chạy thử" in desk.see(desk.owner, room)
    assert "<script" not in desk.see(desk.moderator, room).partition("<main")[2]
    buyer = desk.change(make_login)[0]
    desk.see(buyer, room, 404)
    desk.see(buyer, f"/live/{desk.show.id}", 404)


def test_in_a_rehearsal_the_next_pin_can_be_looked_at(desk: Desk) -> None:
    desk.change(lambda session: sessions.rehearse(session, desk.show.id))
    page = desk.see(desk.owner, f"/host/{desk.show.id}/rehearsal?code=A2")
    assert '<span class="pin-code" data-pin-code>A2</span>' in page


def test_nothing_can_be_claimed_in_a_rehearsal(desk: Desk) -> None:
    desk.change(lambda session: sessions.rehearse(session, desk.show.id))
    body = {"code": "A1", "qty": 1, "client_id": new_id()}
    path = f"/api/v1/live/{desk.show.id}/claims"
    buyer = desk.change(make_login)[0]
    assert desk.client.post(path, json=body, headers=bearer(buyer)).status_code == 404


def test_a_time_is_planned_and_taken_away(desk: Desk) -> None:
    path = f"/host/{desk.show.id}/plan"
    tomorrow = clock.in_vietnam(clock.now_ms()) + timedelta(days=1)
    typed = f"{tomorrow:%Y-%m-%dT20:00}"
    assert desk.send(desk.owner, path, starts=typed, minutes=60).status_code == 303
    assert typed in desk.see(desk.owner, f"/host/{desk.show.id}/ready")
    assert desk.send(desk.owner, path, starts="", minutes=60).status_code == 303
    with desk.app.app_context():
        assert view.facts(db.session(), desk.show.id).planned_start_ms is None


def test_a_session_is_called_off_before_it_begins(desk: Desk) -> None:
    assert desk.send(desk.owner, f"/host/{desk.show.id}/cancel").status_code == 303
    assert desk.state() == "cancelled"
    assert desk.send(desk.owner, f"/host/{desk.show.id}/cancel").status_code == 409


def test_a_confirmation_is_taken_back(desk: Desk) -> None:
    paper = desk.change(lambda session: confirm(session, "food", desk.show.seller_id))
    path = f"/verify/{desk.show.seller_id}/withdraw"
    assert desk.send(desk.owner, path, confirmation=paper).status_code == 404
    assert desk.send(desk.officer, path, confirmation=paper).status_code == 303
    assert "Chưa xác nhận" in desk.see(desk.officer, f"/verify/{desk.show.seller_id}")
