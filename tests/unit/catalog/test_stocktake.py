"""A stocktake made at the shelf: what is kept, what is asked back, what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, stocktake
from catalog.models import Lot, Movement
from catalog.stock import Carry, Word
from catalog.stocktake import CountedLine, CountLine, Outcome
from core.errors import BadRequest, NotFound
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller

WORD = Word("p:somebody", "cân lại")


@dataclass(frozen=True)
class Shelf:
    """Ten kilos of one lot in a seller's store."""

    session: Session
    seller: str
    product: str
    lot: str
    store: str

    def count(self, book: int, counted: int) -> CountedLine:
        [line] = self.take([CountLine(self.lot, book, counted)])
        return line

    def take(self, lines: Sequence[CountLine], point: str = "") -> tuple[CountedLine, ...]:
        return stocktake.take(self.session, self.seller, point or self.store, lines, WORD)

    def on_hand(self) -> int:
        return stock.levels(self.session, [self.product])[self.product].on_hand


@pytest.fixture
def shelf(session: Session) -> Shelf:
    seller = make_seller(session)
    product = make_product(session, seller, on_hand=10_000)
    lot = session.scalars(select(Lot.id).where(Lot.product_id == product)).one()
    return Shelf(session, seller, product, lot, stock.store_of(session, seller))


def test_what_was_counted_is_what_the_book_says_with_who_and_why(shelf: Shelf) -> None:
    assert shelf.count(10_000, 9500) == CountedLine(shelf.lot, Outcome.KEPT, 9500, 0)
    assert shelf.on_hand() == 9500
    newest = select(Movement).order_by(Movement.id.desc()).limit(1)
    moved = shelf.session.scalars(newest).one()
    assert (moved.kind, moved.quantity) == ("recount", -500)
    assert (moved.actor, moved.reason) == ("p:somebody", "cân lại")


def test_a_count_that_agrees_writes_nothing(shelf: Shelf) -> None:
    before = len(shelf.session.scalars(select(Movement.id)).all())
    assert shelf.count(10_000, 10_000).outcome is Outcome.SAME
    assert len(shelf.session.scalars(select(Movement.id)).all()) == before


def test_a_book_that_moved_since_is_told_and_stays(shelf: Shelf) -> None:
    """A kilo was sold at the store before or after the count: only who counted knows."""
    row = stock_id_of(shelf.session, shelf.product)
    stock.sell(shelf.session, row, 1000, "stall:x", Word())
    assert shelf.count(10_000, 9500) == CountedLine(shelf.lot, Outcome.MOVED, 9000, 0)
    assert shelf.on_hand() == 9000


def test_the_answer_to_such_a_question_is_a_count_against_the_new_book(shelf: Shelf) -> None:
    row = stock_id_of(shelf.session, shelf.product)
    stock.sell(shelf.session, row, 1000, "stall:x", Word())
    told = shelf.count(10_000, 9500)
    assert shelf.count(told.now, 8500).outcome is Outcome.KEPT
    assert shelf.on_hand() == 8500


def test_a_moved_line_does_not_hold_up_the_others(shelf: Shelf) -> None:
    other = make_product(shelf.session, shelf.seller, on_hand=500)
    lot = shelf.session.scalars(select(Lot.id).where(Lot.product_id == other)).one()
    told = shelf.take([CountLine(shelf.lot, 1, 9500), CountLine(lot, 500, 400)])
    assert [line.outcome for line in told] == [Outcome.MOVED, Outcome.KEPT]
    assert [line.now for line in told] == [10_000, 400]


def test_counting_less_than_is_promised_keeps_the_count_and_says_what_is_short(
    shelf: Shelf,
) -> None:
    keep(shelf.session, shelf.product, 8000)
    assert shelf.count(10_000, 7000).short == 1000
    assert shelf.on_hand() == 7000


def test_a_lot_that_went_elsewhere_is_counted_against_nothing(shelf: Shelf) -> None:
    stall = stock.open_point(shelf.session, shelf.seller, "stall", "Quầy chợ")
    row = stock_id_of(shelf.session, shelf.product)
    stock.transfer(shelf.session, Carry(shelf.lot, 10_000, row, stall), Word())
    told = shelf.count(10_000, 9000)
    assert (told.outcome, told.now) == (Outcome.MOVED, 0)
    [there] = shelf.take([CountLine(shelf.lot, 10_000, 9000)], stall)
    assert (there.outcome, there.now) == (Outcome.KEPT, 9000)


def test_a_lot_is_counted_once_and_something_is(shelf: Shelf) -> None:
    for lines in ([], [CountLine(shelf.lot, 10_000, 1)] * 2):
        with pytest.raises(BadRequest):
            shelf.take(lines)


def test_lots_and_points_of_others_are_unknown(shelf: Shelf, session: Session) -> None:
    stranger = make_seller(session)
    theirs = make_product(session, stranger, on_hand=100)
    lot = session.scalars(select(Lot.id).where(Lot.product_id == theirs)).one()
    with pytest.raises(NotFound):
        shelf.take([CountLine(lot, 100, 0)])
    with pytest.raises(NotFound):
        shelf.take([CountLine(shelf.lot, 10_000, 0)], stock.store_of(session, stranger))
