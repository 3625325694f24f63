"""Files are read for what they are, whatever they are called, and refused with what to do instead."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tables import cells, letters, reading, sheets
from core.tables.cells import Cell, CellKind
from core.tables.errors import (
    BrokenQuotes,
    FileRefused,
    FileTooLarge,
    IsNoTable,
    IsOldExcel,
    IsPdf,
    IsPicture,
    IsTooPacked,
    IsWebPage,
    NoFile,
    TooManyColumns,
    TooManyRows,
    UnknownLetters,
)
from core.tables.sheets import Amount, Sheet
from core.text import clean_line
from tests.unit.catalog.imports.workbooks import excel, windows_1258, with_part, with_sheet

VIETNAMESE = "Sản phẩm;Giá\nChè nõn tôm đặc biệt, ướp hương nhài;65.000\nMật ong rừng Đại Từ;1tr2\n"
LINES = st.text(max_size=40).map(lambda text: clean_line(text, cells.LONGEST))
ROWS = st.lists(st.tuples(LINES, LINES, LINES), min_size=1, max_size=8)
HEADER = ("Sản phẩm", "Quy cách", "Giá")


def texts(raw: bytes) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in reading.read(raw)[0].rows]


def trimmed(rows: list[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    """Rows as they are kept: without empty cells and rows at their ends."""
    kept: list[tuple[str, ...]] = [HEADER, *rows]
    while kept and not any(kept[-1]):
        kept.pop()
    last = [max((at for at, text in enumerate(row, 1) if text), default=0) for row in kept]
    return [row[:end] for row, end in zip(kept, last, strict=True)]


@given(rows=ROWS)
def test_what_goes_out_as_csv_comes_back_the_same(rows: list[tuple[str, str, str]]) -> None:
    assert texts(sheets.as_csv(Sheet("Bảng", HEADER, tuple(rows)))) == trimmed(rows)


@given(rows=st.lists(st.tuples(LINES, LINES, LINES), min_size=1, max_size=3))
def test_what_goes_out_as_excel_comes_back_the_same(rows: list[tuple[str, str, str]]) -> None:
    printable = [tuple("".join(c for c in t if _in_xml(c)) for t in row) for row in rows]
    cleaned = [tuple(clean_line(text, cells.LONGEST) for text in row) for row in printable]
    raw = sheets.as_xlsx(Sheet("Bảng", HEADER, tuple(cleaned)))
    assert texts(raw) == trimmed(cleaned)  # type: ignore[arg-type]


def _in_xml(letter: str) -> bool:
    return letter not in "\ufffe\uffff" and unicodedata.category(letter) != "Cn"


@given(text=st.text(alphabet="=+-@'ab1", max_size=6))
def test_no_cell_that_goes_out_starts_a_formula(text: str) -> None:
    guarded = cells.guarded(text)
    assert cells.typed(guarded).text == clean_line(text, cells.LONGEST)
    assert not guarded.startswith(("=", "+", "@"))
    assert not guarded.startswith("-") or guarded[1:].isdigit()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_writing_is_read(encoding: str) -> None:
    assert letters.decoded(VIETNAMESE.encode(encoding)) == VIETNAMESE


def test_windows_1258_is_read_with_its_tone_marks_composed() -> None:
    raw = windows_1258(VIETNAMESE)
    assert raw != VIETNAMESE.encode()
    assert letters.decoded(raw) == unicodedata.normalize("NFC", VIETNAMESE)


def test_decomposed_marks_are_composed() -> None:
    assert letters.decoded(unicodedata.normalize("NFD", VIETNAMESE).encode()) == VIETNAMESE


@pytest.mark.parametrize(
    "raw", [b"Ch\xac nh\xb7i;65", b"S\xb6n ph\xc8m;1", b"a;\x00\x01\x02b", b"\xff\xfea"]
)
def test_letters_that_cannot_be_told_are_refused(raw: bytes) -> None:
    """TCVN3 and VNI have no mark of their own, and read as Windows-1258 they are no Vietnamese."""
    with pytest.raises(UnknownLetters):
        letters.decoded(raw)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whichever_delimiter_a_spreadsheet_chose_is_found(delimiter: str) -> None:
    rows = ["Sản phẩm|Quy cách|Giá", 'Chè|"2,5 kg"|65000', "Na|1 kg|50k"]
    raw = "\n".join(rows).replace("|", delimiter).encode()
    assert texts(raw)[1] == ("Chè", "2,5 kg", "65000")


def test_decimal_commas_do_not_split_cells() -> None:
    assert texts(b"ten;so luong;gia\nche;1,5;2,5\nna;2,5;3,5\n")[1] == ("che", "1,5", "2,5")


def test_a_line_that_names_the_delimiter_is_believed() -> None:
    assert texts("sep=;\nTên;Giá\nChè, xanh;65k".encode())[1:] == [
        ("Tên", "Giá"),
        ("Chè, xanh", "65k"),
    ]


def test_a_formula_is_text() -> None:
    raw = excel(("Tên", "Giá"), ("=1+1", "=SUM(A1:A9)"), ("Chè", 65000))
    row = reading.read(raw)[0].rows[1]
    assert row == (Cell("=1+1", CellKind.FORMULA), Cell("=SUM(A1:A9)", CellKind.FORMULA))


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "@cmd", "-2+3", '=HYPERLINK("x")'])
def test_a_formula_in_a_csv_is_text_too(text: str) -> None:
    quoted = text.replace('"', '""')
    raw = f'Tên,Giá\n"{quoted}",1\n'.encode()
    assert reading.read(raw)[0].rows[1][0] == Cell(text, CellKind.FORMULA)


def test_days_numbers_and_amounts_keep_what_they_are() -> None:
    row = (date(2026, 11, 20), 65_000, Amount(2500, "g"), Amount(12, "piece"), Amount(-500, "g"))
    found = reading.read(sheets.as_xlsx(Sheet("Bảng", ("A", "B", "C", "D", "E"), (row,))))[0].rows[
        1
    ]
    assert found[0] == Cell("2026-11-20", CellKind.DAY)
    assert found[1] == Cell("65000", CellKind.NUMBER)
    assert [cell.text for cell in found[2:]] == ["2,5 kg", "12 cái", "-0,5 kg"]


def test_floating_dust_is_dropped() -> None:
    assert cells.number(Decimal("2.3000000000000003")).text == "2.3"
    assert cells.number(Decimal("1E+12")).text == "1000000000000"


def test_a_table_is_kept_as_it_was_read() -> None:
    table = reading.read(excel(("Tên", "Giá"), ("=1+1", 2.5), ("", None), ("Chè", "x")))[0]
    assert cells.loaded(cells.dumped(table)) == table


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", NoFile),
        (b" \n ", NoFile),
        (b"<html><table><tr><td>1", IsWebPage),
        ("\ufeff\n<!DOCTYPE html>".encode(), IsWebPage),
        ("<table>".encode("utf-16"), IsWebPage),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", IsOldExcel),
        (b"%PDF-1.7", IsPdf),
        (b"\x89PNG\r\n\x1a\n", IsPicture),
        (b"\0\0\0\x18ftypheic", IsPicture),
        (b"{\\rtf1", IsNoTable),
        (b"PK\x03\x04broken", FileRefused),
        (b"x" * (reading.MOST_BYTES + 1), FileTooLarge),
        (b'a,b\n"c,d\n', BrokenQuotes),
        (b"a,b\n" * 2013, TooManyRows),
        (b"," * 20 + b"\n" * 20_001, TooManyRows),
        (b"x," * 41 + b"x", TooManyColumns),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        reading.read(raw)


def test_a_bomb_is_refused_by_its_directory() -> None:
    raw = with_part(excel(("Tên",)), "xl/media/big.bin", bytes(9 * 1024 * 1024))
    assert len(raw) < 20_000
    with pytest.raises(IsTooPacked):
        reading.read(raw)


def test_one_long_text_in_every_cell_is_refused() -> None:
    """Kept once in its file, it would be two hundred megabytes here."""
    raw = excel(*[("x" * 2000,) * 40] * 100)
    assert len(raw) < 100_000
    with pytest.raises(IsTooPacked):
        reading.read(raw)


def test_a_document_in_a_zip_is_no_table() -> None:
    raw = with_part(b"PK\x05\x06" + bytes(18), "word/document.xml", b"<w/>")
    with pytest.raises(IsNoTable):
        reading.read(raw)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(FileRefused):
        reading.read(with_sheet(excel(("Tên",)), bomb))


def test_a_cell_in_the_millionth_row_makes_a_table_too_long() -> None:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    xml = b'<worksheet xmlns="' + space + b'"><sheetData>' + cell + b"</sheetData></worksheet>"
    with pytest.raises(TooManyRows):
        reading.read(with_sheet(excel(("Tên",)), xml))


def test_nothing_pasted_is_no_file() -> None:
    with pytest.raises(NoFile):
        reading.pasted("  ")
    assert reading.pasted("Tên\tGiá\nChè\t65k")[0].rows[1][1].text == "65k"
