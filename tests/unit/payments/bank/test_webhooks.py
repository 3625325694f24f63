"""The door for providers' notices."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core import clock, outbox
from core.clock import FixedClock
from core.db import db, write
from payments import payments
from payments.bank import sepay_signature
from payments.models import WebhookBody
from tests.factories.payments import (
    SECRET,
    Till,
    Transfer,
    make_till,
    open_payment,
    sepay_body,
    signed,
)

TRANSFER = Transfer("tien che", 50_000)


@pytest.fixture
def till(app: Flask) -> Till:
    with app.app_context():
        return write(make_till)


def send(client: FlaskClient, till: Till, body: bytes, headers: dict[str, str]) -> TestResponse:
    return client.post(f"/webhooks/sepay/{till.feed_id}", data=body, headers=headers)


def stored(app: Flask) -> list[WebhookBody]:
    with app.app_context():
        return list(db.session.scalars(select(WebhookBody)))


def refusal(answer: TestResponse) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    return answer.status_code, answer.json["code"]


def test_a_signed_notice_is_stored_as_it_came(app: Flask, client: FlaskClient, till: Till) -> None:
    body = sepay_body(till, TRANSFER)
    answer = send(client, till, body, signed(body))
    assert (answer.status_code, answer.json) == (200, {"success": True})
    (row,) = stored(app)
    assert (row.body, row.state) == (body, "stored")
    assert "X-SePay-Timestamp" in row.headers


def test_the_same_notice_again_is_answered_alike_and_stored_once(
    app: Flask, client: FlaskClient, till: Till
) -> None:
    body = sepay_body(till, TRANSFER)
    answers = [send(client, till, body, signed(body)) for _ in range(3)]
    assert [answer.json for answer in answers] == [{"success": True}] * 3
    assert len(stored(app)) == 1


def test_p18_a_bank_is_believed_while_our_time_stands_still_after_a_jump(
    client: FlaskClient, till: Till, time_at: FixedClock
) -> None:
    """The machine's clock went a day ahead and was set right: the bank's clock was never wrong."""
    clock.raise_floor(time_at.at_ms + 86_400_000)
    body, timestamp = sepay_body(till, TRANSFER), str(time_at.at_ms // 1000)
    signature = sepay_signature.sign(SECRET, timestamp, body)
    headers = {"X-SePay-Timestamp": timestamp, "X-SePay-Signature": signature}
    assert send(client, till, body, signed(body) | headers).status_code == 200


def test_a_key_in_the_header_is_enough_and_is_never_written_down(
    app: Flask, client: FlaskClient, till: Till
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Apikey {SECRET}"}
    assert send(client, till, sepay_body(till, TRANSFER), headers).status_code == 200
    assert SECRET not in stored(app)[0].headers


def test_the_inbox_hears_of_it_and_the_payment_settles(
    app: Flask, client: FlaskClient, till: Till
) -> None:
    with app.app_context():
        code = write(lambda session: open_payment(session, till, 130_000))
        body = sepay_body(till, Transfer(code, 130_000))
        send(client, till, body, signed(body))
        outbox.run_pending()
        assert payments.facts_by_code(db.session(), code).state == "settled"


@pytest.mark.parametrize("drift_ms", [-301_000, 301_000])
def test_an_old_or_early_notice_is_not_believed(
    app: Flask, client: FlaskClient, till: Till, drift_ms: int
) -> None:
    body = sepay_body(till, TRANSFER)
    answer = send(client, till, body, signed(body, drift_ms=drift_ms))
    assert refusal(answer) == (401, "bad_signature")
    assert stored(app) == []


def test_a_notice_is_judged_by_its_raw_bytes(app: Flask, client: FlaskClient, till: Till) -> None:
    body = sepay_body(till, TRANSFER)
    answer = send(client, till, body.replace(b", ", b","), signed(body))
    assert refusal(answer) == (401, "bad_signature")


@pytest.mark.parametrize("address", ["/webhooks/sepay/nosuchfeed", "/webhooks/casso/{}"])
def test_an_unknown_feed_is_not_found(client: FlaskClient, till: Till, address: str) -> None:
    body = sepay_body(till, TRANSFER)
    answer = client.post(address.format(till.feed_id), data=body, headers=signed(body))
    assert refusal(answer) == (404, "not_found")


def test_another_feeds_secret_does_not_open_this_one(
    app: Flask, client: FlaskClient, till: Till
) -> None:
    body = sepay_body(till, TRANSFER)
    answer = send(client, till, body, signed(body, secret="another feed's secret"))
    assert refusal(answer) == (401, "bad_signature")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"\xff", "bad_json"),
        (b'{"id":1,"id":2}', "bad_json"),
        (b'{"id":1,"transferAmount":NaN}', "bad_json"),
        (b'{"id":1,"transferAmount":%d}' % 10**30, "bad_json"),
        (b"[" * 50, "bad_json"),
        (b"[]", "bad_request"),
        (b"{}", "bad_request"),
    ],
)
def test_a_signed_body_that_is_no_notice_is_refused(
    client: FlaskClient, till: Till, body: bytes, code: str
) -> None:
    assert refusal(send(client, till, body, signed(body))) == (400, code)


@pytest.mark.parametrize("amount", [0, -1, "50000", 1.5, True, None])
def test_a_sum_that_is_no_sum_is_refused(client: FlaskClient, till: Till, amount: object) -> None:
    body = sepay_body(till, TRANSFER, transferAmount=amount)
    assert refusal(send(client, till, body, signed(body))) == (400, "bad_request")


@pytest.mark.parametrize("times", [1, 3])
def test_what_was_signed_and_cannot_be_read_is_kept_once_for_a_person(
    app: Flask, client: FlaskClient, till: Till, times: int
) -> None:
    body = sepay_body(till, TRANSFER, transferAmount="50000")
    for _ in range(times):
        send(client, till, body, signed(body))
    (row,) = stored(app)
    assert (row.body, row.state) == (body, "unreadable")
    assert "transferAmount" in row.problem


def test_an_unread_notice_does_not_stand_in_the_way_of_its_better_self(
    app: Flask, client: FlaskClient, till: Till
) -> None:
    for amount in ("50000", 50_000):
        body = sepay_body(till, TRANSFER, id=7, transferAmount=amount)
        send(client, till, body, signed(body))
    assert sorted(row.state for row in stored(app)) == ["stored", "unreadable"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_signature_counts_whatever_the_body_is_called(
    client: FlaskClient, till: Till, kind: str
) -> None:
    body = sepay_body(till, TRANSFER)
    assert send(client, till, body, signed(body) | {"Content-Type": kind}).status_code == 200


def test_an_oversized_body_is_refused(app: Flask, client: FlaskClient, till: Till) -> None:
    body = sepay_body(till, Transfer("x" * 70_000, 50_000))
    assert refusal(send(client, till, body, signed(body))) == (413, "too_large")
    assert stored(app) == []


def test_only_post_is_answered(client: FlaskClient, till: Till) -> None:
    assert client.get(f"/webhooks/sepay/{till.feed_id}").status_code == 405


def test_the_route_is_in_the_openapi_document(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document is not None
    assert "/webhooks/{provider}/{feed}" in document["paths"]
    assert "/.well-known/receipt-keys.json" in document["paths"]


def test_the_products_clock_judges_freshness(
    client: FlaskClient, till: Till, time_at: FixedClock
) -> None:
    body = sepay_body(till, TRANSFER)
    headers = signed(body)
    time_at.advance(301_000)
    assert refusal(send(client, till, body, headers)) == (401, "bad_signature")
