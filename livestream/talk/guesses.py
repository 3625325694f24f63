"""What an unclear comment may have meant: a few claims for a moderator to choose from with one tap.

Why: who moderates a sale has seconds for a comment. Refuses to decide anything: a guess becomes a claim
only when a person takes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import fold

MOST_GUESSES = 3
_MOST_PACKS = 20
_WORD = re.compile(r"[a-z]+|[0-9]+")
_PHONE = re.compile(r"•[•\s]*")
_NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}


@dataclass(frozen=True)
class Guess:
    """So many packs of a code."""

    code: str
    packs: int


def guesses(text: str, codes: Sequence[str], main: str | None) -> tuple[Guess, ...]:
    """At most three claims that `text` may mean, the likeliest first; none if no code comes to mind.

    `codes` are the session's (upper case), `main` the one on show, taken where the text names none.
    A code may be written apart (`a 1`); each takes the numbers that follow it, or 1.
    """
    words = _WORD.findall(fold(_PHONE.sub(" ", text)))
    found: list[tuple[str, list[int]]] = []
    free: list[int] = []
    place = 0
    while place < len(words):
        code, length = _code_at(words, place, codes)
        number = _number(words[place])
        if code:
            found.append((code, []))
        elif number:
            (found[-1][1] if found else free).append(number)
        place += length
    if not found and main:
        found = [(main, [])]
    made = [Guess(code, packs) for code, own in found for packs in own or free or [1]]
    return tuple(dict.fromkeys(made))[:MOST_GUESSES]


def _code_at(words: Sequence[str], place: int, codes: Sequence[str]) -> tuple[str, int]:
    """The code written from `place` on and how many words it takes; "" and 1 if there is none."""
    for length in (2, 1):
        written = "".join(words[place : place + length]).upper()
        if len(words) - place >= length and written in codes:
            return written, length
    return "", 1


def _number(word: str) -> int:
    number = int(word) if word.isdigit() and len(word) < 4 else _NUMBERS.get(word, 0)
    return number if number <= _MOST_PACKS else 0
