"""P8 as a state machine: whatever is cut, lost, late or killed, what a phone shows is the fold of the log.

Two workers, four phones and a show in which anything happens; catch-up is trimmed to a few events, so that
phones also fall too far behind. The controls show that a deaf worker and a hasty phone are found out.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.clock import FixedClock
from core.db import db, write
from livestream import log
from livestream.delivery import delivery, sockets
from livestream.room import view
from livestream.room.snapshot import LogLine, Snapshot, fold
from tests.support.databases import settings_for
from tests.support.room_workers import Phone, Worker, take_place
from tests.support.show_steps import STEPS, make_stage, take

PHONES, WORKERS, FEW = 4, 2, 4
phones = st.integers(0, PHONES - 1)
workers = st.integers(0, WORKERS - 1)
choices = st.integers(0, 31)


class HastyPhone(Phone):
    """The control: it folds what comes as it comes."""

    def take(self, events: list[LogLine]) -> None:
        if events:
            self.snapshot = fold({**self.snapshot, "seq": events[0]["seq"] - 1}, events)


class DeafWorker(Worker):
    """The control: its rooms never look again."""

    def look(self) -> None:
        return


class RoomMachine(RuleBasedStateMachine):
    """A show, workers and phones; after each step every view is the fold of the log up to its seq."""

    app: Flask
    time: FixedClock
    phone_kind: type[Phone] = Phone
    worker_kind: type[Worker] = Worker

    @initialize()
    def open_room(self) -> None:
        with self.app.app_context():
            self.stage = write(lambda session: make_stage(session, self.time))
            first = view.snapshot(db.session(), self.stage.show.id)
        self.views: dict[int, Snapshot] = {first["seq"]: first}
        self.last = first["seq"]
        self.workers = [self.worker_kind(self.app) for _ in range(WORKERS)]
        self.lossy: set[int] = set()
        self.phones = [self.phone_kind(self.app, first) for _ in range(PHONES)]
        for place, phone in enumerate(self.phones):
            phone.connect(self.workers[place % WORKERS])

    # What happens in the show.

    @rule(which=st.integers(0, len(STEPS) - 1), a=choices, b=choices)
    def play(self, which: int, a: int, b: int) -> None:
        def act(session: Session) -> None:
            self.stage.session = session
            take(self.stage, STEPS[which], a, b)

        with self.app.app_context():
            write(act)
            self.note()

    def note(self) -> None:
        """Keep what the room is to look like after each event; the law holds for the newest."""
        for event in log.entries(db.session(), self.stage.show.id, self.last, None):
            self.views[event["seq"]] = fold(self.views[self.last], [event])
            self.last = event["seq"]
        assert self.views[self.last] == view.snapshot(db.session(), self.stage.show.id)

    # Wake-ups: late, twice, or at the wrong worker; a round finds what there is, or nothing.

    @rule(which=workers, times=st.integers(1, 2))
    def look(self, which: int, times: int) -> None:
        for _ in range(times):
            self.workers[which].look()

    # Frames on their way.

    @rule(which=phones, count=st.integers(1, 5))
    def hear(self, which: int, count: int) -> None:
        for _ in range(count):
            self.phones[which].hear()

    @rule(which=phones)
    def lose_a_frame(self, which: int) -> None:
        if wire := self.phones[which].wire():
            wire.popleft()
            self.lossy.add(which)

    @rule(which=phones)
    def hear_twice(self, which: int) -> None:
        if wire := self.phones[which].wire():
            wire.appendleft(wire[0])

    @rule(which=phones)
    def ask_over_http(self, which: int) -> None:
        self.phones[which].ask()

    @rule(which=phones)
    def hear_answer(self, which: int) -> None:
        self.phones[which].hear_answer()

    # Connections.

    @rule(which=phones)
    def cut(self, which: int) -> None:
        self.phones[which].cut()

    @rule(which=phones, to=workers)
    def reconnect(self, which: int, to: int) -> None:
        """Also to another worker than before."""
        self.phones[which].cut()
        self.phones[which].connect(self.workers[to])
        self.lossy.discard(which)

    @rule(which=workers, read=st.integers(0, 3))
    def kill_worker(self, which: int, read: int) -> None:
        """Its phones read what had left it, and notice; another takes its place."""
        gone = self.workers[which]
        self.workers[which] = self.worker_kind(self.app)
        for phone in self.phones:
            if phone.worker is gone:
                for _ in range(read):
                    phone.hear()
                phone.cut()

    @invariant()
    def what_is_shown_is_the_fold(self) -> None:
        for phone in self.phones:
            assert phone.snapshot == self.views[phone.snapshot["seq"]]
        for worker in self.workers:
            for room in worker.hall._rooms.values():
                assert room.snapshot == self.views[room.seq]

    def teardown(self) -> None:
        """When the weather clears, every phone sees the show as it is; who lost a frame connects anew."""
        for place, phone in enumerate(self.phones):
            if phone.worker is None or place in self.lossy:
                self.reconnect(place, 0)
        for worker in self.workers * (1 + self.last // FEW):
            worker.look()
        for phone in self.phones:
            while phone.wire() or phone.asked:
                phone.hear()
                phone.hear_answer()
            assert phone.snapshot == self.views[self.last]
            phone.cut()


def run(app: Flask, time: FixedClock, **kinds: type) -> None:
    """Play some shows with few events at a time; the AssertionError tells where a view differs."""
    machine = type("Machine", (RoomMachine,), {"app": app, "time": time, **kinds})
    some = settings(max_examples=12, stateful_step_count=60, deadline=None, derandomize=True)
    unshrunk = settings(some, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "MOST_BEHIND", FEW)
        patch.setattr(log, "MOST_ENTRIES", FEW)
        patch.setattr(sockets, "join_room", take_place)
        run_state_machine_as_test(machine, settings=unshrunk)


@pytest.fixture
def market(database_url: str, tmp_path: Path, time_at: FixedClock) -> Iterator[Flask]:
    """The application on a database of its own, of either kind."""
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    yield app
    with app.app_context():
        db.engine.dispose()
    app.extensions["write_engine"].dispose()


def test_p8_every_phone_sees_the_fold_of_the_log(market: Flask, time_at: FixedClock) -> None:
    run(market, time_at)


def test_the_control_a_worker_that_never_looks_again_is_found_out(
    app: Flask, time_at: FixedClock
) -> None:
    with pytest.raises(AssertionError):
        run(app, time_at, worker_kind=DeafWorker)


def test_the_control_a_phone_that_folds_what_comes_as_it_comes_is_found_out(
    app: Flask, time_at: FixedClock
) -> None:
    with pytest.raises(AssertionError):
        run(app, time_at, phone_kind=HastyPhone)
