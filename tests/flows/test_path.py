"""The one true path: a show from a seller's goods, claims, one QR, money from the bank, a signed receipt."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from html import unescape

import pytest
import requests

from payments.qr import vietqr
from payments.receipts import codec
from tests.support.demo_market import DemoMarket, Show, open_show
from tests.support.live_client import Json, LiveSocket
from tests.support.visitors import OWN_RUN, PICKUP, Buyer, Visitor, arrive, new_client_id, snapshot

STAFF, OTHER_STAFF = "0900000001", "0900000002"
BUYER = "Trần Thị Lụa"


@pytest.fixture
def show(demo_market: DemoMarket) -> Show:
    return open_show(demo_market, STAFF)


@pytest.fixture
def buyer(demo_market: DemoMarket) -> Buyer:
    """Somebody who typed a number and a name, and has nothing else."""
    return arrive(demo_market.door, BUYER)


@dataclass(frozen=True)
class Sold:
    """A show, who bought in it, and the order as it was placed and as it is now that it is paid."""

    show: Show
    buyer: Buyer
    placed: Json
    paid: Json


@pytest.fixture(scope="module")
def sold(demo_market: DemoMarket) -> Sold:
    """One paid order for all the tests that only look."""
    show, buyer = open_show(demo_market, STAFF), arrive(demo_market.door, BUYER)
    placed = order(show, buyer, OWN_RUN)
    return Sold(show, buyer, placed, secured(show, buyer, placed["code"]))


def order(show: Show, buyer: Buyer, delivery: Json = PICKUP) -> Json:
    """Two packs of A1 by button and one of A2 by comment, ordered."""
    buyer.claim(show.id, 2)
    buyer.say(show.id, "chốt A2")
    return buyer.order_basket(show.id, show.seller, delivery)


def secured(show: Show, buyer: Buyer, code: str, *options: str) -> Json:
    """Have the bank tell of what is due; the order, once the buyer's socket has heard of it."""
    socket = LiveSocket(show.market.url, buyer.token)
    socket.call("join", {"session": show.id})
    told = show.market.server.flask("bank", "simulate", code, *options)
    assert {(one["code"], one["status"]) for one in told} == {(code, 200)}
    while "paid" not in {claim["status"] for claim in socket.wait_for("mine")["claims"]}:
        continue
    return buyer.order(code)


def page(show: Show, url: str) -> str:
    """The words on a page, and where its links lead."""
    told = requests.get(url, timeout=10)
    assert told.status_code == 200, told.text
    links = " ".join(re.findall(r'href="([^"]*)"', told.text))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told.text) + links).split())


def test_demo_logins_are_three_cooperatives_and_four_households(demo_market: DemoMarket) -> None:
    names = list(demo_market.names.values())
    assert len([name for name in names if name.startswith("HTX")]) == 3
    assert len(names) == 7
    assert len(demo_market.goods()) == 40


def test_a_host_opens_a_show_of_three_pins_and_starts_it(
    demo_market: DemoMarket, show: Show
) -> None:
    seen = snapshot(Visitor(demo_market.door), show.id)
    assert seen["state"] == "live"
    assert [(pin["code"], pin["state"]) for pin in seen["pins"]] == [
        ("A1", "showing"),
        ("A2", "side"),
        ("A3", "side"),
    ]
    assert {pin["code"]: pin["price_vnd"] for pin in seen["pins"]} == show.prices
    assert seen["left"] == {"A1": 5, "A2": 5, "A3": 5}
    assert show.id in {one["session"] for one in Visitor(demo_market.door).get("/live")["sessions"]}


def test_a_claim_by_button_and_one_by_comment_are_in_one_basket(show: Show, buyer: Buyer) -> None:
    button = buyer.claim(show.id, 2)
    said = buyer.say(show.id, "chốt A2 1 gói nhé")
    assert (button["status"], said["reading"]["kind"], said["claims"][0]["status"]) == (
        "held",
        "claim",
        "held",
    )
    (basket,) = buyer.mine(show.id)["baskets"]
    amount_vnd = 2 * show.prices["A1"] + show.prices["A2"]
    assert (basket["seller"], basket["packs"], basket["amount_vnd"]) == (show.seller, 3, amount_vnd)


def test_claims_by_socket_are_heard_by_the_room_with_masked_names(show: Show, buyer: Buyer) -> None:
    watcher, socket = LiveSocket(show.market.url), LiveSocket(show.market.url, buyer.token)
    watcher.call("join", {"session": show.id})
    wanted = {"session": show.id, "code": "A1", "qty": 2, "client_id": new_client_id()}
    assert socket.call("claim", wanted)["status"] == "held"
    (event,) = watcher.wait_for("events")["list"]
    assert (event["type"], event["data"][0][:6]) == ("claims", [1, "T***", "A1", 2, 0, "held"])


@pytest.mark.parametrize(("delivery", "fee"), [(PICKUP, False), (OWN_RUN, True)])
def test_the_basket_becomes_an_order_with_the_whole_price(
    show: Show, buyer: Buyer, delivery: Json, fee: bool
) -> None:
    placed = order(show, buyer, delivery)
    assert placed["goods_vnd"] == 2 * show.prices["A1"] + show.prices["A2"]
    assert (placed["fee_vnd"] > 0) is fee
    assert placed["amount_vnd"] == placed["due_vnd"] == placed["goods_vnd"] + placed["fee_vnd"]
    assert (placed["state"], len(placed["lines"])) == ("placed", 2)
    assert {claim["status"] for claim in buyer.mine(show.id)["claims"]} == {"ordered"}


def test_the_qr_pays_the_sellers_account_exactly_what_is_due_under_the_orders_code(
    show: Show, buyer: Buyer
) -> None:
    placed = order(show, buyer, OWN_RUN)
    read = vietqr.read(placed["qr_payload"])
    assert isinstance(read, vietqr.VietQR)
    assert (read.bin, read.target, read.dynamic) == ("999999", vietqr.Target.ACCOUNT, True)
    assert read.amount_vnd == placed["due_vnd"]
    assert read.purpose.split()[0] == placed["code"]
    assert read.unknown == ()
    assert read.account in page(show, placed["url"])


def test_money_secures_the_order_and_the_claims_are_paid(sold: Sold) -> None:
    paid = sold.paid
    assert (paid["state"], paid["due_vnd"], paid["qr_payload"]) == ("secured", 0, None)
    assert paid["paid_vnd"] == sold.placed["amount_vnd"]
    assert {claim["status"] for claim in sold.buyer.mine(sold.show.id)["claims"]} == {"paid"}
    assert snapshot(sold.buyer, sold.show.id)["counters"]["paid"] == 3


def test_the_same_notice_several_times_pays_once(show: Show, buyer: Buyer) -> None:
    placed = order(show, buyer)
    paid = secured(show, buyer, placed["code"], "--times", "3")
    assert paid["paid_vnd"] == placed["amount_vnd"]
    assert "dư" not in page(show, paid["url"])


def token_of(show: Show, paid: Json) -> str:
    """The token in the check link of the order's receipt page."""
    found = re.search(r"/receipts/check#([A-Za-z0-9_-]+)", page(show, paid["receipt_url"]))
    assert found
    return found[1]


def published_keys(show: Show) -> dict[str, bytes]:
    told = requests.get(f"{show.market.url}/.well-known/receipt-keys.json", timeout=10).json()
    return {key["kid"]: urlsafe_b64decode(key["x"] + "==") for key in told["keys"]}


def test_p10_the_receipt_says_everything_and_its_token_verifies_with_the_published_key(
    sold: Sold,
) -> None:
    show, paid = sold.show, sold.paid
    words = page(show, paid["receipt_url"])
    assert "Không phải hóa đơn GTGT" in words
    assert paid["code"] in words
    checked = codec.verify(token_of(show, paid), published_keys(show))
    assert checked.verdict is codec.Verdict.VALID
    assert checked.fields is not None
    said = checked.fields.order_code, checked.fields.total_vnd, checked.fields.seller
    assert said == (paid["code"], paid["amount_vnd"], show.seller)


def test_p10_a_changed_character_of_the_token_fails(sold: Sold) -> None:
    token, keys = token_of(sold.show, sold.paid), published_keys(sold.show)
    for at in range(0, len(token), 7):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert verdict(other, keys) is not codec.Verdict.VALID


def verdict(token: str, keys: dict[str, bytes]) -> codec.Verdict | None:
    """What the check says; None when the token cannot even be read."""
    try:
        return codec.verify(token, keys).verdict
    except codec.BadToken:
        return None


def test_the_hosts_screen_says_who_paid_and_how_much(show: Show, buyer: Buyer) -> None:
    screen = LiveSocket(show.market.url, show.host.token)
    screen.call("join", {"session": show.id})
    placed = order(show, buyer, OWN_RUN)
    secured(show, buyer, placed["code"])
    while not (told := screen.wait_for("host"))["paid_orders"]:
        continue
    (paid,) = told["paid_orders"]
    assert (paid["order"], paid["name_masked"]) == (placed["code"], "T***")
    assert paid["items"] == [{"code": "A1", "qty": 2}, {"code": "A2", "qty": 1}]
    assert told["totals"]["paid_vnd"] == placed["goods_vnd"]
    assert BUYER not in str(screen.events)


def test_p11_another_sellers_staff_and_the_room_hear_nothing_of_the_money(
    show: Show, buyer: Buyer
) -> None:
    other = show.market.host(OTHER_STAFF)
    sockets = [LiveSocket(show.market.url, token) for token in (other.token, "")]
    for socket in sockets:
        assert socket.call("join", {"session": show.id})["ok"]
    placed = order(show, buyer)
    secured(show, buyer, placed["code"])
    for socket in sockets:
        wait_until_paid(socket)
        assert {name for name, _ in socket.events} <= {"pulse", "chat", "events"}
        assert placed["code"] not in str(socket.events)
    assert other.door.ask("GET", f"/api/v1/live/{show.id}/host", None, other.token).status == 404
    assert placed["code"] not in console(show, other.token)


def wait_until_paid(socket: LiveSocket) -> None:
    """Read until the room has told that three packs are paid, and keep all that was said."""
    kept = []
    while True:
        frame = socket.wait_for("events")
        kept += [("events", frame)]
        if sum(event["data"]["claim"][5] == "paid" for event in changes(kept)) == 2:
            socket.events += kept
            return


def changes(kept: list[tuple[str, Json]]) -> list[Json]:
    return [e for _, frame in kept for e in frame["list"] if e["type"] == "claim_changed"]


def console(show: Show, token: str) -> str:
    """The orders a seller's staff see."""
    told = requests.get(
        f"{show.market.url}/console/orders?show=all",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    assert told.status_code == 200
    return told.text


def test_the_orders_of_the_show_are_in_its_own_sellers_console(show: Show, buyer: Buyer) -> None:
    placed = order(show, buyer)
    assert placed["code"] in console(show, show.host.token)


def test_the_last_pack_has_one_winner_and_the_next_waits(
    demo_market: DemoMarket, buyer: Buyer
) -> None:
    scarce = open_show(demo_market, STAFF, packs=1)
    assert buyer.claim(scarce.id)["status"] == "held"
    late = arrive(demo_market.door, "Lan").claim(scarce.id)
    assert (late["status"], late["waiting"], late["left"]) == ("waitlisted", 1, 0)
