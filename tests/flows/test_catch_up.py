"""P8: a viewer gets every missed event once and in order, or a snapshot that says where it stands."""

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from livestream.room.snapshot import EVENT_TYPES, fold
from tests.support.demo_market import DemoMarket, open_show
from tests.support.follower import Follower, Gap, Record
from tests.support.live_client import Json
from tests.support.visitors import Buyer, Visitor, arrive, new_client_id, snapshot

STAFF = "0900000001"
BUYERS, CLAIMS_EACH, PACKS = 20, 40, 200
CLAIMS = BUYERS * CLAIMS_EACH
LATE_JOINERS = 10
CUTS = 6


def log_of(market: DemoMarket, session_id: str, after: int = 0) -> list[Json]:
    """The session's events after `after`, as GET tells them."""
    told = Visitor(market.door).get(f"/live/{session_id}/events?after={after}")
    Record(after).take(told)
    return list(told["list"])


@dataclass
class Evening:
    """A whole show, in which every type of event occurs; snapshots were taken after each step."""

    session_id: str
    follower: Follower
    snapshots: list[Json] = field(default_factory=list)

    @property
    def seen(self) -> list[Json]:
        return self.follower.record.events


@pytest.fixture(scope="module")
def evening(demo_market: DemoMarket) -> Evening:
    """Play the show, step by step."""
    show = open_show(demo_market, STAFF, packs=3, started=False)
    played = Evening(show.id, Follower(demo_market.url, show.id).join())
    fourth = next(x["id"] for x in demo_market.goods() if x["seller"] == show.seller and x["left"])
    buyers = [arrive(demo_market.door) for _ in range(3)]
    claims: list[str] = []

    def claim(buyer: int, qty: int, code: str = "A1") -> None:
        claims.append(buyers[buyer].claim(show.id, qty, code)["claim"])

    steps: list[Callable[[], object]] = [
        lambda: show.host.do(show.id, "start"),
        lambda: claim(0, 2),
        lambda: claim(1, 2),
        lambda: claim(2, 1),
        lambda: show.host.do(show.id, "announcement", text="Mua 3 tặng 1"),
        lambda: show.host.do(show.id, "interrupt"),
        lambda: claim(0, 1, "A2"),
        lambda: show.host.do(show.id, "resume"),
        lambda: show.host.do(show.id, "pins/A1/price", price_vnd=50_000),
        lambda: show.host.do(show.id, "pins/A1/flash", price_vnd=40_000, minutes=5),
        lambda: show.host.do(show.id, "pins/A1/flash/end"),
        lambda: buyers[0].change(show.id, claims[0], 1),
        lambda: buyers[0].order_basket(show.id, show.seller),
        lambda: show.host.do(show.id, "pins/A2/show"),
        lambda: show.host.do(show.id, "pins", listing=fourth, packs=1, price_vnd=9_000, limit=1),
        lambda: show.host.do(show.id, "pins/A4/side"),
        lambda: show.host.do(show.id, "pins/A1/allotment", packs=4),
        lambda: buyers[1].change(show.id, claims[1], 0),
        lambda: claim(2, 5, "A2"),
        lambda: show.host.do(show.id, "pins/A2/close"),
        lambda: show.host.do(show.id, "announcement", text=""),
        lambda: claim(1, 5),
        lambda: show.host.do(show.id, "end"),
    ]
    for step in steps:
        step()
        played.snapshots.append(public_snapshot(demo_market, show.id))
    played.follower.read_until(played.snapshots[-1]["seq"])
    return played


def public_snapshot(market: DemoMarket, session_id: str) -> Json:
    """The snapshot as GET tells it, without what only GET adds."""
    told = snapshot(Visitor(market.door), session_id)
    return {name: told[name] for name in told if name not in ("left", "server_time")}


def test_p8_every_type_of_event_occurs_in_the_evening(evening: Evening) -> None:
    assert {event["type"] for event in evening.seen} == EVENT_TYPES


def test_p8_snapshots_and_events_meet_at_every_step(evening: Evening) -> None:
    first = evening.follower.snapshot
    for earlier, later in itertools.combinations([first, *evening.snapshots], 2):
        between = [e for e in evening.seen if earlier["seq"] < e["seq"] <= later["seq"]]
        assert fold(earlier, between) == later


def test_p8_the_sockets_frames_are_the_log(demo_market: DemoMarket, evening: Evening) -> None:
    log = log_of(demo_market, evening.session_id)
    assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
    assert log[evening.follower.snapshot["seq"] :] == evening.seen


def test_p8_the_log_can_be_read_from_anywhere(demo_market: DemoMarket, evening: Evening) -> None:
    log = log_of(demo_market, evening.session_id)
    for after in range(len(log) + 1):
        assert log_of(demo_market, evening.session_id, after) == log[after:]


def test_p8_who_rejoins_is_told_exactly_what_was_missed(
    demo_market: DemoMarket, evening: Evening
) -> None:
    log = log_of(demo_market, evening.session_id)
    for after in (0, 1, len(log) // 2, len(log) - 1, len(log)):
        late = Follower(demo_market.url, evening.session_id).join()
        late.record = Record(after)
        late.rejoin()
        assert late.record.events == log[after:]


def test_p8_who_says_to_have_seen_more_than_there_is_gets_a_snapshot(
    demo_market: DemoMarket, evening: Evening
) -> None:
    viewer = Follower(demo_market.url, evening.session_id).join()
    end = viewer.record.last
    asked = {"session": evening.session_id, "after_seq": end + 1}
    assert viewer.socket.call("join", asked)["snapshot"]["seq"] == end


@dataclass
class Rush:
    """Claims from many sockets at once: the numbers that were answered, and the events that tell of them."""

    market: DemoMarket
    session_id: str
    buyers: list[Buyer]
    answered: list[int] = field(default_factory=list)
    told_in: list[int] = field(default_factory=list)

    def claim_all(self, buyer: Buyer) -> None:
        """All the claims of one buyer, one after the other, over a socket of their own."""
        socket = Follower(self.market.url, self.session_id, buyer.token).join().socket
        for _ in range(CLAIMS_EACH):
            wanted = {"session": self.session_id, "code": "A1", "qty": 1}
            told = socket.call("claim", {**wanted, "client_id": new_client_id()}, timeout=60)
            assert told["ok"], told
            self.told_in.append(told["seq"])
            self.answered.append(told["number"])
        socket.close()

    def when_answered(self, count: int) -> None:
        """Return when so many claims have been answered."""
        deadline = time.monotonic() + 60
        while len(self.answered) < count:
            assert time.monotonic() < deadline, len(self.answered)
            time.sleep(0.001)


@dataclass
class Seen:
    """What the viewers of a rush were told."""

    rush: Rush
    final: Json
    late: list[Follower]
    unlucky: Follower


@pytest.fixture(scope="module")
def seen(demo_market: DemoMarket) -> Seen:
    """Three hundred claims, ten who join meanwhile, one whose connection is cut again and again."""
    live = demo_market.server.flask("demo", "live", "--packs", str(PACKS), "--limit", "1000")[0]
    rush = Rush(demo_market, str(live["session"]), demo_market.verified_buyers(BUYERS))
    unlucky = Follower(demo_market.url, rush.session_id).join()
    late = []
    with ThreadPoolExecutor(BUYERS + 1) as pool:
        jobs = [pool.submit(rush.claim_all, buyer) for buyer in rush.buyers]
        jobs.append(pool.submit(be_cut_off, rush, unlucky))
        for place in range(LATE_JOINERS):
            rush.when_answered(place * CLAIMS // LATE_JOINERS)
            late.append(Follower(demo_market.url, rush.session_id).join())
        for job in jobs:
            job.result(timeout=90)
    final = public_snapshot(demo_market, rush.session_id)
    for follower in (*late, unlucky):
        follower.read_until(final["seq"])
    return Seen(rush, final, late, unlucky)


def be_cut_off(rush: Rush, viewer: Follower) -> None:
    """Lose the connection several times during the rush, and come back when something was missed."""
    step = CLAIMS // (CUTS + 1)
    for cut in range(1, CUTS + 1):
        rush.when_answered(cut * step)
        viewer.read_until(max(rush.told_in))
        viewer.cut()
        rush.when_answered(cut * step + step // 2)
        viewer.rejoin()


def test_p8_ten_late_joiners_see_no_gap_and_no_repeat(demo_market: DemoMarket, seen: Seen) -> None:
    log = log_of(demo_market, seen.rush.session_id)
    began = [viewer.snapshot["seq"] for viewer in seen.late]
    assert began == sorted(began)
    assert began[0] < began[-1]
    for viewer in seen.late:
        assert viewer.record.events == log[viewer.snapshot["seq"] :]
        assert viewer.folded() == seen.final


def test_p8_who_is_cut_off_again_and_again_misses_nothing(
    demo_market: DemoMarket, seen: Seen
) -> None:
    viewer = seen.unlucky
    assert viewer.record.events == log_of(demo_market, seen.rush.session_id, viewer.snapshot["seq"])
    assert viewer.folded() == seen.final


def test_p8_p9_the_room_can_check_the_order_of_the_claims(
    demo_market: DemoMarket, seen: Seen
) -> None:
    log = log_of(demo_market, seen.rush.session_id)
    lines = [line for event in log if event["type"] == "claims" for line in event["data"]]
    assert [line[0] for line in lines] == list(range(1, CLAIMS + 1))
    assert [line[5] for line in lines] == ["held"] * PACKS + ["waitlisted"] * (CLAIMS - PACKS)
    assert sorted(seen.rush.answered) == list(range(1, CLAIMS + 1))


def test_p8_at_most_five_frames_a_second(seen: Seen) -> None:
    for viewer in seen.late:
        times = [datetime.fromisoformat(frame["server_time"]) for frame in viewer.frames]
        seconds = (times[-1] - times[0]).total_seconds()
        assert len(times) <= 5 * seconds + 2


def spoiled(frames: list[Json]) -> Iterator[list[Json]]:
    """The frames with one of them left out, sent twice, or sent too late."""
    for at in range(len(frames) - 1):
        before, one, two, after = frames[:at], frames[at], frames[at + 1], frames[at + 2 :]
        yield [*before, two, *after]
        yield [*before, one, one, two, *after]
        yield [*before, two, one, *after]


def follow(start: int, frames: list[Json]) -> None:
    """Take the frames one after the other, as a viewer does."""
    record = Record(start)
    for frame in frames:
        record.take(frame)


def test_the_control_a_frame_left_out_repeated_or_late_is_noticed(seen: Seen) -> None:
    viewer = seen.late[0]
    assert len(viewer.frames) > 2
    follow(viewer.snapshot["seq"], viewer.frames)
    for frames in spoiled(viewer.frames):
        with pytest.raises(Gap):
            follow(viewer.snapshot["seq"], frames)


def test_the_control_an_event_left_out_of_a_frame_is_noticed(seen: Seen) -> None:
    viewer = seen.late[0]
    frame = max(viewer.frames, key=lambda one: len(one["list"]))
    for at in range(len(frame["list"])):
        holed = {**frame, "list": frame["list"][:at] + frame["list"][at + 1 :]}
        with pytest.raises(Gap):
            Record(frame["from"] - 1).take(holed)
