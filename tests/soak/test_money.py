"""Money at full size: a million changed receipts, a thousand notices sent fifty times, long histories."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import clock
from core.clock import FixedClock
from payments.statements import taking
from tests.conftest import START_MS
from tests.factories.feeds import TELLERS
from tests.support.histories import HALF_PAST_SEVEN_MS, histories, require_one_end
from tests.support.killed_in_commits import MOST_COMMITS
from tests.support.ledger_machine_whole import play
from tests.support.mutated_receipts import require_none_accepted
from tests.support.notice_storm import require_one_effect
from tests.support.stall import Town, open_town
from tests.support.tellings import require_the_same_lines
from tests.support.told_again import require_one_end as require_ends_alike

ROUNDS = 1_000
SAMPLES, ORDERS, MOST_FACTS = 200, 3, 7


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    clock.use(opened.time)
    yield opened
    clock.use(clock.SystemClock())
    opened.close()


@pytest.mark.timeout(3600)
def test_p10_a_million_changed_receipts_are_not_believed() -> None:
    require_none_accepted(1_000_000)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("provider", TELLERS)
def test_p3_a_thousand_notices_sent_fifty_times_count_once(town: Town, provider: str) -> None:
    require_one_effect(town, provider, ROUNDS // len(TELLERS) + 1)


@pytest.mark.timeout(3600)
def test_p3_two_hundred_histories_end_alike(town: Town) -> None:
    clock.use(FixedClock(HALF_PAST_SEVEN_MS))
    longer = [found for found in histories(MOST_FACTS) if len(found) > 2]
    engine = town.app.extensions["write_engine"]
    require_one_end(engine, random.Random(7).sample(longer, SAMPLES), ORDERS)


@pytest.mark.timeout(3600)
def test_p4_the_books_balance_after_each_step_of_two_hundred_histories(town: Town) -> None:
    with town.app.app_context():
        play(town.app.extensions["write_engine"], histories=200, steps=40)


@pytest.mark.timeout(3600)
def test_p3_killed_after_any_commit_statements_refunds_lists_and_invoices_end_alike(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    require_ends_alike(town, range(1, MOST_COMMITS))


@pytest.mark.timeout(3600)
def test_p3_twenty_thousand_histories_of_tellings_come_to_the_same_lines() -> None:
    require_the_same_lines(20_000)
