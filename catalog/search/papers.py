"""Papers asked for in words: who types `ocop 4 sao` wants what has the paper today, not the word in a name.

Pure. Why a filter and not words of the index: a paper ends by itself, and what only calls itself OCOP must
not be found by it.
"""

from dataclasses import replace

from catalog.search.wanted import Wanted
from catalog.search.words import folded_words

_NAMES = {
    ("ocop",): "ocop",
    ("vietgap",): "vietgap",
    ("viet", "gap"): "vietgap",
    ("chi", "dan", "dia", "ly"): "gi",
}
_STARS = {("3", "sao"): 3, ("4", "sao"): 4, ("5", "sao"): 5}


def understood(wanted: Wanted) -> Wanted:
    """The same question with a paper that its words name asked for as a filter.

    A paper asked for already stays, and so do the words. Stars are read only where OCOP is named.
    """
    if wanted.paper:
        return wanted
    for name, paper in _NAMES.items():
        rest = _without(wanted.query, name)
        if rest is not None:
            return _with_stars(replace(wanted, query=rest, paper=paper))
    return wanted


def _with_stars(wanted: Wanted) -> Wanted:
    for said, stars in _STARS.items():
        rest = _without(wanted.query, said) if wanted.paper == "ocop" else None
        if rest is not None:
            return replace(wanted, query=rest, stars=stars)
    return wanted


def _without(query: str, name: tuple[str, ...]) -> str | None:
    """The question less these words, None if it does not have them side by side."""
    words = query.split()
    folded = ["".join(folded_words(word)) for word in words]
    for at in range(len(words) - len(name) + 1):
        if tuple(folded[at : at + len(name)]) == name:
            return " ".join([*words[:at], *words[at + len(name) :]])
    return None
