"""Slow work leaves the loop free, and its refusals reach who asked."""

import threading

import gevent
import pytest
from gevent import monkey

from core.errors import BadRequest
from core.off_loop import Lane


@pytest.fixture
def lane(monkeypatch: pytest.MonkeyPatch) -> Lane:
    """A lane as in a gevent server."""
    monkeypatch.setattr(monkey, "is_module_patched", lambda _name: True)
    return Lane()


def test_work_is_done_in_another_thread_while_the_loop_goes_on(lane: Lane) -> None:
    seen: list[str] = []
    go_on = threading.Event()

    def work(word: str) -> int:
        go_on.wait(10)
        seen.append(word)
        return threading.get_ident()

    slow = gevent.spawn(lane.run, work, "worked")
    gevent.sleep(0)
    seen.append("looped")
    go_on.set()
    assert slow.get(timeout=10) != threading.get_ident()
    assert seen == ["looped", "worked"]


def test_a_refusal_reaches_who_asked_and_no_log(
    lane: Lane, capfd: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        raise BadRequest(field="file")

    with pytest.raises(BadRequest):
        lane.run(work)
    assert "Traceback" not in capfd.readouterr().err


def test_without_a_gevent_server_work_is_done_right_here() -> None:
    assert Lane().run(threading.get_ident) == threading.get_ident()
