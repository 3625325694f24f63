"""The receipt's page and pictures, the check page, the published keys."""

import base64
import io
import re

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from core.db import db, write
from core.qr_image import QUIET_MODULES, dark_runs
from payments.receipts import receipts
from payments.receipts.codec import Verdict, verify
from tests.factories.payments import make_till, settled_receipt
from tests.support import pdf_text


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


@pytest.mark.parametrize("name", ["a5", "slip"])
def test_the_pdf_says_what_the_page_says_with_every_vietnamese_mark(
    client: FlaskClient, receipt_id: str, name: str
) -> None:
    file = client.get(f"/receipts/{receipt_id}/{name}.pdf")
    said = " ".join(pdf_text.words(file.data).split())
    for words in (
        *(
            "Biên nhận",
            "HTX Chè Tân Cương",
            "Nguyễn Thị Hoa 09•• ••• 678",
            "1 × 130.000 đ /gói 200 g",
        ),
        *(
            "Chè đinh Tân Cương",
            "Tổng cộng",
            "Bằng chữ: Một trăm ba mươi nghìn đồng",
            "Chuyển khoản",
        ),
        *("19:05 25/11/2026", "Đã thanh toán", "Không phải hóa đơn GTGT"),
    ):
        assert words in said


def test_a_slip_is_as_long_as_it_needs_and_80_mm_wide(client: FlaskClient, receipt_id: str) -> None:
    file = client.get(f"/receipts/{receipt_id}/slip.pdf").data
    (box,) = re.findall(rb"/MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]", file)
    assert round(float(box[0]) / 72 * 25.4) == 80
    assert 120 < float(box[1]) / 72 * 25.4 < 250


def test_the_code_is_no_finer_than_version_15(app: Flask, receipt_id: str) -> None:
    payload = "https://cho-phien.example/receipts/check#" + token_of(app, receipt_id)
    side = dark_runs(payload)[0] - 2 * QUIET_MODULES
    assert (side - 17) // 4 <= 15


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
