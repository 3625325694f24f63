"""What of a text tells two of them apart: a bank's reference, however a road or a person writes it.

Refuses rows, and to read anything into a text: codes are found by `core.codes`.
"""

from core.text import fold

SHORTEST = 5
"""Shorter references tell nothing: "1", "ck"."""


def essence(text: str, shortest: int = 1) -> str:
    """The letters and digits of a text, folded; empty if they are fewer than `shortest`."""
    kept = "".join(letter for letter in fold(text) if letter.isalnum())
    return kept if len(kept) >= shortest else ""


def essence_of(reference: str) -> str:
    """The essence of a reference without a bank's mark behind `\\` (`FT26…\\BNK`); empty where too short."""
    return essence(reference.partition("\\")[0], SHORTEST)
