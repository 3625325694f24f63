"""P1 and P5 at the shelf: counts and stall sales of many phones at once, each in the book once.

A count says against which book it was made. Racing with sales it is either before all of them or changes
nothing, so that no sale is ever counted away.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

import wsgi
from catalog import listings, stock, stocktake
from catalog.models import Lot, Movement, Stock
from catalog.stock import Word
from catalog.stocktake import CountLine, Outcome
from core import factory, fsck
from core.client_ids import JsonObject
from core.db import db, write
from tests.factories.catalog import make_listing
from tests.factories.identity import bearer, make_login, make_seller
from tests.support.databases import settings_for

PHONES = 10
START = 5000
COUNTED = 4000
SOLD = 100


@dataclass(frozen=True)
class Shelf:
    """Five kilos of one lot in a store, and somebody who counts and sells there."""

    app: Flask
    seller: str
    listing: str
    store: str
    lot: str
    token: str

    def send(self, path: str, body: JsonObject) -> TestResponse:
        url = f"/api/v1/sellers/{self.seller}/{path}"
        whole = {"point": self.store, **body}
        client = self.app.test_client(use_cookies=False)
        return client.post(url, json=whole, headers=bearer(self.token))

    def sell(self, client_id: str, quantity: int = SOLD) -> TestResponse:
        line: JsonObject = {"listing": self.listing, "quantity": quantity}
        body: JsonObject = {"took_vnd": 0, "sold_ms": 1_795_600_000_000, "lines": [line]}
        return self.send("stall-sales", {"client_id": client_id, **body})

    def count(self, client_id: str) -> TestResponse:
        line: JsonObject = {"lot": self.lot, "book": START, "counted": COUNTED}
        return self.send("counts", {"client_id": client_id, "lines": [line]})

    def on_hand(self) -> int:
        with self.app.app_context():
            return db.session.scalars(select(Stock.on_hand)).one()

    def sales(self) -> int:
        with self.app.app_context():
            query = select(func.count()).where(Movement.kind == "sell")
            return db.session.scalar(query) or 0

    def faults(self) -> list[str]:
        with self.app.app_context():
            return [one for verdict in fsck.run_all(db.session()) for one in verdict.problems]


@pytest.fixture
def shelf(database_url: str, tmp_path: Path) -> Iterator[Shelf]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context():
        yield write(lambda session: _made(app, session))
        db.session.remove()
        db.engine.dispose()
    app.extensions["write_engine"].dispose()


def _made(app: Flask, session: Session) -> Shelf:
    seller = make_seller(session)
    token, _login = make_login(session, roles={seller: "packer"})
    listing = make_listing(session, seller, on_hand=START)
    product = listings.get(session, listing).product_id
    lot = session.scalars(select(Lot.id).where(Lot.product_id == product)).one()
    return Shelf(app, seller, listing, stock.store_of(session, seller), lot, token)


def at_once(acts: list[Callable[[], TestResponse]]) -> list[TestResponse]:
    """The answers to all of these, begun at the same moment."""
    start = Barrier(len(acts))

    def go(act: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as phones:
        return list(phones.map(go, acts))


def test_one_sale_sent_by_a_stuttering_phone_is_booked_once(shelf: Shelf) -> None:
    told = at_once([lambda: shelf.sell("the-same-sale")] * PHONES)
    assert {answer.status_code for answer in told} == {200}
    assert len({answer.get_json()["sale"] for answer in told}) == 1
    assert (shelf.sales(), shelf.on_hand()) == (1, START - SOLD)


def test_many_phones_sell_no_more_than_lies_there(shelf: Shelf) -> None:
    sales = [lambda one=one: shelf.sell(f"sale-{one:04d}", 800) for one in range(PHONES)]
    told = [answer.status_code for answer in at_once(sales)]  # type: ignore[arg-type]
    assert sorted(told) == [200] * 6 + [409] * 4
    assert shelf.on_hand() == START - 6 * 800
    assert shelf.faults() == []


def test_no_sale_is_counted_away(shelf: Shelf) -> None:
    assert race_of_count_and_sales(shelf) == 0
    assert shelf.faults() == []


def test_without_the_book_of_the_count_sales_vanish(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a count that is taken whatever has happened since brings sold goods back."""

    def careless(session: Session, stock_id: str, line: CountLine, word: Word) -> Outcome:
        stock.recount_lot(session, stock_id, line.lot_id, line.counted, word)
        return Outcome.KEPT

    monkeypatch.setattr(stocktake, "_take_line", careless)
    shelf.sell("sold-before-all")
    assert race_of_count_and_sales(shelf) > 0


def race_of_count_and_sales(shelf: Shelf) -> int:
    """How many base units stand in the book that are not on the shelf, after a count raced with sales."""
    sales = [lambda one=one: shelf.sell(f"sale-{one:04d}") for one in range(PHONES - 1)]
    counting, *_sold = at_once([lambda: shelf.count("the-only-count"), *sales])  # type: ignore[list-item]
    [line] = counting.get_json()["list"]
    there = START - (START - COUNTED if line["outcome"] == "kept" else 0) - shelf.sales() * SOLD
    return shelf.on_hand() - there
