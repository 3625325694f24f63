"""A VAT invoice over the pages: asked on one's own device, answered at the desk, read on order, receipt."""

import pytest
from werkzeug.test import TestResponse

from tests.factories.identity import bearer
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, Json, new_client_id

ASKED = {
    "name": "Công ty Chè",
    "tax_code": "0100109106",
    "address": "Số 1 Hàng Bài",
    "mailbox": "ke.toan@example.com",
}
NUMBER = "1C26TCP 00000123"


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def paid(stall: Stall, buyer: Buyer) -> Json:
    buyer.put_in_cart(stall.listing, 1)
    order = buyer.order_cart(stall.seller)
    stall.bank_tells(order["code"], PRICE_VND)
    return buyer.order(order["code"])


def post(stall: Stall, token: str, path: str, **fields: str) -> TestResponse:
    body = {"client_id": new_client_id(), **fields}
    headers = bearer(token) if token else {}
    answer = stall.app.test_client().post(path, data=body, headers=headers)
    stall.settle()
    return answer


def page(stall: Stall, token: str, path: str) -> str:
    """The whole of a page, marks and all."""
    return stall.app.test_client().get(path, headers=bearer(token)).text


def asked_at(order: Json) -> str:
    return str(order["url"]).replace("?k=", "/invoice?k=")


def test_the_link_alone_reads_and_asks_nothing(stall: Stall, buyer: Buyer) -> None:
    order = paid(stall, buyer)
    assert post(stall, buyer.token, asked_at(order), **ASKED).status_code == 303
    refused = post(stall, "", asked_at(order), **{**ASKED, "name": "Kẻ lạ"})
    assert refused.status_code == 403
    assert ASKED["tax_code"] not in refused.text
    assert "Kẻ lạ" not in stall.page(asked_at(order), buyer.token)


def test_a_wrong_tax_code_comes_back_with_what_was_typed(stall: Stall, buyer: Buyer) -> None:
    order = paid(stall, buyer)
    wrong = post(stall, buyer.token, asked_at(order), **{**ASKED, "tax_code": "0100109107"})
    assert wrong.status_code == 400
    assert "dò lại từng số" in wrong.text
    assert "0100109107" in wrong.text
    assert ASKED["mailbox"] in wrong.text


def test_an_issued_invoice_stands_on_order_and_receipt(stall: Stall, buyer: Buyer) -> None:
    order = paid(stall, buyer)
    post(stall, buyer.token, asked_at(order), **ASKED)
    desk = f"/console/{stall.seller}/invoices"
    listed = page(stall, stall.host.token, desk)
    assert "mới hôm nay" in listed
    invoice = listed.partition('id="i-')[2].partition('"')[0]
    fields = {"seen": "1", "invoice_number": NUMBER, "url": "https://hoadon.example.com/1"}
    assert post(stall, stall.host.token, f"{desk}/{invoice}/issue", **fields).status_code == 303
    assert post(stall, stall.host.token, f"{desk}/{invoice}/issue", **fields).status_code == 409
    receipt = page(stall, buyer.token, order["receipt_url"])
    assert "Không phải hóa đơn GTGT" in receipt
    for shown in (receipt, page(stall, buyer.token, order["url"])):
        assert NUMBER in shown
        assert fields["url"] in shown
