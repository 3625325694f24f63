"""Whatever happens to orders in whatever order: states as a model says, goods and money conserved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis.errors import FlakyFailure
from sqlalchemy.orm import Session

import wsgi
from catalog import stock
from core import factory
from core.clock import FixedClock
from core.errors import DomainError
from core.states import Table
from shop.ordering import securing
from shop.states import ORDER
from tests.support.databases import settings_for
from tests.support.order_machine import OrderMachine, play


@pytest.fixture
def either(database_url: str, tmp_path: Path, time_at: FixedClock) -> Iterator[Session]:
    """A writing session on one database or the other, undone at the end."""
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        yield session
        session.rollback()
    app.extensions["write_engine"].dispose()


@pytest.mark.timeout(600)  # each step proves all the books, on a busy machine for minutes
def test_goods_and_money_are_conserved_on_either_database(
    either: Session, time_at: FixedClock
) -> None:
    play(either, time_at, 10)


def test_every_state_is_reached(session: Session, time_at: FixedClock) -> None:
    OrderMachine.session, OrderMachine.time = session, time_at
    OrderMachine.seen.clear()
    machine = OrderMachine()
    machine.open_shop(9, [(5, "refuse"), (6, "take_back"), (7, "deliver"), (0, "")])
    machine.step(3, "cancel", bound=False)
    machine.place(1, 0, door=True)
    machine.carry_on(4, 0, "")
    machine.wait(20, week=False)
    machine.tick()
    machine.states_are_the_models()
    machine.books_agree()
    assert set(OrderMachine.seen) == ORDER.states


def hand_over_without_goods(session: Session, holder: str, actor: str) -> None:
    """A hand-over that forgets the stock."""


def keep_the_money(session: Session, order: object, reason: str) -> None:
    """An end that forgets what was paid."""


def allow(table: Table, old: str, new: str) -> bool:
    """A table that lets everything through."""
    return True


@pytest.mark.parametrize(
    ("where", "name", "broken"),
    [
        (stock, "ship_holder", hand_over_without_goods),
        (securing, "return_money", keep_the_money),
        (Table, "allows", allow),
    ],
)
def test_the_machine_finds_a_broken_rule(
    session: Session,
    time_at: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    broken: object,
) -> None:
    monkeypatch.setattr(where, name, broken)
    with pytest.raises((AssertionError, DomainError, FlakyFailure, pytest.fail.Exception)):
        play(session, time_at, 20)
