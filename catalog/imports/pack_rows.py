"""Rows of a price list: a new product, a new pack of one that is there, another price, or nothing new.

The key of a row is product, unit word and size, so the same list sent twice finds its own packs and prices.
How much there is of a product is taken from a list only while the product is new: later it is counted.
"""

from collections.abc import Mapping
from dataclasses import replace

from catalog import kinds, modes
from catalog.imports import pack_sizes, values
from catalog.imports.book import Book
from catalog.imports.book_queries import KnownProduct
from catalog.imports.cell_errors import Empty, NotAlone, RowTwice, UnknownKind
from catalog.imports.pack_sizes import PackSize
from catalog.imports.rows import Does, PackStep, PlannedRow, RowReader, Said
from catalog.kinds import KINDS, Kind
from catalog.listings import ListingFacts
from catalog.products import NAME_LENGTH, STORY_LENGTH, NewProduct
from catalog.units import VOLUME_WORDS, WEIGHT_WORDS, pack_label
from core.errors import N_
from core.money import format_vnd
from core.quantity import BaseUnit, format_quantity
from core.tables.cells import Cell
from core.text import clean_line, fold

_LOW_VND = 500
_USUAL_ART = "herbs"
_NEW = N_("Thêm sản phẩm mới, bán %(pack)s giá %(price)s")
_NEW_PACK = N_("Thêm gói %(pack)s giá %(price)s")
_PRICE = N_("Đổi giá %(was)s → %(now)s")
_STOCK = N_("Nhập kho ban đầu %(quantity)s")
_LEAVE_STOCK = N_("Tồn kho không sửa bằng bảng này: dùng bảng kiểm kê")
_LOW = N_("Giá chỉ %(price)s, có thể thiếu chữ “k” hoặc ba số 0")
_DETAILS = N_("Sửa loại hoặc lời giới thiệu của sản phẩm")
_SAME = N_("Không đổi")
_AGAIN = N_("Trùng dòng %(row)s, bỏ qua")


class PackRows:
    """Reads the rows of one price list, in order."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._seen: dict[tuple[str, str, int], tuple[int, int]] = {}
        self._stocked: set[str] = set()
        self._told: dict[tuple[str, str], tuple[int, str]] = {}

    def plan(self, row: RowReader) -> PlannedRow:
        """What a row would do."""
        name = row.read("product", lambda cell: values.text(cell, NAME_LENGTH, needed=True)) or ""
        product = row.read("product", lambda cell: self._book.product_named(name)) if name else None
        kind = row.read("kind", _kind)
        pack = self._pack(row, name, product, kind)
        price = row.read("price", lambda cell: values.price_vnd(cell, row.hint("price")))
        story = row.read("story", lambda cell: values.text(cell, STORY_LENGTH)) or ""
        about = f"{name} · {pack_label(pack.word, pack.size, pack.base)}" if pack else name
        factors = product.factors if product else {}
        quantity = row.read("quantity", lambda cell: _quantity(row, cell, factors, pack))
        if row.problems or pack is None or price is None:
            return row.bad(about)
        step = PackStep(
            key=fold(name),
            product_id=product.id if product else None,
            new=None if product else _new_product(name, story, pack.base, kind),
            listing_id=None,
            unit_word=pack.word,
            pack_size=pack.size,
            price_vnd=price,
            kind=self._told_otherwise(row, "kind", name, kind.code if kind else ""),
            story=self._told_otherwise(row, "story", name, story),
            quantity=quantity,
        )
        return self._judged(row, about, step)

    def _pack(
        self, row: RowReader, name: str, product: KnownProduct | None, kind: Kind | None
    ) -> PackSize | None:
        word = row.read("unit_word", lambda cell: values.text(cell, pack_sizes.WORD_LENGTH)) or ""
        size = row.cell("pack")
        if not word and size.empty:
            return self._only_pack(row, product)
        guessed = kind or kinds.guess(name)
        if product:
            bases: tuple[BaseUnit, ...] = (BaseUnit(product.base_unit),)
        else:
            bases = pack_sizes.bases_for(size, guessed.base_unit if guessed else None)
        factors = product.factors if product else {}
        column = "unit_word" if size.empty else "pack"
        hint = "" if size.empty else row.hint("pack")
        return row.read(column, lambda _: pack_sizes.read(word, size, hint, bases, factors))

    def _only_pack(self, row: RowReader, product: KnownProduct | None) -> PackSize | None:
        """The pack of a row that names none: the only one its product has."""
        mine = [one for key, one in self._book.packs.items() if product and key[0] == product.id]
        if len(mine) == 1:
            return PackSize(mine[0].unit_word, mine[0].pack_size, BaseUnit(mine[0].base_unit))
        row.blame("pack", Empty())
        return None

    def _told_otherwise(self, row: RowReader, column: str, name: str, said: str) -> str | None:
        """What a row says of its product, if that is new; every row of the product must say the same."""
        if not said:
            return None
        first = self._told.setdefault((column, fold(name)), (row.number, said))
        if first[1] != said:
            row.blame(column, RowTwice(row=first[0]))
        product = self._book.product_named(name)
        if product is None or first[0] != row.number:
            return None
        now = product.kind if column == "kind" else clean_line(product.story, STORY_LENGTH)
        return said if said != now else None

    def _judged(self, row: RowReader, about: str, step: PackStep) -> PlannedRow:
        key = (step.product_id or step.key, fold(step.unit_word), step.pack_size)
        before = self._seen.setdefault(key, (row.number, step.price_vnd))
        if before != (row.number, step.price_vnd):
            if before[1] != step.price_vnd:
                row.blame("price", RowTwice(row=before[0]))
                return row.bad(about)
            return PlannedRow(row.number, about, Does.SAME, (Said(_AGAIN, {"row": before[0]}),))
        listing = self._book.packs.get(key)
        if listing and listing.is_combo and listing.price_vnd != step.price_vnd:
            row.blame("price", NotAlone())
        if row.problems:
            return row.bad(about)
        return self._outcome(row.number, about, step, listing)

    def _outcome(
        self, number: int, about: str, step: PackStep, listing: ListingFacts | None
    ) -> PlannedRow:
        says, quantity = self._first_stock(step)
        if step.kind or step.story:
            says = (Said(_DETAILS), *says)
        if step.price_vnd < _LOW_VND:
            says = (*says, Said(_LOW, {"price": format_vnd(step.price_vnd)}))
        places = {"price": format_vnd(step.price_vnd), "pack": about.rpartition(" · ")[2]}
        if listing is None:
            words = Said(_NEW_PACK if step.product_id else _NEW, places)
            made = replace(step, quantity=quantity)
            return PlannedRow(number, about, Does.NEW, (words, *says), step=made)
        changes = listing.price_vnd != step.price_vnd
        if changes:
            was = {"was": format_vnd(listing.price_vnd), "now": places["price"]}
            says = (Said(_PRICE, was), *says)
        if not (changes or step.kind or step.story or quantity):
            return PlannedRow(number, about, Does.SAME, (Said(_SAME), *says))
        made = replace(step, listing_id=listing.id, quantity=quantity)
        return PlannedRow(number, about, Does.CHANGE, says, step=made)

    def _first_stock(self, step: PackStep) -> tuple[tuple[Said, ...], int | None]:
        """What is laid in the store for a product that never had goods; once, whatever its packs."""
        if not step.quantity:
            return (), None
        product = self._book.product(step.product_id) if step.product_id else None
        if product and product.has_lots:
            on_hand = self._book.stock(product.id, self._book.point_id("")).on_hand
            return ((Said(_LEAVE_STOCK),) if on_hand != step.quantity else ()), None
        if step.key in self._stocked:
            return (), None
        self._stocked.add(step.key)
        base = product.base_unit if product else (step.new.base_unit if step.new else BaseUnit.G)
        return (Said(_STOCK, {"quantity": format_quantity(step.quantity, base)}),), step.quantity


def _kind(cell: Cell) -> Kind | None:
    if cell.empty:
        return None
    found = KINDS.get(cell.text) or kinds.guess(cell.text)
    if found is None:
        raise UnknownKind(text=cell.text)
    return found


def _new_product(name: str, story: str, base: BaseUnit, kind: Kind | None) -> NewProduct:
    guessed = kind or kinds.guess(name)
    art = guessed.art if guessed else _USUAL_ART
    return NewProduct(name, story, base, art, kind.code if kind else "")


def _quantity(
    row: RowReader, cell: Cell, factors: Mapping[str, int], pack: PackSize | None
) -> int | None:
    """How much there is: a bare number counts packs, unless the header names a unit."""
    if pack is None:
        return None
    hint = row.hint("quantity")
    if not hint and values.BARE.fullmatch(cell.text):
        packs = values.counted(cell, BaseUnit.PIECE, {})
        return packs * pack.size if packs else packs
    measures = fold(pack.word) in {*WEIGHT_WORDS, *VOLUME_WORDS}
    known = factors if measures else {pack.word: pack.size, **factors}
    return values.counted(cell, pack.base, known, hint)


def mode_of(step: PackStep, base: str) -> modes.Mode:
    """How a pack is sold where the list does not say: as its unit word usually is."""
    return modes.usual_mode(base, fold(step.unit_word))
