"""The receipt's page and pictures, the check page, the published keys."""

import base64
import io

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from core.db import db, write
from payments.receipts import receipts
from payments.receipts.codec import Verdict, verify
from tests.factories.payments import make_till, settled_receipt


@pytest.fixture
def receipt_id(app: Flask) -> str:
    with app.app_context():
        return write(lambda session: settled_receipt(session, make_till(session)))


def token_of(app: Flask, receipt_id: str) -> str:
    with app.app_context():
        return receipts.get(db.session(), receipt_id).token


@pytest.mark.parametrize(
    "words",
    [
        "HTX Chè Tân Cương",
        "Nguyễn Thị Hoa",
        "09•• ••• 678",
        "Chè đinh Tân Cương",
        "130.000 đ",
        "Một trăm ba mươi nghìn đồng",
        "19:05 25/11/2026",
        "Không phải hóa đơn GTGT",
    ],
)
def test_the_page_says_everything(client: FlaskClient, receipt_id: str, words: str) -> None:
    assert words in client.get(f"/receipts/{receipt_id}").text


def test_the_page_is_not_indexed(client: FlaskClient, receipt_id: str) -> None:
    assert client.get(f"/receipts/{receipt_id}").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["", "/qr.svg", "/qr.png"])
def test_an_unknown_receipt_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/receipts/nosuchreceipt{path}").status_code == 404


def test_p10_the_picture_leads_to_the_check_page_with_a_token_that_verifies_by_published_keys(
    client: FlaskClient, receipt_id: str
) -> None:
    picture = client.get(f"/receipts/{receipt_id}/qr.png")
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.data)))
    address, _, token = read.text.partition("#")
    assert address == "http://localhost:8000/receipts/check"
    published = client.get("/.well-known/receipt-keys.json").json
    assert published is not None
    keys = {row["kid"]: base64.urlsafe_b64decode(row["x"] + "=") for row in published["keys"]}
    assert verify(token, keys).verdict is Verdict.VALID


def test_the_drawing_for_print_is_one_small_svg(
    app: Flask, client: FlaskClient, receipt_id: str
) -> None:
    drawing = client.get(f"/receipts/{receipt_id}/qr.svg")
    assert drawing.mimetype == "image/svg+xml"
    assert len(drawing.data) < 40_000
    assert token_of(app, receipt_id) not in drawing.text


def test_the_keys_say_since_when_and_name_no_void(client: FlaskClient) -> None:
    published = client.get("/.well-known/receipt-keys.json")
    assert published.json is not None
    assert [set(key) for key in published.json["keys"]] == [
        {"kid", "kty", "crv", "use", "x", "since"}
    ]
    assert published.json["voids"]["receipts"] == []
    assert published.headers["Access-Control-Allow-Origin"] == "*"


def test_the_check_page_needs_no_login_and_tells_what_to_do_without_scripts(
    client: FlaskClient,
) -> None:
    page = client.get("/receipts/check")
    assert page.status_code == 200
    assert "<noscript>" in page.text
