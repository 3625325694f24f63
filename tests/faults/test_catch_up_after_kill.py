"""P8: what a viewer saw before `kill -9` is still the log after it, and the next frame goes on from there.

The control, that the follower notices what is left out, is in `tests/flows/test_catch_up.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from livestream.room.snapshot import fold
from tests.support.follower import Follower
from tests.support.killing import Load, wait_for_growth
from tests.support.live_client import Json
from tests.support.server import Server
from tests.support.visitors import OverHttp, Visitor, snapshot

KILLS = 2
CLIENTS = 4
VIEWERS = 3


@dataclass
class Aftermath:
    """A session whose server was killed several times under claims, and those who watched throughout."""

    log: list[Json]
    final: Json
    viewers: list[Follower]
    acked: list[str]


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path, database_url).start()
    yield started
    started.stop()


@pytest.fixture
def aftermath(server: Server) -> Aftermath:
    """Kill the server twice while it is claimed from and watched."""
    live = server.flask("demo", "live", "--packs", "300", "--limit", "100000")[0]
    session_id = str(live["session"])
    tokens = [str(buyer["token"]) for buyer in server.flask("demo", "buyers", str(CLIENTS))]
    viewers = [Follower(server.url, session_id).join() for _ in range(VIEWERS)]
    load = Load(server, session_id, tokens).start()
    try:
        for _ in range(KILLS):
            kill_and_come_back(server, load, viewers)
    finally:
        load.stop()
    return look_back(server, session_id, viewers, load)


def kill_and_come_back(server: Server, load: Load, viewers: list[Follower]) -> None:
    """Kill the server once it is busy; the viewers read what still came, and rejoin the new one."""
    wait_for_growth(load.acked, len(load.acked))
    for viewer in viewers:
        viewer.read_until(viewer.record.last + 1)
    server.kill()
    for viewer in viewers:
        viewer.drain()
    server.start()
    for viewer in viewers:
        viewer.rejoin()


def look_back(server: Server, session_id: str, viewers: list[Follower], load: Load) -> Aftermath:
    """Let every viewer read to the end of the log."""
    guest = Visitor(OverHttp(server.url))
    final = snapshot(guest, session_id)
    for viewer in viewers:
        viewer.read_until(final["seq"])
    told = guest.get(f"/live/{session_id}/events?after=0")
    shown = {name: final[name] for name in final if name not in ("left", "server_time")}
    return Aftermath(told["list"], shown, viewers, load.acked)


def test_p8_viewers_see_each_event_once_and_in_order_across_kills(
    server: Server, aftermath: Aftermath
) -> None:
    for viewer in aftermath.viewers:
        began = viewer.snapshot["seq"]
        assert viewer.record.events == aftermath.log[began:]
        assert fold(viewer.snapshot, viewer.record.events) == aftermath.final
    assert claims_in(aftermath.log) == list(range(1, len(claims_in(aftermath.log)) + 1))
    assert len(claims_in(aftermath.log)) >= len(aftermath.acked) > KILLS * 20
    assert all(check["ok"] for check in server.flask("fsck"))


def claims_in(log: list[Json]) -> list[int]:
    """The numbers of the claims in the order in which the log tells of them."""
    return [line[0] for event in log if event["type"] == "claims" for line in event["data"]]
