"""P18: the clock never runs back, also over a restart."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

import wsgi
from core import clock, factory
from core.clock import FixedClock
from core.db import db, write
from tests.conftest import START_MS


def test_p18_a_clock_set_back_stands_still_until_time_catches_up(time_at: FixedClock) -> None:
    clock.now_ms()
    time_at.advance(-3_600_000)
    assert clock.now_ms() == START_MS
    time_at.advance(3_600_001)
    assert clock.now_ms() == START_MS + 1


def test_p18_after_a_restart_time_goes_on_from_the_last_commit(app: Flask) -> None:
    with app.app_context():
        write(lambda session: None)
    clock.use(FixedClock(START_MS - 3_600_000))
    factory.create_app(app.config["SETTINGS"], wsgi.WIRINGS)
    assert clock.now_ms() == START_MS


def test_p18_the_control_a_clock_without_its_floor_runs_back() -> None:
    source = FixedClock(START_MS)
    first = source.read_ms()
    source.advance(-1)
    assert source.read_ms() < first


def test_times_are_written_as_the_protocol_says() -> None:
    assert clock.iso(1_700_000_000_007) == "2023-11-14T22:13:20.007Z"


def test_a_business_day_is_vietnams() -> None:
    assert f"{clock.in_vietnam(1_700_000_000_000):%d/%m/%Y %H:%M}" == "15/11/2023 05:13"


@pytest.fixture(autouse=True)
def _system_clock_again() -> Iterator[None]:
    yield
    clock.use(clock.SystemClock())


def test_the_mark_is_written_at_most_once_a_second(app: Flask, time_at: FixedClock) -> None:
    with app.app_context():
        write(lambda session: None)
        time_at.advance(500)
        write(lambda session: None)
        assert db.session.scalar(text("SELECT at_ms FROM clock_mark")) == START_MS
