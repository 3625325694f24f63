"""Order codes that survive bank texts.

Why: the code is the only thing that ties a bank line to an order, and people and banks retype it.
Refuses: randomness of its own (it is passed in) and any wish to know which orders exist.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "CP"
BODY_LENGTH = 7
CODE_LENGTH = len(PREFIX) + BODY_LENGTH + 1

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")
_WINDOW = re.compile(rf"{PREFIX}(?=([0-9A-Z]{{{BODY_LENGTH + 1}}}))")
_SLIPS = {
    **dict.fromkeys("0O", "DQ"),
    **dict.fromkeys("1IL", "T7"),
    **{pair[i]: pair[1 - i] for pair in ("8B", "5S", "2Z", "6G", "UV") for i in (0, 1)},
}

RandomIndex = Callable[[int], int]
"""`random_index(n)` returns a fair whole number from 0 to n − 1 (`secrets.randbelow`)."""


def check_character(body: str) -> str:
    """Return the check character of seven letters: Σ position·value mod 31, positions 1 to 7.

    31 is prime, so one changed letter or two swapped neighbours (the check itself included) always
    show. Precondition: seven letters of ALPHABET, else ValueError.
    """
    if len(body) != BODY_LENGTH or any(letter not in _VALUE for letter in body):
        raise ValueError("a body is seven letters of the code alphabet")
    total = sum(position * _VALUE[letter] for position, letter in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def new_order_code(random_index: RandomIndex) -> str:
    """Return a fresh code such as `CPX7K3M9Q2`; that it is unused is for the database to say."""
    body = "".join(ALPHABET[random_index(len(ALPHABET))] for _ in range(BODY_LENGTH))
    return PREFIX + body + check_character(body)


def is_order_code(text: str) -> bool:
    """Tell whether `text` is one order code exactly as we write it, upper case, check right."""
    return len(text) == CODE_LENGTH and text.startswith(PREFIX) and _checks(text[len(PREFIX) :])


def find_order_codes(bank_text: str) -> list[str]:
    """Return the codes standing in a bank's text, each once, in the order they appear.

    Found anywhere, glued to other text, in any case, with spaces, line breaks or dashes inside.
    Only codes whose check is right; whether such an order exists is for the caller to ask.
    """
    return _unique(PREFIX + window for window in _windows(bank_text) if _checks(window))


def slip_candidates(bank_text: str) -> list[str]:
    """Return the codes that would stand in the text if letters were mistaken for look-alikes.

    Slips: 0/O for D, Q · 1/I/L for T, 7 · 8↔B · 5↔S · 2↔Z · 6↔G · U↔V, any number of them. What
    `find_order_codes` already finds is left out. The caller accepts one by itself only if exactly
    one candidate is expected on that account; otherwise a person decides.
    """
    exact = set(find_order_codes(bank_text))
    readings = (reading for window in _windows(bank_text) for reading in _readings(window))
    return [code for code in _unique(PREFIX + reading for reading in readings) if code not in exact]


def _windows(bank_text: str) -> Iterator[str]:
    compact = _SEPARATORS.sub("", bank_text).translate(_UPPER)
    return (found[1] for found in _WINDOW.finditer(compact))


def _readings(window: str) -> Iterator[str]:
    choices = [(letter if letter in _VALUE else "") + _SLIPS.get(letter, "") for letter in window]
    return (reading for reading in map("".join, product(*choices)) if _checks(reading))


def _checks(window: str) -> bool:
    body, check = window[:BODY_LENGTH], window[BODY_LENGTH:]
    return all(letter in _VALUE for letter in body) and check_character(body) == check


def _unique(codes: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(codes))
