"""How words fit on paper: broken at spaces, cut with "…" only when there is no more room.

Refuses to know fonts: it is told how wide words are.
"""

from collections.abc import Callable

Width = Callable[[str], float]
"""How wide a text is, in points."""

_MORE = "…"


def lines_of(text: str, room: float, width: Width, most: int) -> list[str]:
    """`text` in at most `most` lines none of which is wider than `room` points; a longer text ends in "…".

    A word wider than the room is broken inside; at a no-break space nothing is broken. An empty text has
    no lines.
    """
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, room, width))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), room, width)]


def size_for(
    text: str, room: float, width_at: Callable[[float], Width], sizes: list[float]
) -> float:
    """The first of `sizes` (large to small) at which `text` fits into `room` on one line, else the last."""
    return next((size for size in sizes if width_at(size)(text) <= room), sizes[-1])


def _pieces(word: str, room: float, width: Width) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(text: str, room: float, width: Width) -> str:
    while text and width(text + _MORE) > room:
        text = text[:-1].rstrip()
    return text + _MORE
