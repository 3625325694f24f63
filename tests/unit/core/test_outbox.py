"""Events survive, arrive, are repeated after a failure and parked when nothing helps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import outbox
from core.clock import FixedClock
from core.db import db, write
from core.errors import NotFound
from core.events import Event
from core.outbox import OutboxRow


@dataclass(frozen=True)
class LeafPicked(Event):
    grams: int


class Ear:
    """A subscriber that can be made to fail."""

    heard: ClassVar[list[int]] = []
    failing = False


def hear(session: Session, event: LeafPicked) -> None:
    if Ear.failing:
        raise RuntimeError("not now")
    Ear.heard.append(event.grams)


@pytest.fixture(autouse=True)
def _subscribed() -> Iterator[None]:
    Ear.heard, Ear.failing = [], False
    outbox.subscribe(LeafPicked, hear)
    yield
    outbox._subscriptions.pop(f"{__name__}.hear", None)


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxRow.state)))


def test_an_event_reaches_its_subscriber_once(app: Flask) -> None:
    with app.app_context():
        write(lambda session: outbox.publish(session, LeafPicked(500)))
        outbox.run_pending()
        outbox.run_pending()
        assert (Ear.heard, states()) == ([500], ["done"])


def test_an_event_of_a_write_that_failed_is_never_heard(app: Flask) -> None:
    def fail(session: Session) -> None:
        outbox.publish(session, LeafPicked(500))
        raise NotFound()

    with app.app_context():
        with pytest.raises(NotFound):
            write(fail)
        outbox.run_pending()
        assert Ear.heard == []


def test_a_failed_delivery_is_tried_again_later(app: Flask, time_at: FixedClock) -> None:
    with app.app_context():
        write(lambda session: outbox.publish(session, LeafPicked(500)))
        Ear.failing = True
        outbox.run_pending()
        Ear.failing = False
        time_at.advance(60_000)
        outbox.run_pending()
        assert (Ear.heard, states()) == ([500], ["done"])


def test_what_never_succeeds_is_parked_and_named(app: Flask, time_at: FixedClock) -> None:
    with app.app_context():
        write(lambda session: outbox.publish(session, LeafPicked(500)))
        Ear.failing = True
        for _ in range(20):
            outbox.run_pending()
            time_at.advance(10 * 60_000)
        assert states() == ["parked"]
        assert "not now" in outbox.parked_rows(db.session())[0]


def test_one_handler_hears_one_event() -> None:
    def hear(_session: Session, _event: Event) -> None: ...

    outbox.subscribe(Event, hear)
    with pytest.raises(ValueError, match="hears Event already"):
        outbox.subscribe(type("Other", (Event,), {}), hear)
