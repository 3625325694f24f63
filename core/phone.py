"""Phone numbers of Vietnam in every way people write them.

Why: a phone number is who a buyer is, and comments are full of numbers nobody else may see.
Refuses: numbers of other countries and short codes; no message is sent from here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from core.errors import N_, DomainError

HIDDEN_PHONE = "•••• ••• •••"

_TAKEN = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
_GAP = r"[\s.\-()·_•…‐-―−]"  # with the dashes and dots a phone's keyboard makes of - and ..
_START = re.compile(r"(?<![0-9+])(?:\(?\+ ?)?84|(?<![0-9])\(?0|(?<![^\W_])[Oo](?=[0-9Oo])")
_NEXT_DIGIT = re.compile(rf"{_GAP}{{0,3}}([0-9Oo])")
_WHOLE = re.compile(rf"\(?\+?(?:[0-9Oo]{_GAP}{{0,3}}){{9,14}}")
_ZERO = str.maketrans("Oo", "00")
_LONGEST = 13
_SHORTEST = 10


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
    numbers = (_valid(_digits(text[start:end])) for start, end in _spans(text, _is_valid))
    return list(dict.fromkeys(numbers))


def mask_phones_in(text: str) -> str:
    """Return `text` with every number hidden whole, for the room.

    Old and mistyped numbers of the right length (0 and 9 or 10 more digits) are hidden as well: a
    number shown by mistake cannot be taken back. Digits of other scripts (`０９１２`) become ours.
    """
    text = "".join(map(_plain_digit, text))
    for start, end in reversed(list(_spans(text, _is_phone_like))):
        text = text[:start] + HIDDEN_PHONE + text[end:]
    return text


def _spans(text: str, accepts: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand, each the longest reading that `accepts` its digits."""
    at = 0
    while found := _START.search(text, at):
        begin = found.start()
        ends = (end for end in _ends(text, found) if accepts(_digits(text[begin:end])))
        end = next(ends, 0)
        if end:
            yield begin, end
        at = end or found.end()


def _ends(text: str, found: re.Match[str]) -> list[int]:
    """Return the places where a number begun at `found` may end, the farthest first."""
    ends, at = [], found.end()
    count = len(_digits(found[0]).lstrip("+"))
    while count < _LONGEST and (digit := _NEXT_DIGIT.match(text, at)):
        at, count = digit.end(), count + 1
        if count >= _SHORTEST and not text[at : at + 1].isdigit():
            ends.append(at)
    return ends[::-1]


def _digits(written: str) -> str:
    return re.sub(r"[^0-9+]", "", written.translate(_ZERO))


def _plain_digit(letter: str) -> str:
    is_foreign = letter.isdecimal() and not letter.isascii()
    return str(unicodedata.decimal(letter)) if is_foreign else letter


def _is_valid(digits: str) -> bool:
    return _valid(digits) != ""


def _is_phone_like(digits: str) -> bool:
    return re.fullmatch(r"(?:0|\+84)[0-9]{9,10}", digits) is not None or _is_valid(digits)


def _valid(digits: str) -> str:
    """Return the E.164 form of a valid number of Vietnam, or an empty text."""
    if digits.startswith("84") and len(digits) >= 11:
        digits = "+" + digits
    if not digits.startswith(("0", "+84")):
        return ""
    try:
        number = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        return ""
    if number.country_code != 84 or phonenumbers.number_type(number) not in _TAKEN:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
