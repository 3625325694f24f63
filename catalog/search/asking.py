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
    """Listings that have every one of `words`, or of a line of `or_else`, and of no line of `without` all."""

    words: tuple[Word, ...]
    without: tuple[tuple[Word, ...], ...] = ()
    or_else: tuple[tuple[Word, ...], ...] = ()

    def but_not(self, *others: Sequence[Word]) -> "Asked":
        """The same, less what any of `others` finds."""
        return replace(self, without=tuple(tuple(one) for one in others))

    @property
    def readings(self) -> tuple[tuple[Word, ...], ...]:
        """All the lists of words of which one must fit."""
        return (self.words, *self.or_else)


def as_fts5(asked: Asked) -> str:
    """The question as SQLite's FTS5 reads it: `("che") AND ("moc" *)`."""
    wanted = _either([_fts5_all(one) for one in asked.readings], " OR ")
    if not asked.without:
        return wanted
    return f"{wanted} NOT {_either([_fts5_all(one) for one in asked.without], ' OR ')}"


def as_tsquery(asked: Asked) -> str:
    """The question as PostgreSQL's `tsquery` reads it: `('che') & ('moc':*)`."""
    wanted = _either([_tsquery_all(one) for one in asked.readings], " | ")
    if not asked.without:
        return wanted
    return f"{wanted} & !{_either([_tsquery_all(one) for one in asked.without], ' | ')}"


def _either(readings: Sequence[str], sign: str) -> str:
    """`(a)`, or `((a) OR (b))` of several."""
    each = [f"({one})" for one in readings]
    return each[0] if len(each) == 1 else f"({sign.join(each)})"


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
