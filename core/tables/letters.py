"""Which letters the bytes of a text file are: UTF-8, UTF-16 or Windows-1258, and nothing by guess.

Windows-1258 writes tone marks as letters of their own after the vowel; they are composed (NFC). Any byte
has a meaning in it, so what comes out is believed only if it is Vietnamese: the older TCVN3 and VNI would
come out as `Ch\\u00ac` and the like, and are refused. Sources: Unicode TR 15; Microsoft code page 1258.
"""

import codecs
import unicodedata

from core.tables.errors import UnknownLetters

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for vowel in _VOWELS + _VOWELS.upper()
    for letter in vowel
    for tone in ("", *_TONES)
) | frozenset("đĐ")
_SIGNS = frozenset("–—‘’“”…•·°²³½¼¾×±€₫™®©«»§\u00a0\ufeff")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(raw: bytes) -> str:
    """The text of `raw`, composed (NFC).

    Raises:
        UnknownLetters: its letters cannot be told, or it is no text at all.
    """
    text = _decode(raw)
    if "\0" in text or "\ufffd" in text:
        raise UnknownLetters()
    return unicodedata.normalize("NFC", text)


def _decode(raw: bytes) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding)
    if encoding := _bare_utf16(raw):
        return _strictly(raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _vietnamese(raw)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownLetters() from error


def _bare_utf16(raw: bytes) -> str:
    """UTF-16 without its mark: most Latin letters, commas and line ends have a zero beside them."""
    head = raw[:2000]
    half = len(head) // 2
    if head[1::2].count(0) * 2 > half:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * 2 > half else ""


def _vietnamese(raw: bytes) -> str:
    """Windows-1258, if what comes out is Vietnamese and nothing else."""
    text = unicodedata.normalize("NFC", _strictly(raw, "cp1258"))
    strange = {letter for letter in text if ord(letter) > 126} - _VIETNAMESE - _SIGNS
    if strange:
        raise UnknownLetters()
    return text
