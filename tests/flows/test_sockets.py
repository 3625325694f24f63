"""P16: whatever a client sends on a socket, it gets an error or loses its own connection, nothing else."""

import json
import time
from collections.abc import Iterator

import pytest
import requests
import websocket

from tests.support.databases import SqliteTemplate
from tests.support.live_client import LiveSocket, post
from tests.support.server import Server


@pytest.fixture(scope="module")
def server(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sockets")
    url = sqlite_template.copy_to(folder)
    started = Server(folder, url, application="tests.support.impatient:app").start()
    yield started
    started.stop()
    assert "Traceback" not in started.log_path.read_text()


@pytest.fixture(scope="module")
def session_id(server: Server) -> str:
    return str(server.flask("demo", "live", "--packs", "1000", "--limit", "1000")[0]["session"])


@pytest.fixture
def buyer(server: Server) -> str:
    return str(server.flask("demo", "buyers", "1")[0]["token"])


def claim(session_id: str, **more: object) -> dict[str, object]:
    return {
        "session": session_id,
        "code": "A1",
        "qty": 1,
        "client_id": f"c-{time.time_ns()}",
        **more,
    }


@pytest.mark.parametrize(
    "bad",
    [
        {"qty": 0},
        {"qty": -1},
        {"qty": 1.5},
        {"qty": "1"},
        {"qty": True},
        {"qty": 2**40},
        {"qty": None},
        {"code": 7},
        {"code": "A1" * 40},
        {"client_id": "short"},
        {"price_vnd": 1},
        {"session": "../../etc"},
        {"session": "x" * 33},
    ],
)
def test_p16_a_wrong_field_is_an_error_and_changes_nothing(
    server: Server, session_id: str, buyer: str, bad: dict[str, object]
) -> None:
    socket = LiveSocket(server.url, buyer)
    before = socket.call("join", {"session": session_id})["seq"]
    answer = socket.call("claim", claim(session_id, **bad))
    assert answer["ok"] is False
    assert answer["error"]["code"] in {"bad_request", "unknown_code", "not_found"}
    assert socket.call("join", {"session": session_id})["seq"] == before


@pytest.mark.parametrize(
    "text",
    [
        '["claim",{"qty":NaN}]',
        '["claim",{"a":1,"a":2}]',
        '["claim",' + "[" * 5000,
        '["connect",{}]',
        '["nonsense",{}]',
    ],
)
def test_p16_an_unreadable_event_is_answered_and_the_connection_lives(
    server: Server, session_id: str, text: str
) -> None:
    socket = LiveSocket(server.url)
    socket.socket.send(f"42/live,99{text}")
    assert socket.ack(99)["ok"] is False
    assert socket.call("join", {"session": session_id})["ok"]


def test_p16_a_guest_may_watch_but_not_claim(server: Server, session_id: str) -> None:
    socket = LiveSocket(server.url)
    assert socket.call("join", {"session": session_id})["ok"]
    assert socket.call("claim", claim(session_id))["error"]["code"] == "login_required"


def test_p16_an_oversized_message_is_closed_with_1009(server: Server) -> None:
    socket = LiveSocket(server.url)
    socket.socket.send("42/live,1" + json.dumps(["comment", {"text": "x" * 100_000}]))
    assert close_code(socket) == 1009


def test_p16_an_oversized_message_is_refused_before_it_has_arrived(server: Server) -> None:
    socket = LiveSocket(server.url)
    try:
        for piece in range(400):  # twenty megabytes in one message, fifty kilobytes a piece
            opcode = websocket.ABNF.OPCODE_CONT if piece else websocket.ABNF.OPCODE_TEXT
            socket.socket.send_frame(websocket.ABNF.create_frame("x" * 50_000, opcode, 0))
    except OSError:
        return
    assert close_code(socket) == 1009


@pytest.mark.parametrize(
    "packet", ['451-/live,["claim",{"_placeholder":true,"num":0}]', "43/live,1[]", "42/live,[]"]
)
def test_p16_a_packet_that_cannot_be_answered_ends_the_connection(
    server: Server, packet: str
) -> None:
    socket = LiveSocket(server.url)
    socket.socket.send(packet)
    assert is_closed(socket.socket)


def test_p16_binary_ends_the_connection(server: Server) -> None:
    socket = LiveSocket(server.url)
    socket.socket.send_binary(b"\x00" * 100)
    assert close_code(socket) in {1000, 1005, 1006}


def test_p16_a_foreign_page_is_refused(server: Server) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        LiveSocket(server.url, origin="https://evil.example")


def test_p16_our_own_page_is_let_in(server: Server, session_id: str) -> None:
    assert LiveSocket(server.url, origin=server.url).call("join", {"session": session_id})["ok"]


def test_p16_polling_is_not_spoken(server: Server) -> None:
    assert (
        requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling", timeout=5).status_code
        == 400
    )


def test_p16_compression_is_not_negotiated(server: Server) -> None:
    address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate"}
    opened = websocket.create_connection(address, header=offer, suppress_origin=True, timeout=5)
    assert "sec-websocket-extensions" not in opened.getheaders()


def test_p16_a_socket_that_joins_no_namespace_is_closed(server: Server) -> None:
    address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    opened = websocket.create_connection(address, suppress_origin=True, timeout=5)
    assert opened.recv().startswith("0{")
    assert is_closed(opened)


def test_a_wrong_token_is_refused(server: Server) -> None:
    with pytest.raises(AssertionError, match="login_required"):
        LiveSocket(server.url, token="no-such-token")


def test_a_signed_out_device_is_closed_within_two_seconds(
    server: Server, buyer: str, session_id: str
) -> None:
    socket = LiveSocket(server.url, buyer)
    assert socket.call("join", {"session": session_id})["ok"]
    assert post(server.url, "/api/v1/auth/logout", {}, buyer).status_code < 300
    assert is_closed(socket.socket, within_s=3)


def test_p16_a_viewer_who_never_reads_does_not_slow_the_room(
    server: Server, session_id: str, buyer: str
) -> None:
    deaf = LiveSocket(server.url)
    deaf.send("join", {"session": session_id})
    quick = LiveSocket(server.url, buyer)
    joined = quick.call("join", {"session": session_id})["seq"]
    for _ in range(30):
        assert quick.call("claim", claim(session_id))["ok"]
    seen = joined
    while seen < joined + 30:
        frame = quick.wait_for("events", timeout=5)
        assert frame["from"] == seen + 1
        seen = frame["to"]


def is_closed(wire: websocket.WebSocket, within_s: float = 5) -> bool:
    """Whether the server ends it in that time; silence is no end."""
    deadline = time.monotonic() + within_s
    try:
        while (left_s := deadline - time.monotonic()) > 0:
            wire.settimeout(left_s)
            if (packet := wire.recv()) in ("", "1") or packet.startswith("41"):
                return True
    except websocket.WebSocketTimeoutException:
        return False
    except (websocket.WebSocketException, OSError):
        return True
    return False


def close_code(socket: LiveSocket) -> int:
    """The close code the server sends; 1006 when it just hangs up."""
    socket.socket.settimeout(5)
    while True:
        try:
            opcode, data = socket.socket.recv_data()
        except (websocket.WebSocketException, OSError):
            return 1006
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(data[:2], "big") if data else 1005
