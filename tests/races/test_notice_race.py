"""P3: a provider that sends one notice fifty times at the same moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import clock
from core.ids import new_id
from payments.providers import BY_NAME
from tests.conftest import START_MS
from tests.factories.feeds import TELLERS
from tests.factories.payments import Transfer
from tests.support.notice_storm import (
    AT_ONCE,
    DUE_VND,
    ask,
    effects,
    new_feed,
    require_one_effect,
    send_at_once,
)
from tests.support.stall import Town, open_town

ROUNDS = 7
"""For each of three providers: twenty in all, and one."""


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    clock.use(opened.time)
    yield opened
    clock.use(clock.SystemClock())
    opened.close()


@pytest.mark.parametrize("provider", TELLERS)
def test_p3_fifty_times_the_same_notice_has_one_effect(town: Town, provider: str) -> None:
    require_one_effect(town, provider, ROUNDS)


def test_without_its_replay_key_a_notice_is_stored_fifty_times(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BY_NAME["casso"], "replay_key", lambda body: new_id(), raising=False)
    till, path = new_feed(town, "casso")
    send_at_once(town, path, TELLERS["casso"](till, Transfer(ask(town, till), DUE_VND)))
    assert effects(town) == (AT_ONCE, 1, DUE_VND, 1, 2)  # the bank's reference counts it once
