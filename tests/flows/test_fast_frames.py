"""The fast road of a frame tells as Flask-SocketIO itself does: the same bytes in the same order."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import SO_RCVBUF, SOL_SOCKET

import pytest
import requests
import websocket

from tests.support.databases import SqliteTemplate
from tests.support.server import Server

FRAMES = 150
LARGE = (
    300  # events: forty kilobytes a frame, more in all than the buffers between two programs take
)
_AT = re.compile(r'"at":\d+')


@pytest.fixture
def roads(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[list[Server]]:
    """The product, and a server of the library alone."""
    servers = []
    for name in ("ours", "stock"):
        folder = tmp_path / name
        folder.mkdir()
        url = sqlite_template.copy_to(folder)
        servers.append(Server(folder, url, application=f"tests.bench.apps:{name}()").start())
    yield servers
    for server in servers:
        server.stop()


def test_both_roads_say_the_same_to_a_room(roads: list[Server]) -> None:
    ours, stock = (heard_by_a_room(server, events=3) for server in roads)
    assert ours == stock
    assert [f'"blast":{n},' in text for n, text in enumerate(ours[0])] == [True] * FRAMES


def test_one_who_reads_late_hears_the_same_as_everybody(roads: list[Server]) -> None:
    slow, *prompt = heard_by_a_room(roads[0], LARGE)
    assert prompt == [slow, slow]


def heard_by_a_room(server: Server, events: int) -> list[list[str]]:
    """What one who reads only afterwards and two listeners hear of a blast, without the time."""
    room = str(server.flask("demo", "live", "--packs", "4", "--limit", "5")[0]["session"])
    *prompt, slow = [listener(server, room) for _ in range(3)]
    address = f"{server.url}/blast?room={room}&frames={FRAMES}&events={events}&gap_ms=0"
    with ThreadPoolExecutor() as aside:
        reading = [aside.submit(frames_of, socket) for socket in prompt]
        assert requests.get(address, timeout=30).ok
        return [frames_of(slow), *(one.result() for one in reading)]


def listener(server: Server, room: str) -> websocket.WebSocket:
    """One who has joined, and whose own buffer takes little."""
    address = server.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    socket = websocket.create_connection(
        address, timeout=15, suppress_origin=True, sockopt=[(SOL_SOCKET, SO_RCVBUF, 65536)]
    )
    socket.send("40/live,")
    socket.send(f'42/live,1["join",{{"session":"{room}"}}]')
    while not socket.recv().startswith("43/live,1"):
        continue
    return socket


def frames_of(socket: websocket.WebSocket) -> list[str]:
    """The frames of the blast; what the room says by itself is left out."""
    texts: list[str] = []
    while len(texts) < FRAMES:
        text = str(socket.recv())
        if '"blast"' in text[:40]:
            texts.append(_AT.sub("", text))
    socket.close()
    return texts
