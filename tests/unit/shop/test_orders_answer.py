"""An order as the public API answers it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from payments.qr import vietqr
from payments.qr.vietqr import VietQR
from shop.ordering import orders_answer
from shop.ordering.orders_answer import OrderAnswer
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, make_order, make_stand, order, paid_order


def test_an_order_to_be_paid_says_all_the_contract_asks(session: Session) -> None:
    code = make_order(session, make_stand(session))
    told = orders_answer.answer(session, code)
    placed = order(session, code)
    assert {name: told[name] for name in ("code", "state", "amount_vnd", "due_vnd", "fee_vnd")} == {
        "code": code,
        "state": "placed",
        "amount_vnd": PRICE_VND,
        "due_vnd": PRICE_VND,
        "fee_vnd": 0,
    }
    assert told["pay_by"] == clock.iso(placed.pay_by_ms)
    assert "receipt_url" not in told


def test_its_link_carries_the_capability(session: Session) -> None:
    code = make_order(session, make_stand(session))
    link = urlsplit(str(orders_answer.answer(session, code)["url"]))
    assert (link.scheme, link.path) == ("http", f"/orders/{code}")
    assert parse_qs(link.query) == {"k": [order(session, code).capability]}


def test_its_qr_asks_for_what_is_still_due(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    pay(session, stand.till, code, 25_000)
    told = orders_answer.answer(session, code)
    read = vietqr.read(str(told["qr_payload"]))
    assert isinstance(read, VietQR)
    assert (told["due_vnd"], told["paid_vnd"]) == (40_000, 25_000)
    assert (read.amount_vnd, read.account) == (40_000, stand.till.number)


def test_a_paid_order_has_a_receipt_and_no_qr(session: Session) -> None:
    told = orders_answer.answer(session, paid_order(session, make_stand(session)))
    assert (told["state"], told["due_vnd"], told["qr_payload"]) == ("secured", 0, None)
    assert "/receipts/" in str(told["receipt_url"])


def test_the_schema_loses_nothing_of_the_answer(session: Session) -> None:
    told = orders_answer.answer(session, paid_order(session, make_stand(session)))
    assert OrderAnswer().dump(told) == told


def test_an_unknown_order_has_no_answer(session: Session) -> None:
    with pytest.raises(NotFound):
        orders_answer.answer(session, "CPX7K3M9Q2")
