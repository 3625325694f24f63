"""The words of a PDF that ReportLab made: each font's own letters, read back by its ToUnicode table.

Refuses other makers' files: it knows the few ways in which ReportLab writes them.
"""

import base64
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_FONT = re.compile(rb"/(F\d+\+\d+) (\d+) 0 R")
_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_SHOWN = re.compile(rb"/(F\d+\+?\d*) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj|(T\*|ET)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LETTER = re.compile(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4})>\n")


def words(file: bytes) -> str:
    """All that is written in the file, line by line, page by page."""
    objects = {int(number): body for number, body in _OBJECT.findall(file)}
    fonts = {
        name: _letters(_stream(objects[int(table[1])]))
        for body in objects.values()
        for name, number in _FONT.findall(body)
        if (table := _TABLE.search(objects[int(number)]))
    }
    pages = [_stream(body) for body in objects.values() if _STREAM.search(body)]
    return "\n".join(_said(page, fonts) for page in pages if b" Tf" in page)


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    raw = found[1]
    if b"ASCII85Decode" in body:
        raw = base64.a85decode(raw.strip().removeprefix(b"<~").removesuffix(b"~>"))
    return zlib.decompressobj().decompress(raw) if b"FlateDecode" in body else raw


def _letters(table: bytes) -> dict[int, str]:
    """Which letter each byte of a font stands for."""
    return {int(byte, 16): chr(int(letter, 16)) for byte, letter in _LETTER.findall(table)}


def _said(page: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    letters: dict[int, str] = {}
    said: list[str] = []
    for font, text, end in _SHOWN.findall(page):
        if font:
            letters = fonts.get(font, {})
        elif end:
            said.append("\n")
        else:
            said.append("".join(letters.get(code, "") for code in _ESCAPE.sub(_unescaped, text)))
    return "".join(said)


def _unescaped(found: re.Match[bytes]) -> bytes:
    one = found[1]
    return bytes([int(one, 8)]) if len(one) == 3 else _NAMED.get(one, one)
