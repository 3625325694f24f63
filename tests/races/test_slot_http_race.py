"""The seven places of a slot, wanted by fifty buyers over HTTP at one moment: seven have one."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.support.demo_market import DemoMarket
from tests.support.server import Server
from tests.support.visitors import Buyer, Json, arrive

STAFF = "0900000001"
BUYERS, PLACES = 50, 7


@pytest.fixture
def unguarded(database_url: str, tmp_path: Path) -> Iterator[DemoMarket]:
    application = "tests.support.unguarded_slot:app"
    started = DemoMarket(Server(tmp_path, database_url, application=application)).start()
    yield started
    started.server.stop()


def test_seven_of_fifty_have_a_place_and_the_others_keep_no_goods(market: DemoMarket) -> None:
    goods, gate = market.goods_of(STAFF)[0], Gate.of(market)
    assert race(gate, goods) == {(200, ""): PLACES, (409, "slot_full"): BUYERS - PLACES}
    assert market.host(STAFF).get(f"/listings/{goods['id']}")["left"] == goods["left"] - PLACES
    assert gate.booked() == (PLACES, PLACES)
    assert market.problems() == []


def test_without_the_guard_only_the_tables_check_stands_and_it_has_no_words(
    unguarded: DemoMarket,
) -> None:
    answers = race(Gate.of(unguarded), unguarded.goods_of(STAFF)[0])
    assert (409, "slot_full") not in answers
    assert answers[200, ""] < BUYERS


@dataclass(frozen=True)
class Gate:
    """A way of the demo's that goes by slots, with one of them made small, as its seller's desk shows it."""

    market: DemoMarket
    path: str
    slot: str

    @classmethod
    def of(cls, market: DemoMarket) -> "Gate":
        desk = f"/console/{market.goods_of(STAFF)[0]['seller']}/delivery"
        for path in dict.fromkeys(re.findall(rf"{desk}/ways/\w+", page(market, desk))):
            if found := re.search(rf"{path}/slots/(\w+)", page(market, path)):
                gate = cls(market, path, found[1])
                gate.resize(PLACES)
                return gate
        raise AssertionError("no way of the demo's goes by slots")

    @property
    def way(self) -> str:
        return self.path.rsplit("/", 1)[1]

    def resize(self, places: int) -> None:
        answer = requests.post(
            f"{self.market.url}{self.path}/slots/{self.slot}",
            data={"client_id": "slot-race", "capacity": str(places)},
            headers=staff(self.market),
            allow_redirects=False,
            timeout=30,
        )
        assert answer.status_code == 303, answer.text[:500]

    def booked(self) -> tuple[int, ...]:
        """Places taken, and all of them, as the desk tells it in words."""
        before = page(self.market, self.path).split(f"/slots/{self.slot}")[0]
        return tuple(int(number) for number in re.findall(r"(\d+) trên (\d+)", before)[-1])


def page(market: DemoMarket, path: str) -> str:
    answer = requests.get(market.url + path, headers=staff(market), timeout=30)
    assert answer.status_code == 200, path
    return answer.text


def staff(market: DemoMarket) -> dict[str, str]:
    return {"Authorization": f"Bearer {market.token(STAFF)}", "Origin": market.url}


def race(gate: Gate, goods: Json) -> Counter[tuple[int, str]]:
    """Let fifty new buyers order one pack for the same slot at once; how often each answer was given."""
    buyers = [arrive(gate.market.door) for _ in range(BUYERS)]
    for buyer in buyers:
        buyer.put_in_cart(goods["id"])
    start = threading.Barrier(BUYERS)
    wish = {"seller": goods["seller"], "name": "Hoa"}
    wish["delivery"] = {"way": gate.way, "slot": gate.slot}
    with ThreadPoolExecutor(BUYERS) as pool:
        return Counter(pool.map(lambda buyer: order(buyer, wish, start), buyers))


def order(buyer: Buyer, wish: Json, start: threading.Barrier) -> tuple[int, str]:
    start.wait(timeout=60)
    told = buyer.ask("/cart/orders", **wish)
    return told.status, "" if told.status == 200 else told.body["code"]
