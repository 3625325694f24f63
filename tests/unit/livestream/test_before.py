"""The pages and files by which buyers come to a show in time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.db import write
from core.errors import BadRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import SessionBegun
from livestream.room import view
from livestream.shows import calendar_file, sessions, show_times, typed_moments
from livestream.shows.calendar_file import CalendarEvent
from tests.factories.livestream import Show, make_claim, make_show

T = TypeVar("T")
HOUR_MS = 60 * MINUTE_MS
EVENT = CalendarEvent(
    uid="s1@cho", starts_ms=0, ends_ms=HOUR_MS, written_ms=0, title="Chợ", words="", url="https://c"
)


@dataclass
class Visitor:
    """A phone that looks at the pages of one planned show."""

    app: Flask
    client: FlaskClient
    show: Show

    def change(self, fn: Callable[[Session], T]) -> T:
        with self.app.app_context():
            return write(fn)

    def see(self, path: str = "", status: int = 200) -> str:
        answer = self.client.get(f"/live/{self.show.id}{path}")
        assert answer.status_code == status
        return answer.text


@pytest.fixture
def visitor(app: Flask, client: FlaskClient, time_at: FixedClock) -> Visitor:
    with app.app_context():
        show = write(lambda session: make_show(session, 4, started=False))
        visitor = Visitor(app, client, show)
        visitor.change(lambda session: plan(session, show, time_at.at_ms + 26 * HOUR_MS))
    return visitor


def plan(session: Session, show: Show, starts_ms: int | None) -> None:
    sessions.replan(session, show.id, starts_ms, clock.now_ms() + 30 * HOUR_MS)


def test_a_show_to_come_says_when_and_what(visitor: Visitor) -> None:
    page = visitor.see()
    at = clock.in_vietnam(clock.now_ms() + 26 * HOUR_MS)
    assert f"<b>{at:%H:%M}</b>" in page
    assert "Ngày mai" in page
    assert "60.000" in page
    assert f'data-when="{at:%H:%M} · ' in page  # a picture is looked at on other days too


def test_the_calendar_file_has_the_time_in_utc(visitor: Visitor) -> None:
    text = visitor.see("/calendar.ics")
    starts = re.search(r"DTSTART:(\S+)", text)
    assert starts is not None
    assert (
        starts[1]
        == clock.iso(clock.now_ms() + 26 * HOUR_MS)[:19].replace("-", "").replace(":", "") + "Z"
    )
    assert f"/live/{visitor.show.id}" in text.replace("\r\n ", "")


def test_without_a_time_there_is_no_calendar_file(visitor: Visitor) -> None:
    visitor.change(lambda session: plan(session, visitor.show, None))
    visitor.see("/calendar.ics", 404)
    assert "Chưa báo giờ" in visitor.see()


def test_the_schedule_puts_the_soonest_first(session: Session) -> None:
    later, sooner = make_show(session, started=False), make_show(session, started=False)
    plan(session, later, clock.now_ms() + 5 * HOUR_MS)
    plan(session, sooner, clock.now_ms() + HOUR_MS)
    assert [facts.id for facts in view.listed(session)] == [sooner.id, later.id]


def test_the_page_becomes_the_room_when_the_show_starts(visitor: Visitor) -> None:
    assert "data-soon" in visitor.see()
    visitor.change(lambda session: sessions.start(session, visitor.show.id))
    assert "data-room" in visitor.see()


def test_the_poster_and_its_code_lead_to_the_show(visitor: Visitor) -> None:
    assert f"/live/{visitor.show.id}/qr.svg" in visitor.see("/poster")
    assert visitor.see("/qr.svg").startswith("<svg")


def test_a_rehearsal_has_none_of_these_pages(visitor: Visitor) -> None:
    visitor.change(lambda session: sessions.rehearse(session, visitor.show.id))
    for path in ("", "/calendar.ics", "/poster", "/qr.svg", "/claims"):
        visitor.see(path, 404)


def test_a_time_is_not_moved_once_the_show_runs(session: Session) -> None:
    with pytest.raises(SessionBegun):
        plan(session, make_show(session), clock.now_ms())


def test_the_claim_list_is_whole_and_masks_names(visitor: Visitor) -> None:
    visitor.change(lambda session: sessions.start(session, visitor.show.id))
    for _ in range(3):
        visitor.change(lambda session: make_claim(session, visitor.show))
    page = visitor.see("/claims")
    assert re.findall(r"<tr><td>(\d+)</td>", page) == ["3", "2", "1"]
    assert "***" in page
    assert re.findall(r"<tr><td>(\d+)</td>", visitor.see("/claims?before=3")) == ["2", "1"]


def test_a_calendar_line_is_never_too_long_nor_cut_inside_a_letter() -> None:
    text = calendar_file.written(
        CalendarEvent(**{**EVENT.__dict__, "title": "Phiên chợ nông sản vùng cao " * 9})
    )
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "SUMMARY:" + "Phiên chợ nông sản vùng cao " * 9 in text.replace("\r\n ", "")


def test_words_with_commas_and_lines_stay_one_value() -> None:
    text = calendar_file.written(CalendarEvent(**{**EVENT.__dict__, "words": "A, B; C\nD\\"}))
    assert "DESCRIPTION:A\\, B\\; C\\nD\\\\\r\n" in text


@pytest.mark.parametrize(("days", "said"), [(0, "Hôm nay"), (1, "Ngày mai"), (3, "Thứ Bảy, 28/11")])
def test_a_day_is_said_as_people_say_it(
    app: Flask, time_at: FixedClock, days: int, said: str
) -> None:
    with app.test_request_context():
        assert show_times.show_time(time_at.at_ms + days * 24 * HOUR_MS).day == said


def test_a_typed_moment_is_vietnams(time_at: FixedClock) -> None:
    at_ms = typed_moments.moment_ms("2026-11-28T20:05", "starts")
    assert at_ms is not None
    assert clock.iso(at_ms) == "2026-11-28T13:05:00.000Z"
    assert typed_moments.typed(at_ms) == "2026-11-28T20:05"
    assert typed_moments.moment_ms("", "starts") is None


@pytest.mark.parametrize("typed", ["tối mai", "2026-11-01T20:00", "2029-01-01T20:00", "99"])
def test_a_moment_that_is_none_or_over_is_refused(time_at: FixedClock, typed: str) -> None:
    with pytest.raises(BadRequest):
        typed_moments.moment_ms(typed, "starts")
