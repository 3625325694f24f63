"""P2, P3, P4: statements, refunds, pay lists and fee invoices, killed between two commits: one end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import clock, outbox
from core.db import write
from core.outbox import OutboxRow
from payments.statements import taking
from tests.conftest import START_MS
from tests.support.killed_in_commits import MOST_COMMITS
from tests.support.money_stories import StatementImport
from tests.support.stall import Town, open_town
from tests.support.told_again import ends_of, require_one_end


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    clock.use(opened.time)
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    yield opened
    clock.use(clock.SystemClock())
    opened.close()


def test_p3_killed_between_two_commits_the_books_end_alike(town: Town, database_url: str) -> None:
    """Every other commit on one database, the rest on the other; `make soak` takes all on both."""
    require_one_end(town, range(1 + database_url.startswith("sqlite"), MOST_COMMITS, 2))


def test_where_an_event_is_done_before_its_work_a_kill_loses_rows_of_the_statement(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the mark of an event lasts without its effect."""
    deliver = outbox._deliver

    def marked_first(row_id: int) -> None:
        mark(row_id, "done")
        mark(row_id, "waiting")
        deliver(row_id)

    monkeypatch.setattr(outbox, "_deliver", marked_first)
    killed, whole = ends_of(town, StatementImport, (3, MOST_COMMITS))
    assert killed != whole


def mark(row_id: int, state: str) -> None:
    write(lambda session: setattr(session.get_one(OutboxRow, row_id), "state", state))
