"""The shop for programs."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import write
from core.identity import logins
from tests.factories.identity import bearer, make_login
from tests.factories.shop import Stand, make_stand

Body = dict[str, Any]


@pytest.fixture
def stand(app: Flask) -> Stand:
    with app.app_context():
        return write(lambda session: make_stand(session, packs=3))


@pytest.fixture
def buyer(app: Flask) -> dict[str, str]:
    with app.app_context():
        return bearer(write(lambda session: make_login(session))[0])


def fill(client: FlaskClient, buyer: dict[str, str], stand: Stand, packs: int = 2) -> Body:
    line = {"listing": stand.listing_id, "packs": packs, "client_id": "cart-0001"}
    answer = client.post("/api/v1/cart/lines", json=line, headers=buyer)
    assert answer.status_code == 200
    told: Body = answer.json or {}
    return told


def wish(stand: Stand, client_id: str = "order-001", **changed: object) -> Body:
    fields = {"name": "Hoa", "delivery": {"way": "pickup"}}
    return {"client_id": client_id, "seller": stand.seller_id, **fields, **changed}


def test_a_guest_is_asked_to_come_in(client: FlaskClient, stand: Stand) -> None:
    line = {"listing": stand.listing_id, "packs": 1, "client_id": "cart-0001"}
    answer = client.post("/api/v1/cart/lines", json=line)
    assert (answer.status_code, (answer.json or {})["code"]) == (401, "login_required")


def test_a_cart_line_sent_twice_counts_once(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    assert fill(client, buyer, stand) == fill(client, buyer, stand)
    cart = client.get("/api/v1/cart", headers=buyer).json or {}
    (part,) = cart["sellers"]
    assert (part["goods_vnd"], part["lines"][0]["packs"]) == (130_000, 2)


def test_a_line_is_set_and_taken_out(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand)
    path = f"/api/v1/cart/lines/{stand.listing_id}"
    for number, (packs, goods) in enumerate([(3, [195_000]), (0, [])]):
        body = {"packs": packs, "client_id": f"change-{number}"}
        told = client.put(path, json=body, headers=buyer).json or {}
        assert [part["goods_vnd"] for part in told["sellers"]] == goods


def test_an_order_answers_with_its_qr_and_can_be_read_again(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand)
    placed = client.post("/api/v1/cart/orders", json=wish(stand), headers=buyer).json or {}
    assert (placed["state"], placed["amount_vnd"], placed["due_vnd"]) == (
        "placed",
        130_000,
        130_000,
    )
    assert placed["qr_payload"].startswith("000201")
    again = client.get(f"/api/v1/orders/{placed['code']}", headers=buyer).json
    assert again == placed


def test_an_order_sent_twice_is_one_order(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand)
    first, second = (
        client.post("/api/v1/cart/orders", json=wish(stand), headers=buyer).json for _ in "ab"
    )
    assert first == second
    other = client.post("/api/v1/cart/orders", json=wish(stand, name="Lan"), headers=buyer)
    assert (other.status_code, (other.json or {})["code"]) == (409, "client_id_conflict")


def test_more_than_there_is_is_refused_in_packs(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand, packs=4)
    answer = client.post("/api/v1/cart/orders", json=wish(stand), headers=buyer)
    told = answer.json or {}
    assert (answer.status_code, told["code"], told["left"]) == (409, "out_of_stock", 3)


def test_a_device_without_a_number_gives_one_with_its_order(
    app: Flask, client: FlaskClient, stand: Stand
) -> None:
    with app.app_context():
        token = write(lambda session: logins.issue(session, None, verified=False))
    fill(client, bearer(token), stand)
    asked = {"json": wish(stand), "headers": bearer(token)}
    assert client.post("/api/v1/cart/orders", **asked).status_code == 400
    asked["json"] = wish(stand, phone="0912 345 678")
    placed = client.post("/api/v1/cart/orders", **asked).json or {}
    path = f"/api/v1/orders/{placed['code']}"
    assert client.get(path, headers=bearer(token)).status_code == 200


def test_an_order_is_read_with_its_key_and_never_by_its_code(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand)
    placed = client.post("/api/v1/cart/orders", json=wish(stand), headers=buyer).json or {}
    path, key = f"/api/v1/orders/{placed['code']}", placed["url"].partition("?")[2]
    assert client.get(f"{path}?{key}").status_code == 200
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?k=").status_code == 404


def test_an_order_is_cancelled_by_its_buyer_once_and_again(
    client: FlaskClient, buyer: dict[str, str], stand: Stand
) -> None:
    fill(client, buyer, stand)
    placed = client.post("/api/v1/cart/orders", json=wish(stand), headers=buyer).json or {}
    path, body = f"/api/v1/orders/{placed['code']}/cancel", {"client_id": "cancel-01"}
    answers = [client.post(path, json=body, headers=buyer).json or {} for _ in "ab"]
    assert [answer["state"] for answer in answers] == ["cancelled", "cancelled"]
    assert client.post(path, json=body).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_vnd": 1},
        {"seller": "../x"},
        {"name": ""},
        {"delivery": {}},
        {"delivery": {"way": "pickup", "fee_vnd": 0}},
        {"phone": "12"},
        {"client_id": "short"},
    ],
)
def test_a_wrong_body_is_refused_and_nothing_is_ordered(
    client: FlaskClient, buyer: dict[str, str], stand: Stand, wrong: Body
) -> None:
    fill(client, buyer, stand)
    answer = client.post("/api/v1/cart/orders", json={**wish(stand), **wrong}, headers=buyer)
    assert (answer.status_code, (answer.json or {})["code"]) == (400, "bad_request")
    cart = client.get("/api/v1/cart", headers=buyer).json or {}
    assert len(cart["sellers"]) == 1
