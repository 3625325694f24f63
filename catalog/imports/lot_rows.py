"""Rows of a harvest book: lots to be recorded, or lots that are in the books already.

A row is known by its lot's code, or by all it says (its digest): lists that grow from week to week may be
sent whole each time. Two equal rows of one file are two deliveries. Lots that are there are never changed.
"""

import hashlib
from collections import Counter
from datetime import date
from functools import partial

from catalog.imports import values
from catalog.imports.book import Book
from catalog.imports.book_queries import KnownLot, KnownMember, KnownProduct
from catalog.imports.cell_errors import (
    CodeIsOurs,
    Empty,
    FutureDay,
    LotCountDiffers,
    LotDiffers,
    MemberHasLeft,
    UnknownLot,
)
from catalog.imports.rows import Does, LotStep, PlannedRow, RowReader, Said, shown_day
from catalog.lots.errors import BadLotDay, IntervalUnsaid
from catalog.lots.record import NewHarvest
from catalog.lots.rules import LONGEST_INTERVAL_DAYS, clear_day
from catalog.products import NAME_LENGTH
from core.errors import N_, DomainError
from core.quantity import format_quantity
from core.strict_json import JsonValue, canonical
from core.tables.cells import Cell
from core.text import fold

_GRADE_LENGTH = 40
_NOTES_LENGTH = 500
_NAME_LENGTH = 80
_CODE_LENGTH = 16
_NEW = N_("Ghi lô mới %(quantity)s, thu hoạch %(day)s")
_OF_MEMBER = N_("Ghi lô mới %(quantity)s của %(member)s, thu hoạch %(day)s")
_WAITS = N_("Cách ly thuốc, bán được từ %(day)s")
_WRITTEN = N_("Không đổi: đã nhập trước đây, là lô %(code)s")
_SAME = N_("Không đổi")


class LotRows:
    """Reads the rows of one harvest book, in order; `today` is the business day."""

    def __init__(self, book: Book, today: date) -> None:
        self._book = book
        self._today = today
        self._equal: Counter[str] = Counter()

    def plan(self, row: RowReader) -> PlannedRow:
        """What a row would do; whether it was written down before is asked for all rows at once."""
        name = row.read("product", lambda cell: values.text(cell, NAME_LENGTH, needed=True)) or ""
        product = row.read("product", lambda _: self._book.known_product(name)) if name else None
        code = row.read("code", lambda cell: values.text(cell, _CODE_LENGTH)) or ""
        if code and product:
            return self._there(row, code, product)
        new = self._harvest(row, product)
        if row.problems or new is None or product is None:
            return row.bad(name)
        return self._new(row, product, new)

    def _harvest(self, row: RowReader, product: KnownProduct | None) -> NewHarvest | None:
        harvested_on = row.read("harvested_on", self._past_day)
        quantity = row.read("quantity", lambda cell: _quantity(row, cell, product))
        member = self._member(row, harvested_on)
        point_id = row.read("point", lambda cell: self._book.point_id(cell.text))
        sprayed_on = row.read("sprayed_on", values.day)
        interval = row.read(
            "interval_days", lambda cell: values.whole(cell, 0, LONGEST_INTERVAL_DAYS)
        )
        best_before = row.read("best_before", values.day)
        grade = row.read("grade", lambda cell: values.text(cell, _GRADE_LENGTH)) or ""
        notes = row.read("notes", lambda cell: values.text(cell, _NOTES_LENGTH)) or ""
        if product is None or harvested_on is None or quantity is None:
            return None
        new = NewHarvest(
            product_id=product.id,
            quantity=quantity,
            harvested_on=harvested_on,
            member_id=member.id if member else None,
            plot_id=self._plot(row, member),
            grade=grade,
            best_before=best_before,
            sprayed_on=sprayed_on,
            interval_days=interval,
            notes=notes,
            point_id=point_id or None,
        )
        _check_days(row, new)
        return new

    def _past_day(self, cell: Cell) -> date:
        found = values.day(cell)
        if found is None:
            raise Empty()
        if found > self._today:
            raise FutureDay()
        return found

    def _member(self, row: RowReader, harvested_on: date | None) -> KnownMember | None:
        name = row.read("member", lambda cell: values.text(cell, _NAME_LENGTH))
        found = row.read("member", lambda _: self._book.member(name)) if name else None
        if found and found.left_on and harvested_on and harvested_on >= found.left_on:
            row.blame("member", MemberHasLeft(on=shown_day(found.left_on)))
        return found

    def _plot(self, row: RowReader, member: KnownMember | None) -> str | None:
        name = row.read("plot", lambda cell: values.text(cell, _NAME_LENGTH))
        if not name:
            return None
        if member is None:
            row.blame("member", Empty())
            return None
        return row.read("plot", lambda _: self._book.plot(member.id, name))

    def _new(self, row: RowReader, product: KnownProduct, new: NewHarvest) -> PlannedRow:
        digest = _digest(new, "" if self._book.is_store(new.point_id) else new.point_id)
        self._equal[digest] += 1
        places = {
            "quantity": format_quantity(new.quantity, product.base_unit),
            "day": shown_day(new.harvested_on),
            "member": self._book.member_name(new.member_id),
        }
        says: tuple[Said, ...] = (Said(_OF_MEMBER if new.member_id else _NEW, places),)
        clear_on = clear_day(new.sprayed_on, new.interval_days or 0)
        if clear_on and clear_on > self._today:
            says = (*says, Said(_WAITS, {"day": shown_day(clear_on)}))
        step = LotStep(new, f"{digest}-{self._equal[digest]}")
        return PlannedRow(row.number, product.name, Does.NEW, says, step=step)

    def _there(self, row: RowReader, code: str, product: KnownProduct) -> PlannedRow:
        """A row about a lot that is in the books: it must say what they say."""
        about = f"{product.name} · {code}"
        lot = row.read("code", lambda _: self._lot(code, product))
        if lot is None:
            return row.bad(about)
        for column, now in self._columns(lot).items():
            said = row.read(column, partial(_said, column))
            if said and fold(said) != fold(now):
                row.blame(column, LotDiffers(now=now or "–"))
        quantity = row.read("quantity", lambda cell: _counted(row, cell, product))
        if quantity is not None and quantity != lot.quantity:
            shown = format_quantity(lot.quantity, product.base_unit)
            row.blame("quantity", LotCountDiffers(now=shown))
        if row.problems:
            return row.bad(about)
        return PlannedRow(row.number, about, Does.SAME, (Said(_SAME),))

    def _lot(self, code: str, product: KnownProduct) -> KnownLot:
        try:
            found = self._book.lot(code)
        except UnknownLot as error:
            raise CodeIsOurs(text=code) from error
        if found.product_id != product.id:
            raise LotDiffers(now=self._book.product(found.product_id).name)
        return found

    def _columns(self, lot: KnownLot) -> dict[str, str]:
        return {
            "harvested_on": shown_day(lot.harvested_on),
            "member": self._book.member_name(lot.member_id),
            "grade": lot.grade,
            "best_before": shown_day(lot.best_before),
        }


def written(planned: PlannedRow, code: str) -> PlannedRow:
    """The same row, once it turns out that lot `code` came of it before."""
    return PlannedRow(planned.number, planned.about, Does.SAME, (Said(_WRITTEN, {"code": code}),))


def _said(column: str, cell: Cell) -> str:
    if column in {"harvested_on", "best_before"}:
        return shown_day(values.day(cell))
    return values.text(cell, _NAME_LENGTH)


def _quantity(row: RowReader, cell: Cell, product: KnownProduct | None) -> int | None:
    if product is None:
        return None
    found = values.quantity(cell, product.base_unit, product.factors, row.hint("quantity"))
    if found is None:
        raise Empty()
    return found


def _counted(row: RowReader, cell: Cell, product: KnownProduct) -> int | None:
    return values.counted(cell, product.base_unit, product.factors, row.hint("quantity"))


def _check_days(row: RowReader, new: NewHarvest) -> None:
    """Blame the days that `catalog.lots.record` would refuse, so that the preview says so."""
    wrong: list[tuple[str, DomainError]] = []
    if new.best_before and new.best_before < new.harvested_on:
        wrong.append(("best_before", BadLotDay("best_before")))
    if new.sprayed_on and new.sprayed_on > new.harvested_on:
        wrong.append(("sprayed_on", BadLotDay("sprayed_on")))
    if new.interval_days and not new.sprayed_on:
        wrong.append(("interval_days", BadLotDay("interval_days")))
    if new.sprayed_on and new.interval_days is None:
        wrong.append(("interval_days", IntervalUnsaid()))
    for column, error in wrong:
        row.blame(column, error)


def _digest(new: NewHarvest, point: str | None) -> str:
    said: list[JsonValue] = [
        "lot",
        new.product_id,
        new.member_id or "",
        new.plot_id or "",
        new.harvested_on.isoformat(),
        new.quantity,
        fold(new.grade),
        new.best_before.isoformat() if new.best_before else "",
        new.sprayed_on.isoformat() if new.sprayed_on else "",
        new.interval_days or 0,
        fold(new.notes),
        point or "",
    ]
    return hashlib.sha256(canonical(said)).hexdigest()[:40]
