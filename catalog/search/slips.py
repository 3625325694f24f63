"""What somebody may have meant who typed a word nobody sells: how it sounds, then how a finger slips.

Why: in the north `r`, `d` and `gi` sound alike, so do `ch` and `tr`, `s` and `x`, and many say `l` for
`n`. Refuses to know which words exist: the caller asks the index which of these do.
"""

from collections.abc import Iterator

SOUNDS_ALIKE = 1
"""The cost of a variant that sounds the same; a slipped finger costs more."""
FINGER_SLIPPED = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_SLIP = 4
_LONGEST_SLIP = 12

_BEGINNINGS = (
    ("d", "gi", "r", "v"),
    ("ch", "tr"),
    ("s", "x"),
    ("l", "n"),
    ("c", "k", "q"),
    ("g", "gh"),
    ("ng", "ngh"),
    ("ph", "f"),
)
_ENDINGS = (("n", "ng"), ("t", "c"), ("i", "y"), ("nh", "n"))


def variants(word: str) -> dict[str, int]:
    """Other writings of a folded word with what each costs; the word itself is not among them.

    Sounds: every word. One letter wrong, missing, doubled or swapped: words of four letters or more
    (of fewer, everything would fit: `vịt` is not Việt). At most some 700 for a word of twelve.
    """
    found = dict.fromkeys(_slipped(word), FINGER_SLIPPED)
    found.update(dict.fromkeys(_sounding_like(word), SOUNDS_ALIKE))
    found.pop(word, None)
    return found


def halves(word: str) -> list[tuple[str, str]]:
    """The two words somebody may have typed without the space between: `matong` → `mat ong`; then those
    that share a letter where they meet: `mocau` → `moc cau`."""
    places = range(2, len(word) - 1)
    apart = [(word[:at], word[at:]) for at in places]
    return [*apart, *((word[: at + 1], word[at:]) for at in places)]


def _sounding_like(word: str) -> Iterator[str]:
    for begun in (word, *_begun_otherwise(word)):
        yield begun
        yield from _ended_otherwise(begun)


def _begun_otherwise(word: str) -> Iterator[str]:
    for alike in _BEGINNINGS:
        # The longest that fits: "gi" before "g", "ngh" before "ng".
        fits = max((each for each in alike if word.startswith(each)), key=len, default="")
        if fits and len(word) > len(fits):
            yield from (each + word[len(fits) :] for each in alike if each != fits)


def _ended_otherwise(word: str) -> Iterator[str]:
    for alike in _ENDINGS:
        fits = max((each for each in alike if word.endswith(each)), key=len, default="")
        if fits and len(word) > len(fits):
            yield from (word[: -len(fits)] + each for each in alike if each != fits)


def _slipped(word: str) -> Iterator[str]:
    if not _SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP:
        return
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
