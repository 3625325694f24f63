"""The fast road of claims and comments answers as the stock road does: the same acks, refusals, words."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.databases import SqliteTemplate
from tests.support.live_client import LiveSocket
from tests.support.server import Server

Ack = dict[str, Any]

ONCE = {"code": "A1", "qty": 1, "client_id": "fast-road-0001"}
CLAIMS: list[dict[str, object]] = [
    ONCE,
    ONCE,
    {**ONCE, "qty": 2},
    {"code": "a1", "qty": 2, "client_id": "fast-road-0002"},
    {"code": "A1", "qty": 9, "client_id": "fast-road-0003"},
    {"code": "B9", "qty": 1, "client_id": "fast-road-0004"},
    {"code": "A1", "qty": 0, "client_id": "fast-road-0005"},
    {"code": "A1", "qty": "2", "client_id": "fast-road-0006"},
    {"code": "A1", "qty": 1.5, "client_id": "fast-road-0007"},
    {"code": "A1", "qty": True, "client_id": "fast-road-0008"},
    {"code": "A 1", "qty": 1, "client_id": "fast-road-0009"},
    {"code": "A1", "qty": 1, "client_id": "short"},
    {"code": "A1", "qty": 1},
    {"code": "A1", "qty": 1, "client_id": "fast-road-0010", "price_vnd": 1},
    {"code": None, "qty": 1, "client_id": "fast-road-0011"},
    {"session": "nowhere", "code": "A1", "qty": 1, "client_id": "fast-road-0012"},
    {"session": "", "code": "A1", "qty": 1, "client_id": "fast-road-0013"},
    {"code": "A1", "qty": 2, "client_id": "fast-road-0014"},
]
SAID_ONCE = {"text": "chốt A1 1 gói", "client_id": "fast-said-0001"}
COMMENTS: list[dict[str, object]] = [
    SAID_ONCE,
    SAID_ONCE,
    {**SAID_ONCE, "text": "chào cả nhà"},
    {"text": "chào cả nhà", "client_id": "fast-said-0002"},
    {"text": "lấy A1 hay B2 nhỉ", "client_id": "fast-said-0003"},
    {"text": "", "client_id": "fast-said-0004"},
    {"text": 5, "client_id": "fast-said-0005"},
    {"text": "chào", "client_id": "fast-said-0006", "kind": "claim"},
    {"session": "nowhere", "text": "chào", "client_id": "fast-said-0007"},
]
PASSING = {"claim", "seq", "server_time", "expires_at", "comment", "claims"}


@pytest.fixture(scope="module")
def roads(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Server]]:
    """The product, and the product without its fast road; each test opens a show of its own."""
    servers = []
    for name, application in (("fast", "wsgi:app"), ("stock", "tests.support.stock_road:app")):
        folder = tmp_path_factory.mktemp(name)
        url = sqlite_template.copy_to(folder)
        servers.append(Server(folder, url, application=application).start())
    yield servers
    for server in servers:
        server.stop()


def test_both_roads_answer_alike(roads: list[Server]) -> None:
    fast, stock = (acks_of(server, "claim", CLAIMS, signed_in=True) for server in roads)
    assert fast == stock
    codes = [ack["error"]["code"] for ack in fast if not ack["ok"]]
    assert {"client_id_conflict", "limit_reached", "unknown_code", "bad_request"} <= set(codes)
    assert sum(ack["ok"] for ack in fast) >= 3


def test_both_roads_ask_a_guest_to_sign_in(roads: list[Server]) -> None:
    fast, stock = (acks_of(server, "claim", CLAIMS, signed_in=False) for server in roads)
    assert fast == stock
    assert fast[0]["error"]["code"] == "login_required"


def test_both_roads_answer_comments_alike(roads: list[Server]) -> None:
    fast, stock = (acks_of(server, "comment", COMMENTS, signed_in=True) for server in roads)
    assert fast == stock
    assert [ack["ok"] for ack in fast] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_both_roads_slow_down_who_talks_without_a_breath(roads: list[Server]) -> None:
    for server in roads:
        session_id, socket = buyer_of(server, signed_in=True)
        said = [
            {"session": session_id, "text": "chào", "client_id": f"too-much-{n:04}"}
            for n in range(20)
        ]
        acks = [socket.ack(number) for number in [socket.send("comment", one) for one in said]]
        socket.close()
        assert sum(ack["ok"] for ack in acks) >= 10
        assert {ack["error"]["code"] for ack in acks if not ack["ok"]} == {"too_fast"}


def test_both_roads_slow_down_who_asks_too_fast(roads: list[Server]) -> None:
    for server in roads:
        session_id, socket = buyer_of(server, signed_in=True)
        many = [
            {"session": session_id, "code": "A1", "qty": 1, "client_id": f"too-fast-{n:04}"}
            for n in range(90)
        ]
        acks = [socket.ack(number) for number in [socket.send("claim", one) for one in many]]
        socket.close()
        codes = {ack["error"]["code"] for ack in acks if not ack["ok"]}
        assert codes == {"too_fast", "limit_reached"}


def acks_of(
    server: Server, event: str, asked: list[dict[str, object]], *, signed_in: bool
) -> list[Ack]:
    """What one buyer hears of each of `asked`, without what is new each time."""
    session_id, socket = buyer_of(server, signed_in=signed_in)
    acks = [socket.call(event, {"session": session_id, **one}) for one in asked]
    socket.close()
    return [{name: ack[name] for name in ack if name not in PASSING} for ack in acks]


def buyer_of(server: Server, *, signed_in: bool) -> tuple[str, LiveSocket]:
    live = server.flask("demo", "live", "--packs", "4", "--limit", "5")[0]
    token = str(server.flask("demo", "buyers", "1")[0]["token"]) if signed_in else ""
    return str(live["session"]), LiveSocket(server.url, token)
