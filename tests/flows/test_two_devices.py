"""Two devices of one number: one buyer's limits, and one buyer's news where both have proved the number."""

import pytest

from tests.support.demo_market import DemoMarket, Show, open_show
from tests.support.live_client import Json, LiveSocket
from tests.support.visitors import Buyer, arrive, new_client_id, new_number

HOST, BUYER = "0900000001", "0900000002"
LIMIT = 5


@pytest.fixture
def show(demo_market: DemoMarket) -> Show:
    return open_show(demo_market, HOST, packs=8, limit=LIMIT)


@pytest.fixture
def typed(demo_market: DemoMarket) -> list[Buyer]:
    """Two devices that typed the same new number, in two of the ways people write it."""
    number = new_number()
    ways = number, f"+84 {number[1:4]}.{number[4:7]}.{number[7:]}"
    return [arrive(demo_market.door, "Hoa", way) for way in ways]


@pytest.fixture
def proved(demo_market: DemoMarket) -> list[Buyer]:
    """Two devices that signed in with the same number and password."""
    return [Buyer(demo_market.door, demo_market.token(BUYER, device)) for device in (1, 2)]


def allowed(buyer: Buyer, show: Show, qty: int, code: str = "A1") -> int:
    """How many packs a refused claim is told it may still have."""
    told = buyer.ask(f"/live/{show.id}/claims", code=code, qty=qty)
    assert (told.status, told.body["code"]) == (409, "limit_reached"), told
    return int(told.body["allowed"])


@pytest.mark.parametrize("kind", ["typed", "proved"])
def test_the_limit_counts_both_devices_of_a_number(
    show: Show, kind: str, request: pytest.FixtureRequest
) -> None:
    first, second = request.getfixturevalue(kind)
    first.claim(show.id, 3)
    assert allowed(second, show, 3) == 2
    second.claim(show.id, 2)
    assert allowed(first, show, 1) == 0


def test_the_limit_is_of_one_pin_and_not_of_another(show: Show, proved: list[Buyer]) -> None:
    first, second = proved
    first.claim(show.id, LIMIT)
    assert second.claim(show.id, LIMIT, "A2")["held"] == LIMIT


def test_what_is_ordered_still_counts(show: Show, proved: list[Buyer]) -> None:
    first, second = proved
    first.claim(show.id, 4)
    first.order_basket(show.id, show.seller)
    assert allowed(second, show, 2) == 1


def test_what_is_withdrawn_counts_no_more(show: Show, proved: list[Buyer]) -> None:
    first, second = proved
    claim = first.claim(show.id, LIMIT)["claim"]
    second.change(show.id, claim, 0)
    assert second.claim(show.id, LIMIT)["held"] == LIMIT


def test_an_unproved_number_has_three_open_claims_in_a_show_on_all_its_devices(
    show: Show, typed: list[Buyer]
) -> None:
    first, second = typed
    claims = [
        who.claim(show.id, 1, code)
        for who, code in zip([*typed, first], ("A1", "A2", "A3"), strict=True)
    ]
    for buyer in typed:
        assert buyer.ask(f"/live/{show.id}/claims", code="A1", qty=1).status == 409
    first.change(show.id, claims[0]["claim"], 0)
    assert second.claim(show.id)["status"] == "held"


def test_the_three_of_an_unproved_number_are_of_one_show(
    demo_market: DemoMarket, show: Show, typed: list[Buyer]
) -> None:
    for code in ("A1", "A2", "A3"):
        typed[0].claim(show.id, 1, code)
    other = open_show(demo_market, HOST, packs=1)
    assert typed[0].claim(other.id)["status"] == "held"


def test_a_proved_number_may_have_more_than_three_open_claims(
    demo_market: DemoMarket, show: Show
) -> None:
    (buyer,) = demo_market.verified_buyers(1)
    codes = ("A1", "A2", "A3", "A1")
    assert [buyer.claim(show.id, 1, code)["status"] for code in codes] == ["held"] * 4


def join(buyer: Buyer, show: Show) -> LiveSocket:
    socket = LiveSocket(show.market.url, buyer.token)
    assert socket.call("join", {"session": show.id})["ok"]
    return socket


def mine(socket: LiveSocket, status: str) -> Json:
    """The next news of one's own in which a claim has this status."""
    while True:
        told = socket.wait_for("mine", timeout=10)
        for claim in told["claims"]:
            if claim["status"] == status:
                return claim


def test_both_proved_devices_hear_of_each_change_by_either(show: Show, proved: list[Buyer]) -> None:
    sockets = [join(buyer, show) for buyer in proved]
    payload = {"session": show.id, "code": "A1", "qty": 2, "client_id": new_client_id()}
    claim = sockets[0].call("claim", payload)
    assert [mine(socket, "held")["claim"] for socket in sockets] == [claim["claim"]] * 2
    proved[1].order_basket(show.id, show.seller)
    assert [mine(socket, "ordered")["claim"] for socket in sockets] == [claim["claim"]] * 2


def test_one_device_may_change_what_the_other_claimed_when_both_are_proved(
    show: Show, proved: list[Buyer]
) -> None:
    sockets = [join(buyer, show) for buyer in proved]
    claim = proved[0].claim(show.id, 2)["claim"]
    payload = {"session": show.id, "claim": claim, "qty": 1, "client_id": new_client_id()}
    assert sockets[1].call("change", payload)["held"] == 1
    assert proved[0].my_claim(show.id, claim)["held"] == 1


def test_an_unproved_device_hears_of_its_own_claims_and_not_of_the_other_ones(
    show: Show, typed: list[Buyer]
) -> None:
    sockets = [join(buyer, show) for buyer in typed]
    claims = [buyer.claim(show.id)["claim"] for buyer in typed]
    heard = [{claim["claim"] for claim in mine_of(socket)} for socket in sockets]
    assert heard == [{claims[0]}, {claims[1]}]
    assert typed[1].refused(f"/live/{show.id}/claims/{claims[0]}/change", qty=0) == "not_found"


def mine_of(socket: LiveSocket) -> list[Json]:
    """All claims a device was told of as its own, until it heard of one that is held."""
    told: list[Json] = []
    while not any(claim["status"] == "held" for claim in told):
        told += socket.wait_for("mine", timeout=10)["claims"]
    return told
