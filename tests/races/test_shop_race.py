"""P1: two hundred web orders and grants to shows want the last seven packs: seven get one, the rest a 409."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.support.demo_market import DemoMarket
from tests.support.server import Server
from tests.support.visitors import PICKUP, Answer, Buyer, Json, arrive, pin

STAFF = "0900000001"
PACKS = 7
ORDERS, RESIZED, NEW = 100, 50, 50
ALL = ORDERS + RESIZED + NEW
TAKEN, REFUSED = (200, ""), (409, "out_of_stock")

Act = Callable[[], Answer]
Outcome = tuple[int, str]


@pytest.fixture
def unguarded(database_url: str, tmp_path: Path) -> Iterator[DemoMarket]:
    application = "tests.support.unguarded_shop:app"
    started = DemoMarket(Server(tmp_path, database_url, application=application)).start()
    yield started
    started.server.stop()


def test_p1_exactly_seven_are_sold_or_granted_and_the_rest_are_told_so(market: DemoMarket) -> None:
    goods = market.goods_of(STAFF)[0]
    answers = race(market, goods)
    assert answers == {TAKEN: PACKS, REFUSED: ALL - PACKS}
    assert left(market, goods) == 0
    assert market.problems() == []
    assert "Traceback" not in market.server.log_path.read_text()


def test_without_the_guard_the_same_race_oversells(unguarded: DemoMarket) -> None:
    answers = race(unguarded, unguarded.goods_of(STAFF)[0])
    assert answers[TAKEN] > PACKS
    assert unguarded.server.flask("fsck", expect=1)


def race(market: DemoMarket, goods: Json) -> Counter[Outcome]:
    """Let 200 want one of the last seven packs at the same moment; how often each answer was given."""
    acts = [*grants(market, goods), *orders(market, goods)]
    buy_all_but_seven(market, goods)
    gate = threading.Barrier(ALL)
    with ThreadPoolExecutor(ALL) as pool:
        return Counter(pool.map(lambda act: at_once(gate, act), acts))


def at_once(gate: threading.Barrier, act: Act) -> Outcome:
    gate.wait(timeout=60)
    told = act()
    return (told.status, "") if told.status == 200 else (told.status, told.body["code"])


def grants(market: DemoMarket, goods: Json) -> list[Act]:
    """For each of fifty sessions one pack more for its pin, and fifty new sessions of one pack."""
    host, seller = market.host(STAFF), goods["seller"]
    made = [host.open(seller, [pin(goods["id"], packs=1)]) for _ in range(RESIZED)]
    new = {"seller": seller, "title": "Chợ", "minutes": 90, "pins": [pin(goods["id"], packs=1)]}
    return [
        *(partial(host.ask, f"/live/{one}/pins/A1/allotment", packs=2) for one in made),
        *(partial(host.ask, "/live", **new) for _ in range(NEW)),
    ]


def orders(market: DemoMarket, goods: Json) -> list[Act]:
    """A hundred new buyers with one pack in the cart, who press "order"."""
    buyers = [arrive(market.door) for _ in range(ORDERS)]
    for buyer in buyers:
        buyer.put_in_cart(goods["id"])
    wish = {"seller": goods["seller"], "name": "Hoa", "delivery": PICKUP}
    return [partial(buyer.ask, "/cart/orders", **wish) for buyer in buyers]


def buy_all_but_seven(market: DemoMarket, goods: Json) -> None:
    """One more buyer orders what else there is."""
    early: Buyer = arrive(market.door)
    early.put_in_cart(goods["id"], left(market, goods) - PACKS)
    early.order_cart(goods["seller"])
    assert left(market, goods) == PACKS


def left(market: DemoMarket, goods: Json) -> int:
    """The packs the web shop may still sell."""
    return int(market.host(STAFF).get(f"/listings/{goods['id']}")["left"])
