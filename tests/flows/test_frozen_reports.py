"""A frozen report on both databases: it stands, and the database itself refuses to change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

import wsgi
from core import clock, factory
from core.clock import FixedClock
from livestream.figures import reports, viewers
from payments import payments
from shop import orders
from tests.support.databases import settings_for
from tests.support.sale_day import Evening, make_evening

DAY_MS = 86_400_000


@pytest.fixture
def evening(database_url: str, tmp_path: Path, time_at: FixedClock) -> Iterator[Evening]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        yield make_evening(session)
        session.rollback()
    app.extensions["write_engine"].dispose()


def test_after_seven_days_the_figures_stand_and_later_refunds_do_not_move_them(
    evening: Evening, time_at: FixedClock
) -> None:
    time_at.advance(7 * DAY_MS - 1)
    reports.freeze_due(evening.session)
    assert reports.read(evening.session, evening.scope).frozen_ms is None
    time_at.advance(1)
    before = evening.values()
    reports.freeze_due(evening.session)
    payments.mark_refund_due(evening.session, orders.reference_of(evening.paid), "spoilt")
    page = reports.read(evening.session, evening.scope)
    assert (page.report.values, page.frozen_ms) == (before, clock.now_ms())
    assert len(page.digest) == 64


def test_the_database_refuses_to_change_what_is_frozen(
    evening: Evening, time_at: FixedClock
) -> None:
    changes = ("UPDATE frozen_reports SET body = '{}'", "DELETE FROM frozen_reports")
    for change in changes:
        evening.session.execute(text(change))  # the control: with nothing frozen it is no error
    time_at.advance(7 * DAY_MS)
    reports.freeze(evening.session, evening.scope)
    for change in changes:
        with evening.session.begin_nested() as point:
            with pytest.raises(DatabaseError, match="never changed"):
                evening.session.execute(text(change))
            point.rollback()


def test_devices_are_counted_alike_on_both_databases(evening: Evening) -> None:
    for name in ("one", "two", "one"):
        viewers.saw(evening.show.id, name)
    for _ in range(2):
        viewers.write_down(evening.session)
    assert evening.values()["viewers"] == 2
