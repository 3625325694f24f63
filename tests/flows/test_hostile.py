"""What somebody who means harm tried over HTTP, each attempt that once succeeded kept as a test."""

from io import BytesIO

import gevent
import pytest
from argon2 import PasswordHasher
from gunicorn.http.errors import InvalidChunkSize
from werkzeug.test import TestResponse

from core import rate
from core.db import db
from core.http import bodies, current
from tests.flows.build import BUYERS_PHONE, PASSWORD
from tests.flows.market import GUEST, Market

NO_ORIGINS = ("http://[", "http://[::1", "https://[x]:1", "http://a]b", "null", "")


@pytest.mark.parametrize("origin", NO_ORIGINS)
def test_an_origin_that_is_no_address_is_a_foreign_one(market: Market, origin: str) -> None:
    answer = market.ask(
        GUEST, "POST", "/cart/lines", data={"packs": "1"}, headers={"Origin": origin}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/host/%0a", "/host/x%0d%0aSet-Cookie:a=b", "/live/%0a/basket/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_line_break_in_an_address_leads_nowhere(market: Market, method: str, path: str) -> None:
    """It went into the address to come back to after signing in, and no header holds one."""
    assert market.ask(GUEST, method, path).status_code in {404, 405}


@pytest.mark.parametrize("other", ["Basic YTpi", "Bearer", "Bearer ", "Apikey x", ""])
def test_a_foreign_page_cannot_use_the_cookie_beside_another_authorization(
    market: Market, other: str
) -> None:
    headers = {"Origin": "https://evil.example", "Authorization": other}
    browser = market.app.test_client()
    browser.set_cookie("device", market.tokens["staff_a"])
    assert browser.post("/logout", headers=headers).status_code == 403
    assert browser.get("/console/orders").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/auth/logout", "/webhooks/sepay/nothing", "/login"])
def test_a_body_without_a_length_is_not_cut_to_what_fits(market: Market, path: str) -> None:
    right_and_more = b"{}".ljust(64 * 1024) + b"rubbish"
    assert post_raw(market, path, right_and_more, {}).status_code == 413


@pytest.mark.parametrize("packs", [b"1", b"12"])
def test_half_a_form_orders_nothing(market: Market, packs: bytes) -> None:
    """The phone lost its signal after `packs=1` of `packs=123`."""
    listing = market.ids["listing"].encode()
    came, before = (
        b"client_id=cut-off-1&listing=" + listing + b"&packs=" + packs,
        market.count("cart_lines"),
    )
    length = {"CONTENT_LENGTH": str(len(came) + 2)}
    assert post_raw(market, "/cart/lines", came, length).status_code == 400
    assert market.count("cart_lines") == before
    assert post_raw(market, "/cart/lines", came, {}).status_code == 303


def test_who_guesses_a_password_somewhere_does_not_lock_the_owner_out_elsewhere(
    market: Market,
) -> None:
    """Two guesses a minute from anywhere kept a host from signing in, on the day of the sale too."""

    def sign_in(password: str, address: str) -> int:
        answer = market.client().post(
            "/api/v1/auth/login",
            json={"phone": BUYERS_PHONE, "password": password},
            environ_overrides={"REMOTE_ADDR": address},
        )
        return answer.status_code

    assert [sign_in("wrong", "203.0.113.7") for _ in range(12)] == [401] * 10 + [429] * 2
    assert sign_in(PASSWORD, "198.51.100.1") == 200


def test_a_login_that_waits_for_its_hash_keeps_no_connection_from_the_pages(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty logins at once used up every connection, and the shop stood still for their hashes."""
    in_use: list[int] = []

    def verify(_self: PasswordHasher, _kept: str, _typed: str) -> bool:
        in_use.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    login = {"phone": BUYERS_PHONE, "password": PASSWORD}
    assert market.ask(GUEST, "POST", "/api/v1/auth/login", json=login).status_code == 200
    assert in_use == [0]


def test_devices_are_not_made_without_end_for_one_network(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "_DEVICES_BY_ADDRESS", rate.Limit("device", 1, 60_000))
    line = {"listing": market.ids["listing"], "packs": "1", "client_id": "add-to-cart-1"}
    before = market.count("auth_sessions")
    answers = [market.ask(GUEST, "POST", "/cart/lines", data=line) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 429, 429]
    assert market.count("auth_sessions") == before + 1


class _NeverComes(BytesIO):
    """A body of which nothing arrives."""

    def readinto(self, _buffer: object) -> int:
        gevent.sleep(10)
        raise AssertionError("somebody waited for it")


def test_nobody_waits_for_ever_for_a_body(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_S", 0.05)
    announced = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "10"}
    answer = market.client().post(
        "/api/v1/auth/login", input_stream=_NeverComes(), environ_overrides=announced
    )
    assert (answer.status_code, answer.get_json()["why"]) == (400, "too slow")


def post_raw(market: Market, path: str, came: bytes, length: dict[str, str]) -> TestResponse:
    """POST bytes as gunicorn hands them over: as much as came, whatever was announced."""
    is_form = not path.startswith(("/api", "/webhooks"))
    return market.client().post(
        path,
        input_stream=BytesIO(came),
        content_type="application/x-www-form-urlencoded" if is_form else "application/json",
        headers={"Origin": market.origin},
        environ_overrides={"wsgi.input_terminated": True, **length},
    )


class _Broken(BytesIO):
    """A body in pieces that do not say how long they are."""

    def readinto(self, _buffer: object) -> int:
        raise InvalidChunkSize(b"zz")


def test_pieces_that_cannot_be_read_are_the_senders_fault(market: Market) -> None:
    answer = market.client().post(
        "/webhooks/sepay/a",
        input_stream=_Broken(),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (answer.status_code, answer.get_json()["why"]) == (400, "broken")
