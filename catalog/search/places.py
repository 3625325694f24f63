"""The names by which people ask for what comes from a place: its old commune, district and province too.

Pure. Since July 2025 there are no districts, and people go on saying Đại Từ. A listing keeps a token for
each name of its communes; a question that says such a name is also read as asking for the token. Refuses
names of one word: too many other things are called so.
"""

from functools import cache

from catalog import communes
from catalog.search.words import Term, filter_token, folded_words

Phrase = tuple[Term, ...]
_SHORTEST, _LONGEST = 2, 4


def tokens_of(code: str) -> set[str]:
    """The tokens of a commune's names, today's and former ones; none for an unknown code."""
    return {_token(name) for name in communes.names_of(code)}


def named_in(text: str) -> set[str]:
    """The codes of the communes of today that a product's name speaks of: `Chè nõn La Bằng`."""
    words = text.lower().split()
    spans = {
        " ".join(words[at : at + length])
        for length in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(words) - length + 1)
    }
    return {code for code, one in communes.COMMUNES.items() if one.name.lower() in spans}


def readings(asked: Phrase) -> list[Phrase]:
    """The question with one place in it asked for by its token; empty if it names none."""
    return [
        (*asked[:at], Term(token, ""), *asked[at + length :])
        for length in range(_LONGEST, _SHORTEST - 1, -1)
        for at in range(len(asked) - length + 1)
        for token in [_token(" ".join(term.folded for term in asked[at : at + length]))]
        if token in _known()
    ]


def is_place(term: Term) -> bool:
    """Whether it is a token that `readings` put in and no word anybody typed."""
    return term.folded.startswith(":")


def _token(name: str) -> str:
    words = folded_words(communes.as_usually_spelled(name))
    return filter_token("p", "_".join(words)) if len(words) >= _SHORTEST else ""


@cache
def _known() -> frozenset[str]:
    return frozenset(token for code in communes.COMMUNES for token in tokens_of(code)) - {""}
