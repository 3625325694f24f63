"""Chosen rows are written down: all of them or none, planned anew in the same transaction.

Each row that could be told twice (a delivery, a count) leaves its digest, so that no file counts twice,
not even one sent from two desks at once.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, prices, products, stock
from catalog.imports import pack_rows, plan, shelf
from catalog.imports.errors import NothingChosen, RowRefused, TooManyChosen
from catalog.imports.rows import CountStep, LotStep, PackStep, PlannedRow
from catalog.listings import NewListing
from catalog.lots import facts, opening, record
from catalog.lots.opening import NewLot
from catalog.models import ImportRow, Lot, LotStock, Product
from catalog.stock import Word
from core import clock
from core.db import insert_new
from core.errors import N_, DomainError

MOST_AT_ONCE = 200
"""Rows of one write: on SQLite everybody else's writes wait for it, about half a second."""
_OPENING = N_("nhập từ bảng")
_GONE = N_("Dòng này nay không còn gì để ghi, hoặc đã sai. Bạn xem lại bảng rồi chọn lại nhé.")


def rows(
    session: Session, seller_id: str, file_id: str, chosen: Collection[int], actor: str
) -> int:
    """Write down the chosen rows of a file (their numbers); returns how many did something.

    Rows that are written down already do nothing more.

    Raises:
        NotFound: the file is not there, not the seller's, or older than a day.
        NothingChosen, TooManyChosen: no row, or more than `MOST_AT_ONCE`.
        RowRefused: one cannot be written down any more; none was.
    """
    if not chosen:
        raise NothingChosen()
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyChosen(most=MOST_AT_ONCE)
    shelf.lock(session, seller_id)
    file = shelf.get(session, seller_id, file_id)
    made = plan.make(session, seller_id, file.facts.kind, file.table, file.facts.digest)
    writer = _Writer(session, seller_id, actor)
    done = sum(_apply(writer, row) for row in _picked(made, chosen))
    shelf.count_applied(session, file_id, done)
    return done


def _picked(made: plan.Plan, chosen: Collection[int]) -> list[PlannedRow]:
    by_number = {row.number: row for row in made.rows}
    for number in sorted(chosen):
        if number not in by_number or by_number[number].problems:
            raise RowRefused(row=number, why=_GONE)
    return [by_number[number] for number in sorted(chosen)]


def _apply(writer: "_Writer", row: PlannedRow) -> bool:
    if row.step is None:
        return False
    try:
        return writer.write(row.step)
    except RowRefused:
        raise
    except DomainError as error:
        raise RowRefused(row=row.number, why=error.text()) from error


class _Writer:
    """Writes steps down for one seller, by one person."""

    def __init__(self, session: Session, seller_id: str, actor: str) -> None:
        self._session = session
        self._seller_id = seller_id
        self._actor = actor
        self._made: dict[str, str] = {}

    def write(self, step: PackStep | LotStep | CountStep) -> bool:
        """Do what a step says; False if it was done before."""
        if isinstance(step, PackStep):
            self._offer(step)
            return True
        if not self._first(step.digest):
            return False
        if isinstance(step, LotStep):
            self._record(step)
        else:
            self._count(step)
        return True

    def _offer(self, step: PackStep) -> None:
        product_id = self._product(step)
        if step.listing_id is None:
            base = self._session.get_one(Product, product_id).base_unit
            mode = pack_rows.mode_of(step, base)
            new = NewListing(product_id, step.pack_size, step.unit_word, step.price_vnd, mode)
            listings.add(self._session, self._seller_id, new)
        else:
            listing = (self._seller_id, step.listing_id)
            prices.set_price(self._session, *listing, step.price_vnd, self._actor)
        if step.quantity:
            opening.bring_in(self._session, self._seller_id, product_id, step.quantity, _OPENING)

    def _product(self, step: PackStep) -> str:
        """The product of a pack, made or told of otherwise if need be."""
        product_id = step.product_id or self._made.get(step.key)
        if product_id is None:
            assert step.new is not None  # planned so
            product_id = products.add(self._session, self._seller_id, step.new)
            self._made[step.key] = product_id
        elif step.kind or step.story:
            now = products.facts(self._session, self._seller_id, product_id).details
            told = replace(now, kind=step.kind or now.kind, story=step.story or now.story)
            products.change(self._session, self._seller_id, product_id, told)
        return product_id

    def _record(self, step: LotStep) -> None:
        lot_id = record.record(self._session, self._seller_id, step.new, self._actor)
        self._note(step.digest, facts.get(self._session, self._seller_id, lot_id).code)

    def _count(self, step: CountStep) -> None:
        stock_id = stock.row_at(
            self._session, self._seller_id, step.product_id, step.point_id or None
        )
        word = Word(self._actor, step.reason)
        if step.lot_id:
            stock.recount_lot(self._session, stock_id, step.lot_id, step.counted, word)
        elif self._ever_lay(stock_id):
            stock.recount(self._session, stock_id, step.counted, step.reason)
        else:
            self._open(step, stock_id, word)

    def _ever_lay(self, stock_id: str) -> bool:
        """Whether available goods lie or lay there, so that a lot can take what is more."""
        query = select(Lot.id).join(LotStock, LotStock.lot_id == Lot.id)
        there = query.where(LotStock.stock_id == stock_id, Lot.state == "available")
        return self._session.scalar(there.limit(1)) is not None

    def _open(self, step: CountStep, stock_id: str, word: Word) -> None:
        """Goods counted where the books never had any: they get a plain lot of today."""
        new = NewLot(
            self._seller_id, step.product_id, "opening", "available", clock.today(), word.actor
        )
        lot_id = opening.add(self._session, new)
        stock.receive(self._session, stock_id, lot_id, step.counted, word)

    def _first(self, digest: str) -> bool:
        """Leave the digest of a row; False if it is there already."""
        values: dict[str, object] = {
            "seller_id": self._seller_id,
            "digest": digest,
            "result": "",
            "at_ms": clock.now_ms(),
        }
        return insert_new(self._session, ImportRow, values)

    def _note(self, digest: str, result: str) -> None:
        self._session.get_one(ImportRow, (self._seller_id, digest)).result = result
