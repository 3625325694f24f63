"""Cuts a comment into words of known kinds; the claim reader decides what they mean together.

Why apart: which pieces there are depends on letters and neighbours only, what they say on the whole.
Refuses to drop a word it does not know: that is an `other`, and an `other` makes no order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from livestream import comment_words as words


@dataclass(frozen=True)
class Token:
    """A piece of a comment.

    `kind`: code, verb, number, times (`x`, `+`), pack, measure, courtesy, separator, range (`A1-A3`),
    withdraw, enough (`thôi`), unsure (`bo`), question or other. `text`: the code in upper case, the
    number with a decimal point or comma, the unit in its marked form, else as written in lower case.
    """

    kind: str
    text: str


_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<sign>[^\w\s])|(?P<line>\n)|(?P<odd>\w)"
)
_CODE = re.compile(r"([a-z]{1,2}[0-9]{1,3})(?![0-9]|[.,][0-9])(?![^\W\d_x]|x(?![0-9]))")
_SEPARATORS = frozenset(",;/&|+")
_DASHES = frozenset("-–—~→")
_LONGEST_NUMBER = 6


@dataclass(frozen=True)
class _Piece:
    """A raw piece: its group, its text, and whether it is glued to the piece before or after it."""

    group: str
    text: str
    glued: bool
    glued_after: bool


def tokens_of(text: str, codes: frozenset[str]) -> list[Token]:
    """The tokens of a comment (NFC, phones taken out); `codes` are the session's, upper case."""
    pieces = list(_pieces(text.lower(), codes))
    return [token for place in range(len(pieces)) for token in _token(pieces, place)]


def _pieces(text: str, codes: frozenset[str]) -> Iterator[_Piece]:
    """Codes first (a session's own before `x2` and the like), then words, numbers and signs."""
    at = 0
    while at < len(text):
        glued = at > 0 and not text[at - 1].isspace()
        inside_word = at > 0 and text[at - 1].isalnum()
        code = None if inside_word else _CODE.match(text, at)
        if code is not None and _is_code(code[1], codes):
            yield _Piece("code", code[1].upper(), glued, _is_glued_after(text, code.end()))
            at = code.end()
        elif (found := _PIECE.match(text, at)) is not None:
            group = found.lastgroup or "odd"
            yield _Piece(group, found[0], glued, _is_glued_after(text, found.end()))
            at = found.end()
        else:
            at += 1


def _is_glued_after(text: str, end: int) -> bool:
    return end < len(text) and not text[end].isspace()


def _is_code(written: str, codes: frozenset[str]) -> bool:
    letters = written.rstrip("0123456789")
    return written.upper() in codes or letters not in words.TIMES


def _token(pieces: list[_Piece], place: int) -> Iterator[Token]:
    """The token of one piece: none for punctuation that says nothing."""
    piece = pieces[place]
    if piece.group == "code":
        yield Token("code", piece.text)
    elif piece.group == "number":
        kind = "number" if len(piece.text) <= _LONGEST_NUMBER else "other"
        yield Token(kind, piece.text)
    elif piece.group == "word":
        yield _word(pieces, place)
    elif piece.group == "sign":
        yield from _sign(pieces, place)
    else:
        yield Token("separator" if piece.group == "line" else "other", piece.text)


def _word(pieces: list[_Piece], place: int) -> Token:
    word = pieces[place].text
    before, after = _group(pieces, place - 1), _group(pieces, place + 1)
    if before == "number" and (unit := _unit(word)) is not None:
        return unit
    if word in words.NUMBERS and after == "word" and _unit(pieces[place + 1].text) is not None:
        return Token("number", str(words.NUMBERS[word]))
    if before == "number" and pieces[place].glued:
        return Token("other", word)  # 65k is a price
    if words.matches(word, words.NOT):
        return _negation(pieces, place)
    if word in words.TIMES and after == "number":
        return Token("times", word)
    if after == "number" and len(word) == 1 and word.isascii():
        return Token("unsure", word)  # `A 1` may be the code A1
    return Token(_kind(word, after_not=_is_negated(pieces, place)), word)


def _kind(word: str, *, after_not: bool) -> str:
    if words.matches(word, words.VERBS):
        return "withdraw" if after_not else "verb"
    if _asks(word):
        return "question"
    if word == "bo":
        return "unsure"  # bó or bỏ: a bunch or a withdrawal
    for kind, vocabulary in _VOCABULARIES:
        if words.matches(word, vocabulary):
            return kind
    return "other"


_VOCABULARIES = (
    ("withdraw", words.WITHDRAWALS),
    ("enough", words.ENOUGH),
    ("separator", words.AND),
    ("courtesy", words.COURTESY),
    ("courtesy", words.PACK_WORDS),
    ("measure", words.MEASURE_WORDS),
)


def _asks(word: str) -> bool:
    if word in words.QUESTIONS_WITH_MARKS_ONLY:
        return True
    return words.matches(word, words.QUESTIONS - words.QUESTIONS_WITH_MARKS_ONLY)


def _unit(word: str) -> Token | None:
    if words.matches(word, words.MEASURE_WORDS):
        return Token("measure", words.canonical(word, words.MEASURE_WORDS))
    if words.matches(word, words.PACK_WORDS):
        return Token("pack", words.canonical(word, words.PACK_WORDS))
    return None


def _negation(pieces: list[_Piece], place: int) -> Token:
    """`không` before a verb belongs to the withdrawal; elsewhere it asks."""
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    if after is not None and after.group == "word" and words.matches(after.text, words.VERBS):
        return Token("courtesy", pieces[place].text)
    return Token("question", pieces[place].text)


def _is_negated(pieces: list[_Piece], place: int) -> bool:
    before = pieces[place - 1] if place > 0 else None
    return before is not None and before.group == "word" and words.matches(before.text, words.NOT)


def _sign(pieces: list[_Piece], place: int) -> Iterator[Token]:
    piece, after = pieces[place], _group(pieces, place + 1)
    if piece.text == "?":
        yield Token("question", "?")
    elif piece.text == "+" and after == "number":
        yield Token("times", "+")
    elif piece.text in words.TIMES and after == "number":
        yield Token("times", piece.text)
    elif piece.text == "/" and "number" in {_group(pieces, place - 1), after}:
        yield Token("other", "/")
    elif piece.text in _SEPARATORS:
        yield Token("separator", piece.text)
    elif piece.text in _DASHES:
        yield from _dash(pieces, place)
    elif piece.text in "@%$<>":
        yield Token("other", piece.text)


def _dash(pieces: list[_Piece], place: int) -> Iterator[Token]:
    """`A1 - 2` is a quantity; `A1-A3` may be a range, `A1 -1` may take one away."""
    before, after = _group(pieces, place - 1), _group(pieces, place + 1)
    is_range = before == after and before in {"code", "number"}
    takes_away = after == "number" and not pieces[place].glued and pieces[place].glued_after
    if is_range or takes_away:
        yield Token("range", pieces[place].text)


def _group(pieces: list[_Piece], place: int) -> str:
    return pieces[place].group if 0 <= place < len(pieces) else ""
