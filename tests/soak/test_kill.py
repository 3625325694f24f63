"""P2 at full size: five hundred kills."""

from pathlib import Path

import pytest

from tests.support.killing import kill_bare_writers, kill_server_under_load, missing_claims
from tests.support.server import Server


@pytest.mark.timeout(3600)
def test_p2_every_acked_claim_survives_a_hundred_kills_of_the_server(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(tmp_path, database_url).start()
    try:
        acked = kill_server_under_load(server, kills=100)
    finally:
        server.stop()
    assert missing_claims(tmp_path, database_url, acked) == set()
    assert all(check["ok"] for check in server.flask("fsck"))


@pytest.mark.timeout(3600)
def test_p2_every_printed_claim_survives_four_hundred_kills_of_a_bare_writer(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(tmp_path, database_url)
    printed = kill_bare_writers(server, kills=400)
    assert missing_claims(tmp_path, database_url, printed) == set()
    assert all(check["ok"] for check in server.flask("fsck"))
