"""P5 for tables: two desks that send the same price list at the same moment list it once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog import listings
from catalog.imports import apply, plan, shelf
from catalog.imports.columns import Kind
from catalog.imports.shelf import NewFile
from core import clock
from core.db import db, write
from core.tables import reading
from tests.conftest import START_MS
from tests.factories.identity import make_seller
from tests.support.stall import Town, open_town

PRICES = "Sản phẩm\tĐơn vị\tQuy cách\tGiá\nChè vằng\tgói\t200 g\t45k\nNa dai\tkg\t\t60k"


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    yield from opened(tmp_path, database_url)


@pytest.fixture
def postgres_town(postgres_url: str, tmp_path: Path) -> Iterator[Town]:
    yield from opened(tmp_path, postgres_url)


def opened(folder: Path, url: str) -> Iterator[Town]:
    made = open_town(folder, url, START_MS)
    clock.use(made.time)
    yield made
    made.close()
    clock.use(clock.SystemClock())


def test_the_same_list_from_four_desks_at_once_is_listed_once(town: Town) -> None:
    assert names_after_a_race(town, desks=4) == ["Chè vằng", "Na dai"]


def test_without_the_lock_it_is_listed_twice(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both desks have planned before either writes (SQLite has one writer anyway)."""
    gate, make = threading.Barrier(2, timeout=20), plan.make

    def make_together(*args: object) -> plan.Plan:
        made = make(*args)  # type: ignore[arg-type]
        gate.wait()
        return made

    monkeypatch.setattr(shelf, "lock", lambda session, seller_id: None)
    monkeypatch.setattr(plan, "make", make_together)
    assert len(names_after_a_race(postgres_town, desks=2)) == 4


def names_after_a_race(town: Town, desks: int) -> list[str]:
    """What a new seller offers once so many desks have written the same list down at the same moment."""
    with town.app.app_context():
        seller = write(make_seller)
        files = [write(lambda session: waiting_list(session, seller)) for _ in range(desks)]
    gate = threading.Barrier(desks)

    def act(file_id: str) -> None:
        with town.app.app_context():
            gate.wait()
            write(lambda session: apply.rows(session, seller, file_id, [2, 3], "p:somebody"))

    threads = [threading.Thread(target=act, args=(file_id,)) for file_id in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with town.app.app_context():
        return [one.name for one in listings.of_seller(db.session(), seller)]


def waiting_list(session: Session, seller: str) -> str:
    """A price list of the seller waits to be written down; its id."""
    new = NewFile("bảng giá", Kind.LISTINGS, reading.pasted(PRICES))
    return shelf.keep(session, seller, new, "0" * 64, "p:somebody")
