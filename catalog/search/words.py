"""The words of listings and of questions, and the tokens the index keeps of them.

Why here and not in the database: neither folds `đ`, and both must give the same results.
Tokens: `che` (the folded word) · `=che1` (the word as spelled, its tone behind it, so that `hoà` is
`hòa`) · `:k=tea` (what a filter asks for). Nobody can type the last two: words are letters and digits.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalog.search import amounts
from core.text import fold

MOST_WORDS = 6
_LONGEST = 40
_WORD = re.compile(r"[^\W_]+")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_KNOWN_WORDS = 20_000


@dataclass(frozen=True)
class Term:
    """One word of a question: folded, and as spelled where it was typed with marks (else "")."""

    folded: str
    spelled: str

    @property
    def exact(self) -> str:
        """The token that is nearest to what was typed."""
        return self.spelled or self.folded


def folded_words(text: str) -> list[str]:
    """The words of `text` without marks or case, in their order: `Chè móc câu` → `che moc cau`."""
    return [folded for word in _WORD.findall(_plain(text)) for folded in _folded(word)]


def tokens(text: str) -> set[str]:
    """What the index keeps of a text: each word folded and as spelled."""
    return set(folded_words(text)) | {_spelled(word) for word in _WORD.findall(_plain(text))}


def terms(question: str) -> tuple[Term, ...]:
    """The words of a question, the first six; a word with marks also keeps how it was spelled."""
    found: list[Term] = []
    for word in _WORD.findall(_plain(question)):
        parts = _folded(word)
        marked = len(parts) == 1 and parts[0] != word
        found += [Term(part, _spelled(word) if marked else "") for part in parts]
    return tuple(found[:MOST_WORDS])


def filter_token(name: str, value: str) -> str:
    """The token of a listing for which `name` is `value`: `k` kind, `c` commune, `s` seller, `m`
    month, `p` a name of its place."""
    return f":{name}={value}"


def joined(found: Iterable[str]) -> str:
    """Tokens as the index reads them, in an order that depends on nothing else."""
    return " ".join(sorted(found))


def _plain(text: str) -> str:
    return amounts.joined(unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=_KNOWN_WORDS)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(part[:_LONGEST] for part in _WORD.findall(fold(word)))


@lru_cache(maxsize=_KNOWN_WORDS)
def _spelled(word: str) -> str:
    spread = unicodedata.normalize("NFD", word)
    tone = "".join(_TONES[letter] for letter in spread if letter in _TONES)
    bare = "".join(letter for letter in spread if letter not in _TONES)
    return f"={unicodedata.normalize('NFC', bare)[:_LONGEST]}{tone}"
