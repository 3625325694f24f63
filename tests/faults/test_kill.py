"""P2: an acknowledged claim survives `kill -9` at any moment, of the server and of a bare writer."""

from pathlib import Path

import pytest

from tests.support.killing import kill_bare_writers, kill_server_under_load, missing_claims
from tests.support.server import Server


@pytest.mark.timeout(300)
def test_p2_every_acked_claim_survives_kills_of_the_server(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(tmp_path, database_url).start()
    try:
        acked = kill_server_under_load(server, kills=8)
    finally:
        server.stop()
    assert len(acked) > 100
    assert missing_claims(tmp_path, database_url, acked) == set()
    assert all(check["ok"] for check in server.flask("fsck"))


@pytest.mark.timeout(300)
def test_p2_every_printed_claim_survives_kills_of_a_bare_writer(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(tmp_path, database_url)
    printed = kill_bare_writers(server, kills=40)
    assert len(printed) >= 40
    assert missing_claims(tmp_path, database_url, printed) == set()
    assert all(check["ok"] for check in server.flask("fsck"))


def test_the_question_finds_a_claim_that_was_acked_and_lost(
    database_url: str, tmp_path: Path
) -> None:
    """The control."""
    assert missing_claims(tmp_path, database_url, ["never-written"]) == {"never-written"}
