"""P3, P10: two of the bank's notices worked on at the same moment, one inside the other's transaction."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import wsgi
from core import factory, fsck
from payments import payments, settle
from payments.bank import intake
from payments.ledger import booking, posting
from payments.ledger.models import LedgerSeries
from payments.models import BankAccount, Payment, Receipt, ReceiptSeries
from payments.receipts import receipts
from tests.factories.payments import Till, Transfer, make_till, open_payment, pay, sepay_body, tell
from tests.support.databases import settings_for

Told = tuple[str, int]
"""The order code in a transfer's text, and its sum."""


@dataclass(frozen=True)
class Books:
    """An installation with one seller that was paid once already."""

    app: Flask
    till: Till

    @property
    def engine(self) -> Engine:
        engine: Engine = self.app.extensions["write_engine"]
        return engine

    def ask(self, amount_vnd: int = 130_000) -> str:
        with Session(self.engine) as session, session.begin():
            return open_payment(session, self.till, amount_vnd)

    def problems(self) -> list[str]:
        with Session(self.engine) as session:
            return [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def open_books(database_url: str, data_dir: Path) -> Books:
    app = factory.create_app(settings_for(data_dir, database_url), wsgi.WIRINGS)
    with Session(app.extensions["write_engine"]) as session, session.begin():
        till = make_till(session)
        pay(session, till, open_payment(session, till), 130_000)
    return Books(app, till)


@pytest.fixture
def books(database_url: str, tmp_path: Path) -> Iterator[Books]:
    opened = open_books(database_url, tmp_path)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def unguarded(postgres_url: str, tmp_path: Path) -> Iterator[Books]:
    """On SQLite there is no control: its writers never overlap at all."""
    opened = open_books(postgres_url, tmp_path)
    yield opened
    opened.engine.dispose()


def at_once(books: Books, first: Told, second: Told) -> list[Exception]:
    """Take in the second notice while the first one's transaction is open; returns what failed."""
    failed: list[Exception] = []
    thread = threading.Thread(target=take_in, args=(books, second, failed))
    with Session(books.engine) as session, session.begin():
        tell(session, books.till, sepay_body(books.till, Transfer(*first)))
        thread.start()
        wait_until_blocked(session)
    thread.join()
    return failed


def take_in(books: Books, told: Told, failed: list[Exception]) -> None:
    try:
        with Session(books.engine) as session, session.begin():
            tell(session, books.till, sepay_body(books.till, Transfer(*told)))
    except IntegrityError as error:
        failed.append(error)


def wait_until_blocked(session: Session) -> None:
    """Return when another transaction waits for this one (SQLite's waits to begin: nothing to see)."""
    if session.get_bind().dialect.name == "sqlite":
        return
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not session.scalar(waiting):
        pass


def hear_both_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One account's lines come in one after the other: that is one lock more to take away."""
    monkeypatch.setattr(
        intake, "locked_account", lambda session, id_: session.get_one(BankAccount, id_)
    )


def leave_the_ledger_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its series is one more lock: whoever would show what another one is for has to take it away."""
    monkeypatch.setattr(booking, "post", lambda session, entry: None)


def test_p3_two_parts_of_one_sum_at_once_both_count(books: Books) -> None:
    code = books.ask()
    assert at_once(books, (code, 60_000), (code, 70_000)) == []
    with Session(books.engine) as session:
        facts = payments.facts_by_code(session, code)
    assert (facts.state, facts.paid_vnd, facts.surplus_vnd) == ("settled", 130_000, 0)
    assert books.problems() == []


def test_p3_the_whole_sum_twice_at_once_is_paid_once(books: Books) -> None:
    code = books.ask()
    assert at_once(books, (code, 130_000), (code, 130_000)) == []
    with Session(books.engine) as session:
        assert payments.facts_by_code(session, code).surplus_vnd == 130_000
    assert books.problems() == []


def test_without_the_rows_lock_a_part_is_forgotten(
    unguarded: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "locked", lambda session, id_: session.get_one(Payment, id_))
    hear_both_at_once(monkeypatch)
    leave_the_ledger_out(monkeypatch)
    code = unguarded.ask()
    at_once(unguarded, (code, 60_000), (code, 70_000))
    assert any("its parts" in problem for problem in unguarded.problems())


def test_p10_two_payments_settled_at_once_get_neighbouring_numbers(books: Books) -> None:
    assert at_once(books, (books.ask(), 130_000), (books.ask(), 130_000)) == []
    with Session(books.engine) as session:
        numbers = session.scalars(select(Receipt.number).order_by(Receipt.number)).all()
    assert numbers == [1, 2, 3]
    assert books.problems() == []


def test_without_the_series_lock_both_want_the_same_number(
    unguarded: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        receipts, "_locked_series", lambda session, id_: session.get_one(ReceiptSeries, id_)
    )
    hear_both_at_once(monkeypatch)
    leave_the_ledger_out(monkeypatch)
    told = [(unguarded.ask(), 130_000) for _ in range(2)]
    assert len(at_once(unguarded, *told)) == 1


def test_p4_without_the_ledgers_lock_both_want_the_same_number(
    unguarded: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        posting, "locked_series", lambda session, id_: session.get_one(LedgerSeries, id_)
    )
    hear_both_at_once(monkeypatch)
    told = [(unguarded.ask(), 130_000) for _ in range(2)]
    assert len(at_once(unguarded, *told)) == 1
