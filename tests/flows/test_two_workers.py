"""P1, P8, P9 with two serving processes on one PostgreSQL database: neither needs to be alone to be right."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.databases import PostgresTemplate
from tests.support.follower import Follower
from tests.support.live_client import LiveSocket, get
from tests.support.server import Server

PACKS = 7
BUYERS = 60

Answer = dict[str, Any]
Pair = tuple[Server, Server]


@pytest.fixture(scope="module")
def workers(postgres: PostgresTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two servers with one database and one folder, as two workers of one installation."""
    folder, url = tmp_path_factory.mktemp("workers"), postgres.new_database()
    pair = Server(folder, url).start(), Server(folder, url).start()
    yield pair
    for server in pair:
        server.stop()


def new_session(server: Server, packs: int) -> str:
    return str(server.flask("demo", "live", "--packs", str(packs), "--limit", "5")[0]["session"])


def new_buyers(server: Server, count: int) -> list[str]:
    return [str(buyer["token"]) for buyer in server.flask("demo", "buyers", str(count))]


def claim(url: str, session_id: str, token: str, number: int) -> Answer:
    """Claim one pack of A1 over a socket of one's own."""
    socket = LiveSocket(url, token, timeout=60)
    body = {"session": session_id, "code": "A1", "qty": 1, "client_id": f"worker-{number:05}"}
    answer: Answer = socket.call("claim", body, timeout=60)
    socket.close()
    return answer


def test_p8_a_viewer_returns_on_another_worker_to_the_same_room(workers: Pair) -> None:
    first, second = workers
    session_id = new_session(first, 20)
    token, *others = new_buyers(first, 6)
    viewer = Follower(first.url, session_id, token).join()
    viewer.socket.close()
    for number, other in enumerate(others):
        assert claim(first.url, session_id, other, number)["ok"]
    viewer.url = second.url
    viewer.rejoin()
    told = get(second.url, f"/api/v1/live/{session_id}/events?after=0").json()
    assert viewer.record.last == told["to"]
    missed = [line[0] for event in viewer.record.events for line in event["data"]]
    assert missed == [1, 2, 3, 4, 5]
    viewer.socket.close()


def test_p8_what_one_worker_commits_is_told_by_the_other(workers: Pair) -> None:
    first, second = workers
    session_id = new_session(first, 20)
    viewer = Follower(second.url, session_id).join()
    (token,) = new_buyers(first, 1)
    answer = claim(first.url, session_id, token, 1)
    frame = viewer.socket.wait_for("events")
    assert (frame["from"], frame["to"]) == (viewer.record.last + 1, answer["seq"])
    viewer.socket.close()


def test_p5_a_claim_sent_again_to_another_worker_has_the_same_answer(workers: Pair) -> None:
    first, second = workers
    session_id = new_session(first, 20)
    (token,) = new_buyers(first, 1)
    told = [claim(server.url, session_id, token, 1) for server in (first, second, first)]
    assert len({(answer["claim"], answer["number"], answer["seq"]) for answer in told}) == 1


def test_p1_p9_two_workers_never_promise_a_pack_twice(workers: Pair) -> None:
    session_id = new_session(workers[0], PACKS)
    tokens = new_buyers(workers[0], BUYERS)
    gate = threading.Barrier(BUYERS)

    def buy(number: int) -> Answer:
        gate.wait(timeout=60)
        return claim(workers[number % 2].url, session_id, tokens[number], number)

    with ThreadPoolExecutor(BUYERS) as pool:
        answers = list(pool.map(buy, range(BUYERS)))
    held = sorted(answer["number"] for answer in answers if answer["status"] == "held")
    assert held == list(range(1, PACKS + 1))
    assert sorted(answer["number"] for answer in answers) == list(range(1, BUYERS + 1))
    assert all(check["ok"] for check in workers[0].flask("fsck"))


def test_p5_the_same_claim_at_both_workers_at_once_has_one_effect(workers: Pair) -> None:
    session_id = new_session(workers[0], 20)
    tokens = new_buyers(workers[0], 10)
    gate = threading.Barrier(2 * len(tokens))

    def buy(place: int) -> Answer:
        gate.wait(timeout=60)
        number = place // 2
        return claim(workers[place % 2].url, session_id, tokens[number], number)

    with ThreadPoolExecutor(2 * len(tokens)) as pool:
        answers = list(pool.map(buy, range(2 * len(tokens))))
    numbers = [answer["number"] for answer in answers]
    assert [numbers[place] for place in range(0, 20, 2)] == numbers[1::2]
    assert sorted(set(numbers)) == list(range(1, 11))
