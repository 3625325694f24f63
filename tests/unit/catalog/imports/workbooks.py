"""Files as other programs write them: spreadsheets with formulas, old code pages, broken zips."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

_TONES = "\u0300\u0309\u0303\u0301\u0323"


def excel(*rows: Sequence[object], title: str = "Bảng 1") -> bytes:
    """A workbook as Excel would keep it: a text that begins with `=` is a formula in it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def windows_1258(text: str) -> bytes:
    """Vietnamese as Windows wrote it before Unicode: vowels with their hats, tone marks behind them."""
    return "".join(map(_spread, text)).encode("cp1258")


def _spread(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    hats = "".join(part for part in parts if part not in _TONES)
    tones = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", hats) + tones


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one more part in its zip."""
    file = io.BytesIO(workbook)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_sheet(workbook: bytes, xml: bytes) -> bytes:
    """The workbook with other XML in place of its first sheet."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            own = part.filename == "xl/worksheets/sheet1.xml"
            new.writestr(part.filename, xml if own else old.read(part.filename))
    return made.getvalue()
