"""A question to the index as a tree of tokens, and how each database wants it written.

Pure: both writings say the same, so both databases find the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Word:
    """A place in the question: any of `tokens` fits, with `open_end` also what begins with the first."""

    tokens: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True)
class Asked:
    """Listings that have every one of `words` and not all of `without` (if there are any)."""

    words: tuple[Word, ...]
    without: tuple[Word, ...] = ()

    def but_not(self, other: Sequence[Word]) -> "Asked":
        """The same, less what `other` finds."""
        return replace(self, without=tuple(other))


def as_fts5(asked: Asked) -> str:
    """The question as SQLite's FTS5 reads it: `("che") AND ("moc" *)`."""
    wanted = _fts5_all(asked.words)
    return f"({wanted}) NOT ({_fts5_all(asked.without)})" if asked.without else wanted


def as_tsquery(asked: Asked) -> str:
    """The question as PostgreSQL's `tsquery` reads it: `('che') & ('moc':*)`."""
    wanted = _tsquery_all(asked.words)
    return f"({wanted}) & !({_tsquery_all(asked.without)})" if asked.without else wanted


def _fts5_all(words: Sequence[Word]) -> str:
    return " AND ".join(f"({_fts5_any(word)})" for word in words)


def _fts5_any(word: Word) -> str:
    return " OR ".join(
        f'"{token}"{" *" if word.open_end and token == word.tokens[0] else ""}'
        for token in word.tokens
    )


def _tsquery_all(words: Sequence[Word]) -> str:
    return " & ".join(f"({_tsquery_any(word)})" for word in words)


def _tsquery_any(word: Word) -> str:
    return " | ".join(
        f"'{token}'{':*' if word.open_end and token == word.tokens[0] else ''}"
        for token in word.tokens
    )
