"""In which order listings that fit equally well by their words are shown.

Pure, so that both databases rank alike. What is said here is said to buyers on `/search/ranking`; nobody
can pay to stand higher.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A listing that fits: its `number` grows with time, `name` is the folded words of its product."""

    number: int
    listing_id: str
    name: str
    in_stock: bool


def ranked(candidates: Iterable[Candidate], *questions: Sequence[str]) -> list[Candidate]:
    """What is called by the question's words (its name begins so) first, then the words as they stand in
    the name, then all of them in the name, then the rest (seller, place, kind); among equals what is in
    stock, then the newest. `questions` are the folded words of one question by its several names: the one
    that fits best counts."""

    def place(one: Candidate) -> tuple[int, bool, int]:
        fit = min(_fit(one.name, question) for question in questions)
        return fit, not one.in_stock, -one.number

    return sorted(candidates, key=place)


def _fit(name: str, question: Sequence[str]) -> int:
    if not question:
        return 0
    said = " ".join(question)
    if f"{name} ".startswith(f"{said} "):
        return 0
    if f" {said}" in f" {name}":
        return 1
    return 2 if set(question[:-1]) <= set(name.split()) and f" {question[-1]}" in f" {name}" else 3
