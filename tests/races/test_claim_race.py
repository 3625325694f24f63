"""P1, P9: two hundred buyers, seven packs, three roads (button, comment, HTTP): the rest wait in turn."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.live_client import LiveSocket, get, post
from tests.support.server import Server

BUYERS = 200
PACKS = 7

Answer = dict[str, Any]
Claiming = Callable[[], Answer]


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path, database_url).start()
    yield started
    started.stop()


@pytest.fixture
def unguarded(database_url: str, tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path, database_url, application="tests.support.unguarded:app").start()
    yield started
    started.stop()


def test_p1_p9_seven_are_held_and_the_rest_wait_in_number_order(server: Server) -> None:
    session_id, answers = run_race(server)
    held = sorted(a["number"] for a in answers if a["status"] == "held")
    waiting = sorted(a["number"] for a in answers if a["status"] == "waitlisted")
    assert held == list(range(1, PACKS + 1))
    assert waiting == list(range(PACKS + 1, BUYERS + 1))
    assert all(check["ok"] for check in server.flask("fsck"))
    assert claimed_in_log_order(server, session_id) == list(range(1, BUYERS + 1))


def test_without_the_guard_the_same_race_oversells(unguarded: Server) -> None:
    _, answers = run_race(unguarded)
    assert sum(answer["held"] for answer in answers) > PACKS


def run_race(server: Server) -> tuple[str, list[Answer]]:
    """Have 200 new buyers claim one pack each at the same moment; returns the session and every answer."""
    live = server.flask("demo", "live", "--packs", str(PACKS), "--limit", "1")[0]
    session_id = str(live["session"])
    tokens = [str(buyer["token"]) for buyer in server.flask("demo", "buyers", str(BUYERS))]
    gate = threading.Barrier(BUYERS)
    with ThreadPoolExecutor(BUYERS) as pool:
        jobs = [
            pool.submit(buy, server.url, session_id, token, gate) for token in enumerate(tokens)
        ]
        return session_id, [job.result(timeout=120) for job in jobs]


def buy(url: str, session_id: str, buyer: tuple[int, str], gate: threading.Barrier) -> Answer:
    """Claim A1 by the road that falls to this buyer, when all are ready."""
    index, token = buyer
    if index % 3 == 2:
        gate.wait(timeout=90)
        body = {"code": "A1", "qty": 1, "client_id": f"race-{index:05}"}
        response = post(url, f"/api/v1/live/{session_id}/claims", body, token)
        assert response.status_code == 200, response.text
        return dict(response.json())
    socket = LiveSocket(url, token, timeout=90)
    gate.wait(timeout=90)
    answer = (
        by_comment(socket, session_id, index) if index % 3 else by_button(socket, session_id, index)
    )
    socket.close()
    return answer


def by_button(socket: LiveSocket, session_id: str, index: int) -> Answer:
    payload = {"session": session_id, "code": "A1", "qty": 1, "client_id": f"race-{index:05}"}
    answer: Answer = socket.call("claim", payload, timeout=90)
    assert answer["ok"], answer
    return answer


def by_comment(socket: LiveSocket, session_id: str, index: int) -> Answer:
    payload = {"session": session_id, "text": "chốt A1", "client_id": f"race-{index:05}"}
    answer = socket.call("comment", payload, timeout=90)
    assert answer["ok"], answer
    claim: Answer = answer["claims"][0]
    return claim


def claimed_in_log_order(server: Server, session_id: str) -> list[int]:
    """The claim numbers in the order in which the session's log tells of them."""
    answer = get(server.url, f"/api/v1/live/{session_id}/events?after=0").json()
    return [
        line[0] for event in answer["list"] if event["type"] == "claims" for line in event["data"]
    ]
