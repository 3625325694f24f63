"""P3, P7: what the bank says about an order's money, and what becomes of order, receipt and every đồng."""

import itertools
import json

import pytest
from sqlalchemy import text, update

from core.db import db, write
from payments.models import MatchedPart
from payments.qr import vietqr
from tests.factories.identity import bearer
from tests.factories.payments import Transfer, sepay_body, signed
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Buyer, Json

DUE_VND = 2 * PRICE_VND
DAY_MS = 24 * 3_600_000


@pytest.fixture
def buyer(stall: Stall) -> Buyer:
    return stall.buyer()


@pytest.fixture
def code(stall: Stall, buyer: Buyer) -> str:
    """An order of two packs at 65.000 đ each, to be picked up."""
    buyer.put_in_cart(stall.listing, 2)
    return str(buyer.order_cart(stall.seller)["code"])


def money(order: Json) -> tuple[str, int, int]:
    """The order's state, and what was paid and is due."""
    return order["state"], order["paid_vnd"], order["due_vnd"]


def asked_by_qr(order: Json) -> int | None:
    """What the order's QR asks for."""
    read = vietqr.read(order["qr_payload"])
    assert isinstance(read, vietqr.VietQR)
    return read.amount_vnd


def test_p3_the_exact_sum_secures_the_order_and_brings_a_receipt(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)
    stall.bank_tells(f"{code} tra tien che", DUE_VND)
    order = buyer.order(code)
    assert money(order) == ("secured", DUE_VND, 0)
    assert order["qr_payload"] is None
    assert code in stall.page(order["receipt_url"])
    assert "dư" not in stall.page(order["url"])


def test_p3_less_is_part_paid_and_a_top_up_qr_asks_for_the_rest(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    stall.bank_tells(code, 100_000)
    order = buyer.order(code)
    assert money(order) == ("placed", 100_000, DUE_VND - 100_000)
    assert asked_by_qr(order) == DUE_VND - 100_000
    assert "receipt_url" not in order
    stall.bank_tells(code, DUE_VND - 100_000)
    assert money(buyer.order(code)) == ("secured", DUE_VND, 0)


def test_p3_more_secures_the_order_and_the_buyer_reads_of_the_surplus(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    stall.bank_tells(code, DUE_VND + 7_000)
    order = buyer.order(code)
    assert money(order) == ("secured", DUE_VND, 0)
    assert "7.000 đ" in stall.page(order["url"])
    assert stall.suspense() == {"surplus": 7_000}


def test_p3_the_same_notice_again_and_again_counts_once(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    body = stall.bank_tells(code, 60_000)
    for _ in range(3):
        assert stall.post_notice(body, signed(body)).status == 200
    assert money(buyer.order(code)) == ("placed", 60_000, DUE_VND - 60_000)


def test_p3_one_movement_told_under_two_notice_ids_counts_once(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    for _ in range(2):
        stall.bank_tells(code, 60_000, reference="FT-one-movement")
    assert money(buyer.order(code)) == ("placed", 60_000, DUE_VND - 60_000)


def test_p3_a_second_real_transfer_is_a_duplicate_to_be_refunded(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    for _ in range(2):
        stall.bank_tells(code, DUE_VND)
    order = buyer.order(code)
    assert money(order) == ("secured", DUE_VND, 0)
    assert "130.000 đ" in stall.page(order["url"]).split("hoàn")[0]
    assert stall.suspense() == {"duplicate": DUE_VND}


@pytest.mark.parametrize("order_of", list(itertools.permutations(range(3))))
def test_p3_any_order_of_the_same_facts_gives_the_same_state(
    stall: Stall, buyer: Buyer, code: str, order_of: tuple[int, ...]
) -> None:
    notices = [
        sepay_body(stall.till, Transfer(code, vnd, f"FT{vnd}")) for vnd in (50_000, 80_000, 9_000)
    ]
    for which in (*order_of, *order_of):
        stall.post_notice(notices[which], signed(notices[which]))
    order = buyer.order(code)
    assert money(order) == ("secured", DUE_VND, 0)
    assert sum(stall.suspense().values()) == 9_000


@pytest.mark.parametrize(
    "written",
    [
        "MBVCB.123 {0} tra tien che GD 1234",
        "chuyen tien {0}.",
        "{lower} cam on htx",
        "{0}CHUYEN KHOAN",
    ],
)
def test_p3_the_code_is_found_wherever_the_bank_puts_it(
    stall: Stall, buyer: Buyer, code: str, written: str
) -> None:
    stall.bank_tells(written.format(code, lower=code.lower()), DUE_VND)
    assert buyer.order(code)["state"] == "secured"


def test_p3_a_code_broken_by_spaces_and_dashes_is_found(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    stall.bank_tells(f"tra {code[:4]} {code[4:7]}-{code[7:]} nhe", DUE_VND)
    assert buyer.order(code)["state"] == "secured"


@pytest.mark.parametrize("said", ["tien che thang nay", "CPAAAAAAAA", "CPX7K3M9Q2", ""])
def test_p7_money_without_a_known_code_waits_in_suspense_and_pays_nobody(
    stall: Stall, buyer: Buyer, code: str, said: str
) -> None:
    stall.bank_tells(said, DUE_VND)
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)
    assert stall.suspense() == {"unknown_code": DUE_VND}


def test_p3_money_on_another_account_of_the_seller_pays(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    till = stall.second_till()
    stall.bank_tells(code, DUE_VND, till=till)
    assert buyer.order(code)["state"] == "secured"
    said = f"130.000 đ vào tài khoản khác của mình: Demo Bank •••• {till.number[-4:]}"
    page = stall.page(f"/console/orders/{code}", stall.host.token)
    assert f"{said}, không phải Demo Bank •••• {stall.till.number[-4:]}" in page
    assert "tài khoản khác" not in stall.page(buyer.order(code)["url"])


def test_p7_money_that_nobody_places_for_days_rings_where_people_look_first(stall: Stall) -> None:
    owner, front = stall.host.token, f"/console/{stall.seller}/money"
    stall.bank_tells("tien che khong ma", 41_000)
    heard_ago(stall, days=3)
    stall.tick()
    assert "Chờ đã quá ba ngày" not in stall.page(front, owner)
    heard_ago(stall, days=4)
    for _twice in range(2):
        stall.tick()
    page = stall.page(front, owner)
    assert "Chờ đã quá ba ngày 1 khoản, 41.000 đ · Người lo:" in page
    assert "tien che khong ma" in page
    morning = stall.page(f"/console/{stall.seller}/today", owner)
    assert "Tiền chờ quá ba ngày 41.000 đ · lâu nhất 4 ngày · Người lo:" in morning
    assert old_money(stall) == ["3"]
    heard_ago(stall, days=8)
    stall.tick()
    assert old_money(stall) == ["3", "7"]


def heard_ago(stall: Stall, days: int) -> None:
    """Have what waits at the stall be heard so long ago: the clock is everybody's here."""
    at_ms = stall.time.at_ms - days * DAY_MS
    mine = update(MatchedPart).where(MatchedPart.seller_id == stall.seller)
    with stall.app.app_context():
        write(lambda session: session.execute(mine.values(at_ms=at_ms)).close())


def old_money(stall: Stall) -> list[str]:
    """How old was the money of which the stall's owner was told."""
    query = text("SELECT facts FROM notices WHERE kind = 'money_waits' AND seller_id = :seller")
    with stall.app.app_context():
        rows = db.session.scalars(query, {"seller": stall.seller}).all()
    return sorted(json.loads(facts)["days"] for facts in rows)


def test_p3_money_on_another_sellers_account_does_not_pay(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    stall.bank_tells(code, DUE_VND, till=stall.second_till("another"))
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)
    assert stall.suspense() == {}


def test_p3_money_that_leaves_the_account_pays_nothing(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    stall.bank_tells(code, DUE_VND, direction="out")
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)


def forged(body: bytes, wrong: str) -> dict[str, str]:
    """The headers of a notice, with one thing wrong."""
    right = signed(body)
    later = str(int(right["X-SePay-Timestamp"]) + 1)
    match wrong:
        case "secret":
            return signed(body, secret="somebody else's")
        case "body":
            return signed(body + b" ")
        case "too old":
            return signed(body, drift_ms=-6 * 60_000)
        case "too new":
            return signed(body, drift_ms=6 * 60_000)
        case "time":
            return {**right, "X-SePay-Timestamp": later}
    return {name: value for name, value in right.items() if name != wrong}


@pytest.mark.parametrize(
    "wrong",
    ["secret", "body", "too old", "too new", "time", "X-SePay-Timestamp", "X-SePay-Signature"],
)
def test_p3_a_notice_that_is_not_rightly_signed_is_refused_and_changes_nothing(
    stall: Stall, buyer: Buyer, code: str, wrong: str
) -> None:
    body = sepay_body(stall.till, Transfer(code, DUE_VND))
    assert stall.post_notice(body, forged(body, wrong)).status in (400, 401, 403)
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)
    assert stall.suspense() == {}


def test_p3_a_feed_is_believed_about_its_own_account_only(
    stall: Stall, buyer: Buyer, code: str
) -> None:
    foreign = stall.second_till("another")
    body = sepay_body(stall.till, Transfer(code, DUE_VND))
    stall.post_notice(body, signed(body), foreign)
    assert money(buyer.order(code)) == ("placed", 0, DUE_VND)


def test_p4_the_books_tell_of_a_paid_order_on_a_page_and_in_a_file(stall: Stall, code: str) -> None:
    stall.bank_tells(code, DUE_VND)
    here = f"/console/{stall.seller}/money/books/journal"
    page = stall.page(f"{here}?about={code}", stall.host.token)
    assert code in page
    assert "130.000 đ" in page
    file = stall.app.test_client().get(f"{here}.csv", headers=bearer(stall.host.token))
    assert code in file.text
