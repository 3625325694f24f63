"""P4: whatever happens to money, the books sum to zero, equal its rows, and nobody changes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.outcomes import Failed
from sqlalchemy import Engine, text

import wsgi
from core import clock, factory
from core.clock import FixedClock
from payments.cards import asking
from payments.providers.stripe_sdk import StripeCards
from payments.refunds.rules import Source
from tests.conftest import START_MS
from tests.factories import cards
from tests.support.databases import settings_for
from tests.support.ledger_machine import EDITS
from tests.support.ledger_machine_whole import NOVEMBER, WholeLedger, play


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    clock.use(FixedClock(START_MS))
    with app.app_context():
        yield app.extensions["write_engine"]
    clock.use(clock.SystemClock())
    app.extensions["write_engine"].dispose()


@pytest.fixture
def machine(engine: Engine) -> Iterator[WholeLedger]:
    """The machine with a person at its levers."""
    with cards.spoken_to() as stripe:
        asking.use(StripeCards(stripe.url, patience_s=20))
        made = type("Machine", (WholeLedger,), {"engine": engine, "stripe": stripe})()
        made.open_till()
        yield made
        made.teardown()


def test_p4_the_books_balance_after_each_step(engine: Engine) -> None:
    play(engine, histories=6, steps=15)


def test_p4_refunds_decisions_cards_and_months_come_to_every_end(machine: WholeLedger) -> None:
    """Each lever does what it says: without this the machine could play and touch nothing."""
    for back in (False, True):
        machine.sell(130_000, 20_000)
        machine.give_back_to_the_end(-1, "some", back=back)
        machine.give_back_to_the_end(-1, "extra", back=back)
        machine.books_are_whole_and_only_grow()
    for step in ("sent", "drop"):
        machine.begin_refund(-1, 40_000, Source.PAID, named=True)
        machine.go_on_with_a_refund(-1, step, 0)
    machine.ask(65_000)
    machine.unnamed_money_is_placed(-1)
    machine.come_unnamed_or_go(40_000, "in")
    machine.decide_about_a_line(0, -1, "not_ours")
    machine.take_a_decision_back(-1)
    machine.sell_by_card(195_000, "browser")
    machine.give_back_to_the_end(-1, "some", back=False)
    machine.give_back_to_cards()
    machine.a_month_passes()
    machine.close_a_month(NOVEMBER)
    machine.sell(40_000, 0)
    machine.books_are_whole_and_only_grow()
    assert states(machine, "refunds") == {"proved", "returned", "sent", "dropped"}
    assert states(machine, "payments") - {"expected"} == {"part_refunded", "settled"}
    assert (states(machine, "card_attempts"), states(machine, "card_refunds")) == (
        {"paid"},
        {"succeeded"},
    )
    assert states(machine, "line_decisions", "kind") == {"place", "back"}
    assert states(machine, "ledger_closings", "actor") == {"p:acc"}


def states(machine: WholeLedger, table: str, column: str = "state") -> set[str]:
    return set(machine.session.scalars(text(f"SELECT {column} FROM {table}")))


def test_without_its_trigger_the_machine_finds_the_books_changed(machine: WholeLedger) -> None:
    """The control."""
    on_sqlite = machine.engine.dialect.name == "sqlite"
    name = "ledger_lines_no_update" if on_sqlite else "ledger_lines_no_change ON ledger_lines"
    machine.session.execute(text(f"DROP TRIGGER {name}"))
    machine.sell(65_000, 0)
    with pytest.raises(Failed, match="DID NOT RAISE"):
        machine.somebody_edits_the_books(EDITS[0])
    with pytest.raises(AssertionError, match="was changed after it was booked"):
        machine.books_are_whole_and_only_grow()
