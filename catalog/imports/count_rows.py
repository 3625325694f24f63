"""Rows of a stocktake: what was counted of a lot, or of a product, at a point.

Where the sheet says what the books said when it was printed and they say otherwise now, nobody but who
counted knows which came first: such a row is refused (as `catalog.stocktake` does). One that was written
down stays so: sending its file again does not take back what was sold since.
"""

import hashlib
from datetime import date

from catalog.imports import values
from catalog.imports.book import Book
from catalog.imports.book_queries import KnownLot, KnownProduct
from catalog.imports.cell_errors import BookMoved, FutureDay, RowTwice, UnknownLot
from catalog.imports.rows import CountStep, Does, PlannedRow, RowReader, Said
from catalog.products import NAME_LENGTH
from core.errors import N_
from core.quantity import format_quantity
from core.strict_json import canonical
from core.tables.cells import Cell

_CODE_LENGTH = 16
_REASON_LENGTH = 200
_REASON = N_("kiểm kê")
_SKIPPED = N_("Chưa ghi số đếm, bỏ qua")
_SAME = N_("Không đổi")
_WRITTEN = N_("Không đổi: lần đếm này đã ghi trước đây")
_LESS = N_("Sổ %(book)s → đếm %(counted)s (thiếu %(less)s)")
_MORE = N_("Sổ %(book)s → đếm %(counted)s (thừa %(more)s)")
_SHORT = N_("Đã hứa cho khách %(promised)s: sẽ có đơn thiếu hàng")


class CountRows:
    """Reads the rows of one stocktake; `file_digest` stands for the day where rows say none."""

    def __init__(self, book: Book, today: date, file_digest: str) -> None:
        self._book = book
        self._today = today
        self._file_digest = file_digest
        self._seen: dict[tuple[str, str, str], int] = {}

    def plan(self, row: RowReader) -> PlannedRow:
        """What a row would do; whether it was written down before is asked for all rows at once."""
        name = row.read("product", lambda cell: values.text(cell, NAME_LENGTH, needed=True)) or ""
        product = row.read("product", lambda _: self._book.known_product(name)) if name else None
        point_id = row.read("point", lambda cell: self._book.point_id(cell.text))
        if product is None or point_id is None:
            return row.bad(name)
        lot = self._lot(row, product)
        about = f"{product.name} · {lot.code}" if lot else product.name
        counted = row.read("counted", lambda cell: _number(row, cell, "counted", product))
        if not row.problems and row.cell("counted").empty:
            return PlannedRow(row.number, about, Does.SAME, (Said(_SKIPPED),))
        self._refuse_twice(row, product, lot, point_id)
        now = self._now(product, lot, point_id)
        self._check_book(row, product, counted, now)
        counted_on = row.read("counted_on", self._past_day)
        reason = row.read("reason", lambda cell: values.text(cell, _REASON_LENGTH)) or _REASON
        if row.problems or counted is None:
            return row.bad(about)
        if counted == now:
            return PlannedRow(row.number, about, Does.SAME, (Said(_SAME),))
        day = counted_on.isoformat() if counted_on else self._file_digest
        lot_id = lot.id if lot else None
        point = "" if self._book.is_store(point_id) else point_id
        digest = _digest([product.id, lot_id or "", point, counted, day])
        step = CountStep(product.id, lot_id, point_id, counted, reason, digest)
        says = self._says(product, point_id, now, counted)
        return PlannedRow(row.number, about, Does.CHANGE, says, step=step)

    def _lot(self, row: RowReader, product: KnownProduct) -> KnownLot | None:
        code = row.read("code", lambda cell: values.text(cell, _CODE_LENGTH))
        found = row.read("code", lambda _: self._book.lot(code)) if code else None
        if found and found.product_id != product.id:
            row.blame("code", UnknownLot(text=found.code))
            return None
        return found

    def _now(self, product: KnownProduct, lot: KnownLot | None, point_id: str) -> int:
        if lot:
            return lot.lies.get(point_id, 0)
        return self._book.stock(product.id, point_id).on_hand

    def _refuse_twice(
        self, row: RowReader, product: KnownProduct, lot: KnownLot | None, point_id: str
    ) -> None:
        """Once per lot and point, and never a product as a whole beside its lots."""
        here = (product.id, point_id)
        any_row = self._seen.setdefault((*here, "*"), row.number)
        first = self._seen.setdefault((*here, lot.code if lot else ""), row.number)
        whole = self._seen.get((*here, ""), row.number)
        for other in (first, whole, row.number if lot else any_row):
            if other != row.number:
                row.blame("counted", RowTwice(row=other))

    def _check_book(
        self, row: RowReader, product: KnownProduct, counted: int | None, now: int
    ) -> None:
        book = row.read("book", lambda cell: _number(row, cell, "book", product))
        if book is not None and book != now and counted != now:
            unit = product.base_unit
            row.blame(
                "book", BookMoved(now=format_quantity(now, unit), then=format_quantity(book, unit))
            )

    def _past_day(self, cell: Cell) -> date | None:
        found = values.day(cell)
        if found and found > self._today:
            raise FutureDay()
        return found

    def _says(
        self, product: KnownProduct, point_id: str, now: int, counted: int
    ) -> tuple[Said, ...]:
        unit = product.base_unit
        places = {
            "book": format_quantity(now, unit),
            "counted": format_quantity(counted, unit),
            "less": format_quantity(now - counted, unit),
            "more": format_quantity(counted - now, unit),
        }
        says: tuple[Said, ...] = (Said(_LESS if counted < now else _MORE, places),)
        stock = self._book.stock(product.id, point_id)
        if stock.on_hand + counted - now < stock.promised:
            says = (*says, Said(_SHORT, {"promised": format_quantity(stock.promised, unit)}))
        return says


def written(planned: PlannedRow) -> PlannedRow:
    """The same row, once it turns out that its count was written down before."""
    return PlannedRow(planned.number, planned.about, Does.SAME, (Said(_WRITTEN),))


def _number(row: RowReader, cell: Cell, column: str, product: KnownProduct) -> int | None:
    return values.counted(cell, product.base_unit, product.factors, row.hint(column))


def _digest(said: list[str | int]) -> str:
    return hashlib.sha256(canonical(["count", *said])).hexdigest()
