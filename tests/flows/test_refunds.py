"""Money goes back over the pages: the account, the desk, the bank's word, one number everywhere."""

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.db import db
from payments.ledger import chart, posting
from payments.refunds import owed
from shop.ordering.order_facts import reference_of
from tests.factories.identity import bearer
from tests.support.butcher import Butcher
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, Json, new_client_id

ACCOUNT = {
    "bank_bin": "970436",
    "account_number": "0071 000 123 456",
    "account_holder": "Nguyễn Thị Hoa",
}
MORE_VND = 20_000


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


def surplus(stall: Stall, buyer: Buyer) -> Json:
    """An order for which 20.000 đ too much came."""
    buyer.put_in_cart(stall.listing, 1)
    order = buyer.order_cart(stall.seller)
    stall.bank_tells(order["code"], PRICE_VND + MORE_VND)
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


def path_of(order: Json, what: str) -> str:
    return str(order["url"]).replace("?k=", f"/{what}?k=")


def refund_at(order: Json) -> str:
    return path_of(order, "refund")


def desk(stall: Stall) -> str:
    return f"/console/{stall.seller}/refunds"


def begun(stall: Stall, order: Json, **fields: str) -> TestResponse:
    wanted = {"payment_code": order["code"], "source": "extra", "back_sum": "20.000"}
    said = {"reason": "chuyển thừa", **wanted, **fields}
    return post(stall, stall.host.token, desk(stall), **said)


def code_of(stall: Stall, order: Json) -> str:
    """The code of the order's one refund."""
    with stall.app.app_context():
        (debt,) = owed.of_references(db.session(), [reference_of(order["code"])])
    return debt.refunds[-1].code


def test_a_surplus_goes_to_the_account_its_buyer_enters_and_the_bank_closes_it(
    stall: Stall, buyer: Buyer
) -> None:
    order = surplus(stall, buyer)
    chosen = post(stall, buyer.token, path_of(order, "surplus"), choice="back")
    assert refund_at(order).endswith(chosen.headers["Location"])
    assert "Cho số tài khoản nhận lại" in page(stall, buyer.token, order["url"])
    assert post(stall, buyer.token, refund_at(order), **ACCOUNT).status_code == 303
    assert "20.000 đ" in page(stall, stall.host.token, desk(stall))
    at = str(begun(stall, order).headers["Location"])
    shown = page(stall, stall.host.token, at)
    assert "0071000123456" in shown
    assert "NGUYEN THI HOA" in shown
    assert stall.app.test_client().get(f"{at}/qr.png", headers=bearer(stall.host.token)).data
    assert "đang chờ ngân hàng" in page(stall, buyer.token, order["url"])
    stall.bank_tells(code_of(stall, order), MORE_VND, direction="out")
    assert "Ngân hàng xác nhận tiền đã đi" in page(stall, buyer.token, order["url"])
    assert "Không nợ khách khoản nào" in page(stall, stall.host.token, desk(stall))


def told_of(stall: Stall, order: Json) -> list[str]:
    """The kinds of notices made of an order's money, with its code among their facts."""
    query = text(
        "SELECT kind FROM notices WHERE seller_id = :seller AND facts LIKE :code"
        " AND kind LIKE 'refund%' ORDER BY kind, person_id"
    )
    said = {"seller": stall.seller, "code": f"%{order['code']}%"}
    with stall.app.app_context():
        return list(db.session.execute(query, said).scalars())


def test_people_hear_of_money_that_goes_back_and_comes_back(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    post(stall, buyer.token, refund_at(order), **ACCOUNT)
    post(stall, buyer.token, refund_at(order), **{**ACCOUNT, "account_number": "0071000999888"})
    assert told_of(stall, order) == ["refund_account"]
    begun(stall, order)
    code = code_of(stall, order)
    for direction in ("out", "out", "in", "in"):
        stall.bank_tells(code, MORE_VND, f"FT{direction}", direction=direction)
    mine = page(stall, buyer.token, "/account/notices")
    assert "Vietcombank •••• 9888" in mine
    assert "0071000999888" not in mine
    owner = ["refund_came_back"]
    assert told_of(stall, order) == ["refund_account", *owner, "refund_proved", "refund_returned"]


def test_the_account_is_masked_and_only_its_buyer_gives_one(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    assert post(stall, "", refund_at(order), **ACCOUNT).status_code == 403
    post(stall, buyer.token, refund_at(order), **ACCOUNT)
    shown = page(stall, buyer.token, refund_at(order))
    assert "•••• 3456" in shown
    assert "0071000123456" not in shown


def test_a_wrong_account_comes_back_with_what_was_typed(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    typed = {**ACCOUNT, "account_number": "12345"}
    wrong = post(stall, buyer.token, refund_at(order), **typed)
    assert (wrong.status_code, "12345" in wrong.text) == (422, True)
    assert 'value="970436" selected' in wrong.text


def test_every_step_sent_again_is_done_once(stall: Stall, buyer: Buyer) -> None:
    order, client_id = surplus(stall, buyer), new_client_id()
    for _ in range(2):
        post(stall, buyer.token, refund_at(order), **ACCOUNT, client_id=new_client_id())
    answers = {str(begun(stall, order, client_id=client_id).location) for _ in range(2)}
    (at,) = answers
    sent = {"bank_reference": "FT26326001", "client_id": new_client_id()}
    for _ in range(2):
        assert post(stall, stall.host.token, f"{at}/sent", **sent).status_code == 303
    assert "đang chờ ngân hàng" in page(stall, stall.host.token, at)


def test_more_than_was_paid_is_refused_in_words(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    refused = begun(stall, order, back_sum="20.001")
    assert (refused.status_code, "20000 đồng" in refused.text) == (409, True)
    assert begun(stall, order, source="paid", back_sum="65.001").status_code == 409


def test_chosen_packs_go_back_at_what_was_paid_for_them(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    answer = begun(stall, order, source="paid", back_sum="", back_1="1")
    assert answer.status_code == 303
    assert "Trả lại 65.000 đ" in page(stall, stall.host.token, str(answer.location))


def test_another_sellers_staff_sees_no_refund(stall: Stall, buyer: Buyer) -> None:
    order = surplus(stall, buyer)
    at = str(begun(stall, order).location)
    stranger = stall.buyer("Trần Văn Bình")
    assert stall.app.test_client().get(at, headers=bearer(stranger.token)).status_code == 404


def test_eighteen_thousand_by_the_scales_is_the_same_number_everywhere(
    stall: Stall, buyer: Buyer
) -> None:
    butcher = Butcher(stall)
    code = butcher.bought(buyer)
    butcher.weigh(code, "1,94")
    order = buyer.order(code)
    assert "18.000 đ" in page(stall, stall.host.token, desk(stall))
    assert owed_in_ledger(stall) == 18_000
    post(stall, buyer.token, refund_at(order), **ACCOUNT)
    begun(stall, order, source="paid", back_sum="18.000")
    stall.bank_tells(code_of(stall, order), 18_000, direction="out")
    assert owed_in_ledger(stall) == 0
    assert "Không nợ khách khoản nào" in page(stall, stall.host.token, desk(stall))
    for path in (order["url"], order["receipt_url"]):
        assert "18.000 đ" in page(stall, buyer.token, path)
    assert "Đã trả lại khách 18.000 đ" in page(stall, stall.host.token, f"/console/orders/{code}")
    assert buyer.order(code)["amount_vnd"] == 582_000


def owed_in_ledger(stall: Stall) -> int:
    """What the seller's books say is owed back to buyers."""
    with stall.app.app_context():
        found = posting.balances(db.session(), stall.seller)
    return -sum(one.amount_vnd for one in found if one.account == chart.REFUND_DUE)
