"""On a PostgreSQL server a few writes run at once, the others wait outside of the database."""

import gevent
import pytest
from gevent.event import Event
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from core import writer
from core.errors import Busy
from core.writer import FewAtOnce


@pytest.fixture
def few() -> FewAtOnce:
    class WithoutDatabase(FewAtOnce):
        def _once(self, fn):  # type: ignore[no-untyped-def]
            return fn(None)

    return WithoutDatabase(create_engine("sqlite://"))


def test_four_writes_run_at_once_and_the_others_after_them(few: FewAtOnce) -> None:
    running: list[int] = []
    going_on = Event()

    def act(number: int, _session: Session) -> int:
        running.append(number)
        going_on.wait(timeout=5)
        return number

    jobs = [gevent.spawn(few.run, lambda s, n=number: act(n, s)) for number in range(10)]
    gevent.sleep(0)
    assert running == [0, 1, 2, 3]
    going_on.set()
    assert [job.get(timeout=5) for job in jobs] == list(range(10))


def test_who_finds_the_queue_full_is_asked_to_come_again(
    few: FewAtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 2)
    going_on = Event()
    jobs = [gevent.spawn(few.run, lambda _: going_on.wait(timeout=5)) for _ in range(6)]
    gevent.sleep(0)
    with pytest.raises(Busy):
        few.run(lambda _: None)
    going_on.set()
    gevent.joinall(jobs, timeout=5, raise_error=True)
