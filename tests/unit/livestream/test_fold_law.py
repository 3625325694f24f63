"""fold(snapshot(n), events n+1…m) == snapshot(m), whatever really happens in a show."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from livestream import log
from livestream.room import view
from livestream.room.snapshot import EVENT_TYPES, fold
from tests.support.show_steps import (
    STEPS,
    Step,
    announce,
    claim,
    close_pin,
    end,
    end_flash,
    interrupt,
    lower,
    make_stage,
    order,
    pay_order,
    price,
    resize,
    resume,
    shop_price,
    show_pin,
    show_pin_beside,
    start_flash,
    take,
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10**6))
def test_what_is_told_is_what_is(session: Session, time_at: FixedClock, seed: int) -> None:
    chance = random.Random(seed)
    stage = make_stage(session, time_at)
    before = view.snapshot(session, stage.show.id)
    for _ in range(50):
        step, a, b = chance.choice(STEPS), chance.randrange(32), chance.randrange(32)
        take(stage, step, a, b)
        events = log.entries(session, stage.show.id, before["seq"], None)
        now = view.snapshot(session, stage.show.id)
        assert fold(before, events) == now, step.__name__
        before = now
    assert [one for one in fsck.run_all(session) if one.problems] == []


@pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
def test_the_law_holds_for_each_event_type(
    session: Session, time_at: FixedClock, kind: str
) -> None:
    stage = make_stage(session, time_at)
    took_place = []
    for step, a, b in _TOUR:
        before = view.snapshot(session, stage.show.id)
        take(stage, step, a, b)
        events = log.entries(session, stage.show.id, before["seq"], None)
        if kind in {event["type"] for event in events}:
            took_place.append(step)
            assert fold(before, events) == view.snapshot(session, stage.show.id)
    started = log.entries(session, stage.show.id, 0, None)[0]["type"]
    assert took_place or kind == started


_TOUR: tuple[tuple[Step, int, int], ...] = (
    (claim, 0, 0),
    (claim, 1, 0),
    (claim, 2, 0),
    (lower, 0, 0),
    (order, 1, 0),
    (pay_order, 0, 0),
    (show_pin, 4, 0),
    (show_pin_beside, 5, 0),
    (price, 0, 3),
    (shop_price, 1, 3),
    (start_flash, 0, 2),
    (end_flash, 0, 0),
    (resize, 0, 6),
    (close_pin, 2, 0),
    (announce, 1, 0),
    (interrupt, 0, 0),
    (resume, 0, 0),
    (end, 0, 0),
)
