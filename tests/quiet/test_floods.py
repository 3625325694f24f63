"""P16: who floods the server, or leaves a socket hanging, slows nobody else."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from select import select
from socket import create_connection
from typing import Any

import pytest
import requests
import websocket

from tests.support.databases import SqliteTemplate
from tests.support.live_client import LiveSocket
from tests.support.server import Server

OPCODES = websocket.ABNF


@pytest.fixture(scope="module")
def server(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("floods")
    url = sqlite_template.copy_to(folder)
    started = Server(folder, url, application="tests.support.impatient:app").start()
    yield started
    started.stop()
    log = started.log_path.read_text()
    assert [word for word in ("Traceback", "127.0.0.1") if word in log] == []


def test_who_sends_no_http_is_hung_up_on_and_not_written_down(server: Server) -> None:
    line = create_connection(("127.0.0.1", server.port), timeout=10)
    line.sendall(b"GET / HTTP/9.9\r\n\r\n")
    assert b" 400 " in line.recv(1000)
    line.close()


@pytest.mark.parametrize(
    ("opcode", "text"),
    [
        (OPCODES.OPCODE_TEXT, '42/live,1["nonsense",{}]'),
        (OPCODES.OPCODE_TEXT, "3"),
        (OPCODES.OPCODE_TEXT, "nonsense"),
        (OPCODES.OPCODE_PING, ""),
    ],
)
def test_p16_a_client_that_talks_without_end_is_hung_up_on_and_slows_nobody(
    server: Server, opcode: int, text: str
) -> None:
    frames = OPCODES.create_frame(text, opcode).format() * 500
    with ThreadPoolExecutor() as aside:
        talking = aside.submit(talk_until_hung_up, LiveSocket(server.url), frames)
        assert slowest_answer_s(server, talking) < 2
        assert talking.result()


def test_p16_requests_in_a_row_without_a_pause_take_turns_with_everybodys(server: Server) -> None:
    with ThreadPoolExecutor() as aside:
        asking = aside.submit(ask_without_a_pause, server, seconds=4)
        assert slowest_answer_s(server, asking) < 2
        assert asking.result() > 100


def slowest_answer_s(server: Server, meanwhile: "Future[Any]") -> float:
    """The longest that somebody else had to wait for an answer."""
    slowest_s = 0.0
    while not meanwhile.done():
        asked = time.monotonic()
        assert requests.get(f"{server.url}/healthz", timeout=30).ok
        slowest_s = max(slowest_s, time.monotonic() - asked)
    return slowest_s


def ask_without_a_pause(server: Server, seconds: float) -> int:
    """Send requests on one connection as fast as it takes them; returns how many were answered."""
    requests_in_a_row = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200
    line, until = create_connection(("127.0.0.1", server.port)), time.monotonic() + seconds
    line.setblocking(False)
    rest, answers = b"", 0
    while time.monotonic() < until:
        readable, writable, _ = select([line], [line], [], 1)
        if readable:
            answers += line.recv(65536).count(b"HTTP/1.1 200")
        if writable:
            rest = rest or requests_in_a_row
            rest = rest[line.send(rest) :]
    line.close()
    return answers


def talk_until_hung_up(socket: LiveSocket, frames: bytes) -> bool:
    """Send `frames` again and again; False if that was still taken after twenty seconds."""
    until = time.monotonic() + 20
    socket.socket.settimeout(20)
    try:
        while time.monotonic() < until:
            socket.socket.sock.sendall(frames)
    except OSError:
        return True
    return False


def test_p16_who_never_answers_our_goodbye_is_not_waited_for(server: Server) -> None:
    """It joins nothing, is told to go, and keeps its end open without a word."""
    address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    opened = websocket.create_connection(address, suppress_origin=True, timeout=10)
    while opened.sock.recv(1000):
        continue


@pytest.mark.parametrize(
    "odd",
    [
        {"Sec-WebSocket-Key": ""},
        {"Sec-WebSocket-Key": "short"},
        {"Sec-WebSocket-Version": "8"},
        {"Connection": "close"},
        {"Upgrade": "h2c"},
        {"Origin": "http://["},
    ],
)
def test_p16_a_broken_handshake_is_refused_without_a_traceback(
    server: Server, odd: dict[str, str]
) -> None:
    right = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    address = f"{server.url}/socket.io/?EIO=4&transport=websocket"
    answer = requests.get(address, headers=right | odd, timeout=5)
    assert answer.status_code in {400, 403}


def test_p16_one_socket_does_not_ask_for_the_whole_log_again_and_again(server: Server) -> None:
    session_id = str(server.flask("demo", "live", "--packs", "1")[0]["session"])
    socket, asked = LiveSocket(server.url), {"session": session_id, "after_seq": 0}
    answers = [socket.call("join", asked) for _ in range(8)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False] * 3
    assert answers[-1]["error"]["code"] == "too_fast"
    assert socket.call("join", {"session": session_id})["ok"]
