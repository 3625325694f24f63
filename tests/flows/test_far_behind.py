"""P8: who is at most 5,000 events behind gets them all, who is further behind a snapshot; never a part."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.db import write
from livestream import log
from livestream.shows import sessions
from tests.support.databases import settings_for
from tests.support.demo_market import DemoMarket
from tests.support.follower import Follower, Record
from tests.support.live_client import Json
from tests.support.server import Server
from tests.support.visitors import Visitor

MOST = 5_000


@dataclass
class LongShow:
    """A session with more events than one answer may bring, and who watched it from the beginning."""

    market: DemoMarket
    id: str
    watcher: Follower
    last: int

    def rejoin(self, behind: int) -> Json:
        """The ack of a viewer who says to be so many events behind."""
        viewer = Follower(self.market.url, self.id).join()
        asked = {"session": self.id, "after_seq": self.last - behind}
        return viewer.socket.call("join", asked)


def announce_often(server: Server, session_id: str) -> None:
    """Write 5,001 events in one commit, from a process beside the server."""

    def act(session: Session) -> None:
        turn = log.begin(session, session_id)
        for number in range(MOST):
            log.append(session, turn, "announcement", {"text": f"Lượt {number}"})
        sessions.announce(session, session_id, f"Lượt {MOST}")

    app = factory.create_app(settings_for(server.data_dir, server.database_url), wsgi.WIRINGS)
    with app.app_context():
        write(act)
    app.extensions["write_engine"].dispose()


@pytest.fixture(scope="module")
def show(demo_market: DemoMarket) -> LongShow:
    live = demo_market.server.flask("demo", "live", "--packs", "1")[0]
    session_id = str(live["session"])
    watcher = Follower(demo_market.url, session_id).join()
    last = watcher.record.last + MOST + 1
    announce_often(demo_market.server, session_id)
    watcher.read_until(last)
    return LongShow(demo_market, session_id, watcher, last)


def test_p8_who_watches_is_told_everything_written_beside_the_server(show: LongShow) -> None:
    assert len(show.watcher.record.events) == MOST + 1
    assert show.watcher.folded()["announcement"] == f"Lượt {MOST}"


def test_p8_who_is_just_near_enough_gets_every_event(show: LongShow) -> None:
    record = Record(show.last - MOST)
    record.take(show.rejoin(behind=MOST))
    assert record.events == show.watcher.record.events[1:]


def test_p8_who_is_too_far_behind_gets_a_snapshot(show: LongShow) -> None:
    told = show.rejoin(behind=MOST + 1)
    assert "list" not in told
    assert told["seq"] == told["snapshot"]["seq"] == show.last
    assert told["snapshot"] == show.watcher.folded()


def test_p8_the_log_is_read_page_by_page(show: LongShow) -> None:
    record = Record(0)
    while record.last < show.last:
        path = f"/live/{show.id}/events?after={record.last}"
        record.take(Visitor(show.market.door).get(path))
    assert record.events[-MOST - 1 :] == show.watcher.record.events
