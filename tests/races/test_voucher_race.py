"""A voucher for one use, wanted by fifty orders at one moment: one has it, the rest are told so."""

import datetime
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.support.demo_market import DemoMarket
from tests.support.server import Server
from tests.support.visitors import PICKUP, Buyer, Json, arrive

STAFF = "0900000001"
BUYERS = 50


@pytest.fixture
def unguarded(database_url: str, tmp_path: Path) -> Iterator[DemoMarket]:
    application = "tests.support.unguarded_voucher:app"
    started = DemoMarket(Server(tmp_path, database_url, application=application)).start()
    yield started
    started.server.stop()


def test_one_of_fifty_has_the_last_use_and_the_others_keep_no_goods(market: DemoMarket) -> None:
    goods = market.goods_of(STAFF)[0]
    left = goods["left"]
    answers = race(market, goods)
    assert answers == {(200, ""): 1, (409, "voucher_used_up"): BUYERS - 1}
    assert market.host(STAFF).get(f"/listings/{goods['id']}")["left"] == left - 1
    assert market.problems() == []


def test_without_the_guard_only_the_tables_check_stands_and_it_has_no_words(
    unguarded: DemoMarket,
) -> None:
    answers = race(unguarded, unguarded.goods_of(STAFF)[0])
    assert (409, "voucher_used_up") not in answers
    assert answers[200, ""] < BUYERS


def race(market: DemoMarket, goods: Json) -> Counter[tuple[int, str]]:
    """Let fifty new buyers order one pack with the same code at once; how often each answer was given."""
    give_out(market, goods["seller"])
    buyers = [arrive(market.door) for _ in range(BUYERS)]
    for buyer in buyers:
        buyer.put_in_cart(goods["id"])
    gate = threading.Barrier(BUYERS)
    with ThreadPoolExecutor(BUYERS) as pool:
        return Counter(pool.map(lambda buyer: order(buyer, goods["seller"], gate), buyers))


def order(buyer: Buyer, seller: str, gate: threading.Barrier) -> tuple[int, str]:
    """Order the cart with the code when all are ready."""
    wish = {"seller": seller, "name": "Hoa", "delivery": PICKUP, "voucher": "một lượt"}
    gate.wait(timeout=60)
    told = buyer.ask("/cart/orders", **wish)
    return told.status, "" if told.status == 200 else told.body["code"]


def give_out(market: DemoMarket, seller: str) -> None:
    """Have the seller make a voucher for one use on its desk."""
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    form = {
        "client_id": "voucher-race",
        "voucher_code": "MOTLUOT",
        "kind": "sum",
        "worth": "10k",
        "most_uses": "1",
        "until": tomorrow.isoformat(),
    }
    answer = requests.post(
        f"{market.url}/console/{seller}/vouchers",
        data=form,
        headers={"Authorization": f"Bearer {market.token(STAFF)}", "Origin": market.url},
        allow_redirects=False,
        timeout=30,
    )
    assert answer.status_code == 303, answer.text[:500]
