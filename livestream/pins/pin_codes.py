"""The short codes of pins: `A1`, `SP05`, or bare numbers; the next one goes on as the last one began.

Why: many hosts number their goods 1, 2, 3 and say so aloud. Refuses what the comment reader cannot read:
anything but up to two letters and one to three digits.
"""

import re
from collections.abc import Collection, Sequence

from core.errors import BadRequest
from livestream.errors import CodesFull
from livestream.pins.pin_errors import CodeTaken

FIRST = "A1"
_CODE = re.compile(r"([A-Z]{0,2})([0-9]{1,3})")


def chosen(typed: str, taken: Collection[str]) -> str:
    """The code a host typed, in upper case.

    Raises:
        BadRequest: it is not up to two letters and one to three digits. CodeTaken: another pin has it.
    """
    code = typed.strip().upper()
    if not _CODE.fullmatch(code):
        raise BadRequest(field="code", why="up to two letters, then one to three digits")
    if code in taken:
        raise CodeTaken(code)
    return code


def next_after(codes: Sequence[str]) -> str:
    """The code of the next pin, after `codes` in their order: `A1` → `A2`, `SP05` → `SP06`, `7` → `8`.

    Raises:
        CodesFull: the letters have no number left.
    """
    if not codes:
        return FIRST
    found = _CODE.fullmatch(codes[-1])
    letters, digits = found.groups() if found else ("A", "0")
    taken = set(codes)
    for number in range(int(digits) + 1, 1000):
        code = f"{letters}{number:0{len(digits)}d}"
        if code not in taken:
            return code
    raise CodesFull()


def are_bare(codes: Collection[str]) -> bool:
    """Whether the session calls its goods by numbers alone, so that a lone number in a comment is a code."""
    return any(code.isdigit() for code in codes)
