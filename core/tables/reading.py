"""From the bytes somebody sent to tables, by what the bytes are and never by what the file is called."""

from core.off_loop import Lane
from core.tables import csv_table, xlsx_table
from core.tables.cells import Table
from core.tables.errors import (
    FileTooLarge,
    IsNoTable,
    IsOldExcel,
    IsPdf,
    IsPicture,
    IsWebPage,
    NoFile,
)

MOST_MB = 2
MOST_BYTES = MOST_MB * 1024 * 1024
_LANE = Lane()
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")
_FILM_OR_HEIC = b"ftyp"
"""Stands from the fifth byte on in what phones make: HEIC, AVIF, MP4 (ISO/IEC 14496-12)."""
_OTHERS = (b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def tables(raw: bytes) -> tuple[Table, ...]:
    """The sheets of an Excel file, or the one table of a CSV; reads beside the event loop.

    Raises:
        FileRefused: one of its kinds, each saying what to do.
    """
    return _LANE.run(read, raw)


def read(raw: bytes) -> tuple[Table, ...]:
    """As `tables`, here and now."""
    if not raw.strip():
        raise NoFile()
    if len(raw) > MOST_BYTES:
        raise FileTooLarge(most=MOST_MB)
    if raw.startswith(_OLD_OFFICE):
        raise IsOldExcel()
    if raw.startswith(_ZIP):
        return xlsx_table.read(raw)
    if raw.startswith(_PICTURES) or raw[4:8] == _FILM_OR_HEIC:
        raise IsPicture()
    if raw.startswith(_PDF):
        raise IsPdf()
    if raw.startswith(_OTHERS):
        raise IsNoTable()
    if _is_web_page(raw):
        raise IsWebPage()
    return (csv_table.read(raw),)


def pasted(text: str) -> tuple[Table, ...]:
    """The table of cells pasted from a spreadsheet or a chat.

    Raises: as `tables`.
    """
    if not text.strip():
        raise NoFile()
    if _is_web_page(text.encode()):
        raise IsWebPage()
    return (csv_table.read_text(text),)


def _is_web_page(raw: bytes) -> bool:
    head = raw[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(
        (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<!--")
    )
