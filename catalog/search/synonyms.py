"""Words for one and the same thing: the south says heo and bắp where the north says lợn and ngô.

Pure. Why a table and not the index: what a seller wrote stays what is found first, and a word more here
needs no listing to be written anew. Refuses what is only alike (another cut, another leaf): somebody who
asks for nghệ does not want gừng.
"""

from catalog.search import places
from catalog.search.words import Term, terms

MOST_READINGS = 8
"""How many ways one question is read, itself among them."""

_GROUPS = (
    ("chè", "trà"),
    ("ngô", "bắp"),
    ("lợn", "heo"),
    ("quả", "trái"),
    ("na", "mãng cầu"),
    ("lạc", "đậu phộng"),
    ("đậu", "đỗ"),
    ("trứng", "hột"),
    ("ngan", "vịt xiêm"),
    ("mộc nhĩ", "nấm mèo"),
    ("nấm hương", "nấm đông cô"),
    ("miến", "bún tàu"),
    ("sắn", "khoai mì"),
    ("dứa", "thơm", "khóm"),
    ("bí đỏ", "bí ngô", "bí rợ"),
    ("mướp đắng", "khổ qua"),
    ("rau mùi", "ngò rí"),
    ("hồng xiêm", "sa pô chê"),
    ("bánh đa", "bánh tráng"),
)
"""Each line one thing by its names, as people spell them; a name may be several words."""

Phrase = tuple[Term, ...]


def _spelled(name: str) -> Phrase:
    """The words of a name, each asked for as spelled: `đỗ` is not `đỏ`, though both fold to `do`."""
    return tuple(Term(one.folded, one.spelled or f"={one.folded}") for one in terms(name))


_NAMES = tuple(tuple(_spelled(name) for name in group) for group in _GROUPS)


def readings(asked: Phrase) -> tuple[Phrase, ...]:
    """The same question with other names for what it asks, nearest first, at most `MOST_READINGS` - 1.

    What was typed with marks is taken for nothing else: `đầu` is not read as `đậu`; without marks it may
    be. The names put in are asked for as they are spelled, places by the token of all their names.
    """
    found = [asked]
    seen = {_folded(asked)}
    for reading in found:
        for other in (*places.readings(reading), *_others(reading)):
            if len(found) < MOST_READINGS and _folded(other) not in seen:
                seen.add(_folded(other))
                found.append(other)
    return tuple(found[1:])


def _folded(reading: Phrase) -> tuple[str, ...]:
    return tuple(term.folded for term in reading)


def _others(reading: Phrase) -> list[Phrase]:
    """The readings one replaced name away."""
    return [
        (*reading[:at], *other, *reading[at + len(name) :])
        for names in _NAMES
        for name in names
        for at in range(len(reading) - len(name) + 1)
        if _is_called(reading[at : at + len(name)], name)
        for other in names
        if other is not name
    ]


def _is_called(typed: Phrase, name: Phrase) -> bool:
    return all(
        one.folded == word.folded and one.spelled in ("", word.spelled)
        for one, word in zip(typed, name, strict=True)
    )
