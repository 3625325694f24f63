"""Phone numbers of Vietnam in every way people write them.

Why: a phone number is who a buyer is, and comments are full of numbers nobody else may see.
Refuses: numbers of other countries and short codes; no message is sent from here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneMetadata

from core.errors import N_, DomainError

HIDDEN_PHONE = "•••• ••• •••"


def _patterns() -> str:
    """libphonenumber's own patterns of mobiles and landlines: asking the library takes 70 µs a number."""
    metadata = PhoneMetadata.metadata_for_region("VN")
    assert metadata is not None  # the library knows Vietnam
    kinds = (metadata.mobile, metadata.fixed_line)
    return "|".join(kind.national_number_pattern or "" for kind in kinds if kind is not None)


_NATIONAL = re.compile(_patterns())
_GAP = (
    r"[\s.\-()·_•…‐-―−\u200c\u200d\ufe0f\u20e3]"  # with what a phone's keyboard makes of - and ..
)
_GAPS = rf"(?:{_GAP}|(?<=[0-9]{{3}})[/,*'](?=[0-9]{{3}})){{0,3}}"
_LETTER_DIGIT = r"[OoIlL](?![^\W\d_OoIlL])"
_AFTER_CODE = "|".join(rf"(?<=[^\W\d_][0-9]{{{count}}})" for count in (1, 2, 3))
_START = re.compile(
    r"(?<![0-9+])(?:\(?\+ ?)?84|(?<![0-9])\(?0|(?<![^\W_])[Oo](?=[0-9Oo])"
    rf"|(?:{_AFTER_CODE})0(?=[35789][0-9]{{8}}(?![0-9]))"
)
_MORE_DIGITS = re.compile(rf"(?:[0-9]|{_GAPS}(?:[0-9]|{_LETTER_DIGIT})){{0,13}}")
_WHOLE = re.compile(rf"\(?\+?(?:[0-9Oo]{_GAP}{{0,3}}){{9,14}}")
_LETTERS_FOR_DIGITS = str.maketrans("OoIlL", "00111")
_LONGEST = 13
_SHORTEST = 10
_FEWEST_DIGITS = 7
_DIGIT = re.compile("[0-9]")
_ANY_DIGIT = re.compile("[0-9OoIlL]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_PHONE_LIKE = re.compile(r"(?:0|\+840?|840?)[0-9]{9,10}")
_SPOKEN_DIGIT = (
    "(?:không|khong|một|mot|mốt|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|lam|sáu|sau|bảy|bẩy|bay|tám|tam"
    "|chín|chin|[0-9])"
)
_SHORTENED = re.compile(
    r"(?<![0-9.,])(?:[1-9]0[35789][0-9]{8}|[35789][0-9]{8}|[35789][0-9]{2} [0-9]{3} (?!000)[0-9]{3})"
    rf"(?![0-9])|(?<!\w)(?:không|khong|ko)(?:[\s.,-]{{1,2}}{_SPOKEN_DIGIT}){{8,10}}(?!\w)",
    re.IGNORECASE,
)
"""Numbers without their 0, with a digit before it, or spelled out: hidden in comments, never read."""


@dataclass(frozen=True)
class HiddenPhones:
    """A text without its phone numbers: as the room may see it, and with a mark where each one stood."""

    masked: str
    marked: str
    phones: tuple[str, ...]


class BadPhone(DomainError, ValueError):
    """The text is not a mobile or landline number of Vietnam."""

    code = "bad_phone"
    message = N_("Số điện thoại chưa đúng. Bạn nhập số Việt Nam, ví dụ 0912 345 678, giúp nhé.")


def parse_phone(text: str) -> str:
    """Return the number in E.164 (`+84912345678`), however it is written.

    Takes `0912.345.678`, `84 912 345 678`, `(+84) 912-345-678`, `O912345678` with the letter O, and
    landlines (`0208 3855 123`). Raises BadPhone for anything else: other countries, numbers that
    were withdrawn, short codes, 1900 lines. Source: libphonenumber's metadata for VN.
    """
    written = text.strip()
    number = _valid(_digits(written)) if _WHOLE.fullmatch(written + " ") else ""
    if not number:
        raise BadPhone()
    return number


def format_phone(phone: str) -> str:
    """Return an E.164 number of Vietnam as people read it: `+84912345678` → `0912 345 678`.

    Precondition: a number as `parse_phone` returns it.
    """
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def find_phones(text: str) -> list[str]:
    """Return the valid numbers standing in a text, in E.164, each once, in order."""
    found = (_valid(_digits(text[start:end])) for start, end in _spans(text, likely=False))
    return list(dict.fromkeys(found))


def mask_phones_in(text: str) -> str:
    """Return `text` with every number hidden whole, for the room.

    Old and mistyped numbers of the right length (0 and 9 or 10 more digits) are hidden as well: a
    number shown by mistake cannot be taken back. Digits of other scripts (`０９１２`) become ours.
    """
    text = _with_our_digits(text)
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return text
    for start, end in reversed(list(_spans(text, likely=True))):
        text = text[:start] + HIDDEN_PHONE + text[end:]
    return text


def hide_phones(text: str, mark: str, maybe: str) -> HiddenPhones:
    """Return a comment without its numbers, `mark` standing for each in `marked`, and the valid ones.

    Hides what `mask_phones_in` hides, and with `maybe` for a mark what may be a number without its 0
    (`912345678`) or spelled out (`không chín một hai …`); those are not among the valid ones.
    """
    text = _with_our_digits(text)
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        marked = _SHORTENED.sub(maybe, text) if len(text) > _SPOKEN_LENGTH else text
        return HiddenPhones(marked.replace(maybe, HIDDEN_PHONE), marked, ())
    marked, phones = text, list[str]()
    for start, end in reversed(list(_spans(text, likely=True))):
        number = _valid(_digits(text[start:end]))
        phones = ([number] if number else find_phones(text[start:end])) + phones
        marked = marked[:start] + mark + marked[end:]
    marked = _SHORTENED.sub(maybe, marked)
    masked = marked.replace(mark, HIDDEN_PHONE).replace(maybe, HIDDEN_PHONE)
    return HiddenPhones(masked, marked, tuple(dict.fromkeys(phones)))


_SPOKEN_LENGTH = 20
"""No text this short spells out a number."""


def _with_our_digits(text: str) -> str:
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _spans(text: str, *, likely: bool) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand: the longest valid reading, else if `likely` the longest that looks so."""
    at = 0
    while found := _START.search(text, at):
        begin = found.start()
        ends = _ends(text, found)
        end = next((end for end, digits in ends if _valid(digits)), 0)
        if end == 0 and likely and ends:
            end = ends[0][0]
        if end:
            yield begin, end
        at = end or found.end()


def _ends(text: str, found: re.Match[str]) -> list[tuple[int, str]]:
    """Return the places where a number begun at `found` may end, with its digits, the farthest first."""
    more = _MORE_DIGITS.match(text, found.end())
    if more is None or more.end() - found.start() < _SHORTEST:
        return []
    first, ends = _digits(found[0]), list[tuple[int, str]]()
    places = [digit.end() for digit in _ANY_DIGIT.finditer(text, more.start(), more.end())]
    digits = first + _digits(more[0])
    fewest, most = _SHORTEST - len(first), _LONGEST + first.startswith("+") - len(first)
    for count in range(min(most, len(places)), max(fewest, 1) - 1, -1):
        end = places[count - 1]
        said = digits[: len(first) + count]
        is_whole = not _DIGIT.match(text, end) and _PHONE_LIKE.fullmatch(said)
        if is_whole and len(_DIGIT.findall(text, found.start(), end)) >= _FEWEST_DIGITS:
            ends.append((end, said))
    return ends


def _digits(written: str) -> str:
    return re.sub(r"[^0-9+]", "", written.translate(_LETTERS_FOR_DIGITS))


def _valid(digits: str) -> str:
    """Return the E.164 form of a valid number of Vietnam, or an empty text."""
    if digits.startswith("84") and len(digits) >= 11:
        digits = "+" + digits
    if not digits.startswith(("0", "+84")):
        return ""
    national = digits.removeprefix("+84").removeprefix("0")
    return "+84" + national if _NATIONAL.fullmatch(national) else ""
