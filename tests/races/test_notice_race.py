"""P3: a provider that sends one notice fifty times at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import clock
from core.db import db, write
from core.ids import new_id
from payments.providers import BY_NAME
from tests.conftest import START_MS
from tests.factories.feeds import TELLERS, Told, connect
from tests.factories.payments import Till, Transfer, make_till, open_payment
from tests.support.stall import Town, open_town

AT_ONCE, ROUNDS = 50, 20
DUE_VND = 130_000


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path, database_url, START_MS)
    clock.use(opened.time)
    yield opened
    clock.use(clock.SystemClock())
    opened.close()


def new_feed(town: Town, provider: str) -> tuple[Till, str]:
    """A till that `provider` watches, and the address for its notices."""

    def made(session: Session) -> tuple[Till, str]:
        till = make_till(session)
        return till, f"/webhooks/{provider}/{connect(session, till, provider)}"

    with town.app.app_context():
        return write(made)


def send_at_once(town: Town, path: str, told: Told) -> set[int]:
    """The answers to one notice that comes fifty times at the same moment."""
    together = Barrier(AT_ONCE)

    def send(_: int) -> int:
        client = town.app.test_client()
        together.wait()
        return client.post(path, data=told.body, headers=told.headers).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(send, range(AT_ONCE)))


def effects(town: Town) -> tuple[int, int, int, int]:
    """Notices stored, bank lines, đồng placed with payments, receipts."""
    town.app.test_cli_runner().invoke(args=["outbox", "run"])
    query = text(
        "SELECT (SELECT count(*) FROM webhook_bodies), (SELECT count(*) FROM bank_lines),"
        " (SELECT coalesce(sum(amount_vnd), 0) FROM matched_parts), (SELECT count(*) FROM receipts)"
    )
    with town.app.app_context():
        return tuple(int(count) for count in db.session.execute(query).one())  # type: ignore[return-value]


def ask(town: Town, till: Till) -> str:
    with town.app.app_context():
        return write(lambda session: open_payment(session, till, DUE_VND))


@pytest.mark.parametrize("provider", TELLERS)
def test_p3_fifty_times_the_same_notice_has_one_effect(town: Town, provider: str) -> None:
    till, path = new_feed(town, provider)
    for done in range(1, ROUNDS // len(TELLERS) + 2):
        told = TELLERS[provider](till, Transfer(ask(town, till), DUE_VND))
        assert send_at_once(town, path, told) == {200}
        assert effects(town) == (done, done, done * DUE_VND, done)
    assert town.problems() == []


def test_without_its_replay_key_a_notice_is_stored_fifty_times(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BY_NAME["casso"], "replay_key", lambda body: new_id(), raising=False)
    till, path = new_feed(town, "casso")
    send_at_once(town, path, TELLERS["casso"](till, Transfer(ask(town, till), DUE_VND)))
    assert effects(town) == (AT_ONCE, 1, DUE_VND, 1)  # the bank's reference still counts it once
