"""P1: 200 at once on a row of seven, on SQLite and PostgreSQL; each guard's control oversells."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from catalog import checks, stock
from catalog.models import Stock
from core.db import new_write_engine
from core.errors import OutOfStock
from tests.factories.catalog import make_product
from tests.races.stock_buyers import Rush, run
from tests.support.databases import settings_for

SEVEN_OF_200 = {"taken": 7, "out_of_stock": 193}
CHECKS = (
    checks.columns_are_the_sums_of_movements,
    checks.held_is_granted_and_kept,
    checks.allotments_cover_their_holds,
    checks.promised_no_more_than_there_was,
)


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = new_write_engine(settings_for(tmp_path, database_url))
    yield made
    made.dispose()


@pytest.fixture
def rush(engine: Engine, database_url: str, tmp_path: Path) -> Rush:
    """Seven of one product, in a database of its own."""
    with Session(engine) as session, session.begin():
        return Rush(database_url, str(tmp_path), make_product(session, on_hand=7))


def allot_all(engine: Engine, rush: Rush) -> Rush:
    with Session(engine) as session, session.begin():
        allotment = stock.grant(session, rush.product, 7, "pin:A1")
    return Rush(**{**rush.__dict__, "allotment": allotment})


def problems(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [problem for check in CHECKS for problem in check(session)]


def held(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalars(select(Stock.held)).one()


def test_200_holds_and_grants_on_seven_get_exactly_seven(engine: Engine, rush: Rush) -> None:
    assert run(rush) == SEVEN_OF_200
    assert held(engine) == 7
    assert problems(engine) == []


def test_the_refusal_is_a_409_out_of_stock() -> None:
    assert (OutOfStock.status, OutOfStock.code) == (409, "out_of_stock")


def test_without_its_guard_the_row_is_oversold(engine: Engine, rush: Rush) -> None:
    answers = run(Rush(**{**rush.__dict__, "without": "enough_available"}))
    assert answers["taken"] > 7
    assert held(engine) == answers["taken"]
    assert any("held=" in problem for problem in problems(engine))


def test_what_ran_out_is_given_back_once_to_200_who_ask(engine: Engine, rush: Rush) -> None:
    with Session(engine) as session, session.begin():
        for buyer in range(7):
            stock.hold_all(session, [stock.HoldRequest(rush.product, 1, f"order:old{buyer}", 1)])
    assert run(rush) == SEVEN_OF_200
    assert problems(engine) == []


def test_200_claims_on_an_allotment_of_seven_get_exactly_seven(engine: Engine, rush: Rush) -> None:
    assert run(allot_all(engine, rush)) == SEVEN_OF_200
    assert problems(engine) == []


def test_without_its_guard_the_allotment_is_oversold(engine: Engine, rush: Rush) -> None:
    with Session(engine) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.execute(text("ALTER TABLE allotments DROP CONSTRAINT ck_allotments_used"))
    rush = allot_all(engine, rush)
    answers = run(Rush(**{**rush.__dict__, "without": "enough_granted"}))
    assert answers["taken"] > 7
    assert any("used=" in problem for problem in problems(engine))
