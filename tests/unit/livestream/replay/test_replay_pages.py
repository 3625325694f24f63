"""A replay as people see it: chapters, today's prices, the seller's list, an officer's hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core import clock
from core.clock import FixedClock
from core.db import write
from core.identity import officers, people
from core.ids import new_id
from livestream.pins import pins
from livestream.replay import acts, keeping
from livestream.shows import sessions
from livestream.video.live_engine import Piece, Recording
from tests.factories.identity import bearer, make_login
from tests.factories.livestream import Show, make_claim, make_show, pin_row
from tests.unit.livestream.test_lessons import make_lesson

T = TypeVar("T")
STREAM = "stream_0123456789abcdef"


@dataclass
class Market:
    """An ended show of two products, A1 for a minute and A2 for half of one, all of it recorded."""

    app: Flask
    client: FlaskClient
    show: Show

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, path: str, token: str = "") -> str:
        answer = self.client.get(path, headers=bearer(token) if token else {})
        assert answer.status_code == 200, answer.status
        return answer.text

    def replay(self, query: str = "", token: str = "") -> str:
        return self.see(f"/live/{self.show.id}/replay{query}", token)

    def send(self, path: str, token: str, **fields: str) -> TestResponse:
        form = {"client_id": new_id(), **fields}
        return self.client.post(path, data=form, headers=bearer(token))

    def hide(self, token: str, hidden: str = "yes") -> TestResponse:
        path = f"/console/{self.show.seller_id}/recordings/{self.show.id}/hide"
        return self.send(path, token, hidden=hidden)

    def hold(self, token: str, reason: str = "Đơn số 5") -> TestResponse:
        return self.send(f"/live/{self.show.id}/replay/hold", token, held="yes", reason=reason)

    def staff(self, role: str = "owner") -> str:
        return self.change(
            lambda session: make_login(session, roles={self.show.seller_id: role})[0]
        )


def recorded(session: Session, time_at: FixedClock) -> Show:
    began_ms = clock.now_ms()
    show = make_show(session, 10, 4)
    make_claim(session, show, 1)
    time_at.advance(60_000)
    pins.show(session, show.id, "A2")
    time_at.advance(30_000)
    sessions.end(session, show.id)
    found = Recording((Piece(began_ms, 90_000),), 4_200_000, "d" * 64)
    keeping.note(session, show.id, STREAM, found)
    return show


@pytest.fixture
def market(app: Flask, client: FlaskClient, time_at: FixedClock) -> Market:
    with app.app_context():
        show = write(lambda session: recorded(session, time_at))
    return Market(app, client, show)


def test_each_product_is_a_chapter_with_todays_price_and_a_way_to_buy(market: Market) -> None:
    page = market.replay()
    assert 'data-from="0"' in page
    assert 'data-from="60"' in page
    assert page.count("giá live đã hết") == 2
    assert page.count('action="/cart/lines"') == 2
    assert "/claims" in page
    assert f"/reports/stream/{market.show.id}" in page or "Báo" in page
    assert "#t=0" in page


def test_a_chapter_can_be_linked_to_without_a_script(market: Market) -> None:
    assert "#t=60" in market.replay("?t=60")
    for odd in ("?t=-1", "?t=x", "?t=99999999", "?c=ZZ9"):
        assert "#t=0" in market.replay(odd)


def test_a_clip_is_the_part_of_one_product(market: Market) -> None:
    page = market.replay("?c=a2")
    assert "?from=60000&amp;to=90000" in page
    assert "0:30" in page
    assert "data-from" not in page


def test_the_list_the_room_and_the_product_lead_to_the_replay(market: Market) -> None:
    path = f"/live/{market.show.id}/replay"
    assert path in market.see("/live")
    assert path in market.see(f"/live/{market.show.id}")
    listing = market.change(lambda session: pin_row(session, market.show).listing_id)
    assert f"{path}?c=A1" in market.see(f"/products/{listing}")


def test_a_lesson_that_can_be_seen_again_is_called_one_and_stands_behind_the_shows(
    market: Market, time_at: FixedClock
) -> None:
    def taught(session: Session) -> str:
        lesson = make_lesson(session)
        time_at.advance(60_000)
        sessions.end(session, lesson.id)
        found = Recording((Piece(clock.now_ms() - 60_000, 60_000),), 1_000_000, "d" * 64)
        keeping.note(session, lesson.id, "stream_of_the_lesson", found)
        return lesson.id

    assert "Buổi học ·" not in market.see("/live")
    newer = market.change(taught)
    show, lesson = market.see("/live").split(f"/live/{newer}/replay")
    assert f"/live/{market.show.id}/replay" in show
    assert "Buổi học ·" in lesson


def test_nothing_is_claimed_after_the_end(market: Market) -> None:
    token = market.change(lambda session: make_login(session)[0])
    body = {"code": "A1", "qty": 1, "client_id": new_id()}
    answer = market.client.post(
        f"/api/v1/live/{market.show.id}/claims", json=body, headers=bearer(token)
    )
    assert answer.json is not None
    assert answer.json["code"] == "session_not_live"


def test_a_running_show_has_no_replay_but_its_room(market: Market) -> None:
    other = market.change(make_show)
    answer = market.client.get(f"/live/{other.id}/replay")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/live/{other.id}")


def test_a_seller_hides_its_replay_and_shows_it_again(market: Market) -> None:
    owner = market.staff()
    assert market.hide(owner).status_code == 303
    assert "Người bán đã ẩn bản xem lại" in market.replay()
    assert "Đã ẩn" in market.see(f"/console/{market.show.seller_id}/recordings", owner)
    assert market.hide(owner, "no").status_code == 303
    assert "data-replay" in market.replay()


def test_the_sellers_list_says_how_long_how_large_and_until_when(market: Market) -> None:
    page = market.see(f"/console/{market.show.seller_id}/recordings", market.staff("accountant"))
    for word in ("1:30", "5 MB", "25/11/2029", "d" * 64):
        assert word in page
    assert "/hide" not in page


def test_who_does_not_host_hides_nothing(market: Market) -> None:
    for role in ("accountant", "packer"):
        assert market.hide(market.staff(role)).status_code == 404
    stranger = market.change(lambda session: make_show(session).seller_id)
    token = market.change(lambda session: make_login(session, roles={stranger: "owner"})[0])
    assert market.hide(token).status_code == 404
    path = f"/console/{stranger}/recordings/{market.show.id}/hide"
    assert market.send(path, token, hidden="yes").status_code == 404


def test_an_officer_holds_a_recording_with_a_reason_that_stays(market: Market) -> None:
    token = market.change(officer)
    assert market.hold(token).status_code == 303
    page = market.replay("", token)
    assert "Đang giữ: không ai xóa được" in page
    assert "Đơn số 5" in page
    assert "Đơn số 5" not in market.replay()
    assert market.hold(token, " ").status_code == 400
    (_, held) = market.change(lambda session: acts.of_session(session, market.show.id))
    assert held.by.office == "Chi cục Quản lý chất lượng"


def test_nobody_else_holds_anything(market: Market) -> None:
    assert market.hold(market.staff()).status_code == 404
    assert market.client.post(f"/live/{market.show.id}/replay/hold").status_code == 401


def test_what_was_deleted_leaves_its_list_and_says_so(market: Market, time_at: FixedClock) -> None:
    time_at.advance(4 * 366 * 86_400_000)
    market.change(keeping.look_after)
    page = market.replay()
    assert "Bản xem lại đã hết hạn lưu" in page
    assert "<video" not in page
    assert "Đã xóa" in market.see(f"/console/{market.show.seller_id}/recordings", market.staff())


def officer(session: Session) -> str:
    """Somebody who holds an office, signed in."""
    token, login = make_login(session)
    assert login.person_id is not None
    phone = people.facts(session, login.person_id).phone
    officers.name(session, phone, "Chi cục Quản lý chất lượng")
    return token
