"""A flash price for seven packs, wanted by sixty buyers at one moment: seven get it, nobody else pays it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.live_client import post
from tests.support.server import Server

BUYERS, PACKS = 60, 7
FLASH_VND = 40_000

Answer = dict[str, Any]


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path, database_url).start()
    yield started
    started.stop()


def test_no_more_than_the_cap_get_the_flash_price(server: Server) -> None:
    answers = run_race(server, packs=PACKS)
    flash = [one for one in answers if one.get("unit_price_vnd") == FLASH_VND]
    refused = [one for one in answers if one.get("code") == "out_of_stock"]
    assert len(flash) == PACKS
    assert {one["left"] for one in refused} == {0}
    assert all(check["ok"] for check in server.flask("fsck"))


def test_without_a_cap_the_same_race_sells_to_all_at_the_flash_price(server: Server) -> None:
    answers = run_race(server)
    assert [one.get("unit_price_vnd") for one in answers] == [FLASH_VND] * BUYERS


def run_race(server: Server, **caps: int) -> list[Answer]:
    """Open a flash window and have every buyer claim one pack at the same moment; their answers."""
    live = server.flask("demo", "live", "--packs", "500", "--limit", "5")[0]
    here = f"/api/v1/live/{live['session']}"
    window = {"price_vnd": FLASH_VND, "minutes": 5, "client_id": "flash-race-1", **caps}
    opened = post(server.url, f"{here}/pins/A1/flash", window, str(live["host_token"]))
    assert opened.status_code == 200, opened.text
    tokens = [str(buyer["token"]) for buyer in server.flask("demo", "buyers", str(BUYERS))]
    gate = threading.Barrier(BUYERS)
    with ThreadPoolExecutor(BUYERS) as pool:
        jobs = [pool.submit(buy, server.url, here, token, gate) for token in tokens]
        return [job.result(timeout=120) for job in jobs]


def buy(url: str, here: str, token: str, gate: threading.Barrier) -> Answer:
    """Claim one pack of A1 when all are ready."""
    gate.wait(timeout=90)
    body = {"code": "A1", "qty": 1, "client_id": "flash-race-claim"}
    return dict(post(url, f"{here}/claims", body, token).json())
