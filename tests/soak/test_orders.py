"""Orders at full size: long days of parcels, seats, vouchers and complaints against the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.clock import FixedClock
from tests.support.databases import settings_for
from tests.support.order_machine_together import play


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A writing session on one database or the other, undone at the end."""
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        yield session
        session.rollback()
    app.extensions["write_engine"].dispose()


@pytest.mark.timeout(7200)
def test_long_days_leave_goods_money_seats_and_vouchers_in_order(
    either: Session, time_at: FixedClock
) -> None:
    play(either, time_at, 200, steps=60)
