"""P5: the same write sent many times at once has one effect, and all its senders get one answer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.client_ids import JsonObject, key_of, once
from core.db import db, write
from core.errors import ClientIdConflict
from core.identity import people
from tests.factories.identity import make_seller, new_phone
from tests.support.databases import settings_for

SENDERS = 12


@pytest.fixture
def market(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    yield app
    with app.app_context():
        db.engine.dispose()
    app.extensions["write_engine"].dispose()


def make_one(session: Session) -> JsonObject:
    """A write with an effect that can be counted and an answer nobody else gets."""
    return {"seller": make_seller(session)}


def at_once(market: Flask, act: Callable[[Session, int], JsonObject]) -> list[object]:
    """What each of twelve senders gets for `act(session, sender)`: its answer, or its error's class."""
    start = Barrier(SENDERS)

    def send(sender: int) -> object:
        with market.app_context():
            start.wait()
            try:
                return write(lambda session: act(session, sender))["seller"]
            except ClientIdConflict as error:
                return type(error)

    with ThreadPoolExecutor(SENDERS) as senders:
        return list(senders.map(send, range(SENDERS)))


def sellers_in(market: Flask) -> int:
    with market.app_context():
        return int(db.session.scalar(text("SELECT count(*) FROM sellers")) or 0)


def test_twelve_repeats_at_once_have_one_effect_and_one_answer(market: Flask) -> None:
    key = key_of("p:hoa", "sent-twelve-times", "test", {"packs": 1})
    told = at_once(market, lambda session, _: once(session, key, lambda: make_one(session)))
    assert len(set(told)) == 1
    assert sellers_in(market) == 1


def test_twelve_bodies_under_one_id_have_one_winner(market: Flask) -> None:
    def act(session: Session, sender: int) -> JsonObject:
        key = key_of("p:hoa", "one-id-many-bodies", "test", {"packs": sender})
        return once(session, key, lambda: make_one(session))

    told = at_once(market, act)
    assert told.count(ClientIdConflict) == SENDERS - 1
    assert sellers_in(market) == 1


def test_without_the_guard_each_repeat_has_its_own_effect(market: Flask) -> None:
    """The control."""
    told = at_once(market, lambda session, _: make_one(session))
    assert len(set(told)) == SENDERS
    assert sellers_in(market) == SENDERS


def test_twelve_devices_with_one_new_number_are_one_person(market: Flask) -> None:
    phone = new_phone()

    def act(session: Session, sender: int) -> JsonObject:
        return {"seller": people.find_or_create(session, phone, f"Lan {sender}")}

    assert len(set(at_once(market, act))) == 1
