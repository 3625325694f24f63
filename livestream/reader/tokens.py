"""Cuts a comment into words of known kinds; the claim reader decides what they mean together.

Why apart: which pieces there are depends on letters and spaces only. Refuses to drop a word it does not
know: that is an `other`, and an `other` makes no order.
"""

import re
from typing import NamedTuple

from livestream.reader.runs import Run, drawn_in
from livestream.reader.units import (
    AND_A_HALF,
    HALVES,
    NUMBER_WORDS,
    PRICES,
    UNIT_TOKENS,
    UNITS,
    number_of,
)
from livestream.reader.words import LEXICON, LONGEST_PHRASE, PHRASE_STARTS, Token

PHONE_MARK, MAYBE_MARK = "\ue000", "\ue001"
"""Stand where a phone number was, and where one may have been."""

_PIECE = re.compile(
    r"(?P<run>(?!https?://|www\.)[^\W_]+(?:(?<=[0-9])[.,/][0-9][^\W_]*)*)|(?P<link>https?://\S*|www\.\S*)"
    r"|(?P<smile><3+(?!\w)|[:=;]['-]?[)(]+|\^_*\^|:v(?!\w))|(?P<line>\n)|(?P<sign>[^\w\s]|_)"
)
_DASHES = frozenset("-–—→")
_JOINS = frozenset("-._–")
_SEPARATORS = frozenset(",;|")
_ALONE = {"measure": "measure", "count": "unsure"}
"""What a unit without a number is; the others are packs."""

_OTHER, _UNSURE, _PRICE = Token("other", ""), Token("unsure", ""), Token("price", "")
_AND, _SEPARATOR, _RANGE = Token("and", "+"), Token("separator", ","), Token("range", "-")
_QUESTION, _PHONE, _TIMES_SIGN = Token("question", "?"), Token("phone", ""), Token("times", "x")
_MAYBE = Token("maybe", "")
_BEFORE_NUMBERS = {"*": _TIMES_SIGN, "×": _TIMES_SIGN, "~": _RANGE}
_SIGNS = {
    "?": _QUESTION,
    PHONE_MARK: _PHONE,
    MAYBE_MARK: _MAYBE,
    "&": _AND,
    **dict.fromkeys("\"“”«»„'‘’`", Token("quote", "")),
    **dict.fromkeys("@%$<>≈±", _OTHER),
}


class _Piece(NamedTuple):
    """A raw piece: its group, its text and where it stood."""

    group: str
    text: str
    start: int
    end: int


_END = _Piece("end", "", -9, -9)


def tokens_of(text: str, codes: frozenset[str]) -> list[Token]:
    """The tokens of a comment (lower case, NFC, phones replaced by PHONE_MARK).

    `codes` are the session's, upper case: `x2` is a code only where one is called so. Linear in the text.
    """
    pieces = [
        _Piece(found.lastgroup or "", found[0], found.start(), found.end())
        for found in _PIECE.finditer(text)
    ]
    cutter = _Cutter(pieces, codes)
    at = 0
    while at < len(pieces):
        at = cutter.take(at)
    return cutter.tokens


class _Cutter:
    """Goes through the pieces once; `take` reads one or a few and says where to go on."""

    def __init__(self, pieces: list[_Piece], codes: frozenset[str]) -> None:
        self.pieces = pieces
        self.codes = codes
        self.tokens: list[Token] = []
        self.counted = -1
        """The place where a word would be the unit of the number before it."""

    def take(self, at: int) -> int:
        group, text, _start, _end = self.pieces[at]
        if group == "sign":
            self._sign(at)
        elif group == "run":
            if text.isalpha():
                return self._word(at)
            self._mixed(at, text)
        elif group == "line":
            self.tokens.append(_SEPARATOR)
        elif group == "link":
            self.tokens.append(_OTHER)
        return at + 1

    def _piece(self, at: int) -> _Piece:
        return self.pieces[at] if 0 <= at < len(self.pieces) else _END

    def _words_from(self, at: int, most: int) -> list[str]:
        """The words standing in a row from `at` on."""
        words: list[str] = []
        for piece in self.pieces[at : at + most]:
            if piece.group != "run" or not piece.text.isalpha():
                break
            words.append(piece.text)
        return words

    def _word(self, at: int) -> int:
        word = self.pieces[at].text
        if at == self.counted and word in AND_A_HALF:
            self.tokens.append(Token("half", word))
            return at + 1
        if at == self.counted and self._unit(at, word):
            return at + 2 if self.tokens[-1].kind == "half" else at + 1
        if word in HALVES or word in UNITS or word in NUMBER_WORDS:
            after = self._spoken(at)
            if after >= 0:
                return after
        if word in PHRASE_STARTS:
            words = self._words_from(at, LONGEST_PHRASE)
            for count in range(len(words), 1, -1):
                if (phrase := LEXICON.get(" ".join(words[:count]))) is not None:
                    self.tokens.append(phrase)
                    return at + count
        if len(word) <= 2 and word.isascii() and (after := self._split_code(at, word)):
            return after
        self.tokens.append(self._meaning(word))
        return at + 1

    def _meaning(self, word: str) -> Token:
        if (plain := LEXICON.get(word)) is not None:
            return plain
        for form in (word, *drawn_in(word)):
            if (known := LEXICON.get(form)) is not None:
                return known
            if (unit := UNITS.get(form)) is not None:
                return Token(_ALONE.get(unit.kind, "pack"), form)
            if form in NUMBER_WORDS:
                return Token("numword", form)
        return Token("other", word)

    def _unit(self, at: int, word: str) -> bool:
        """Take the word behind a number as its unit, with a half behind that; or as what makes it a price."""
        if word in PRICES:
            self.tokens[-1] = _PRICE
            return True
        form = word if word in UNIT_TOKENS else next(iter(drawn_in(word)), word)
        if form not in UNIT_TOKENS:
            return False
        self.tokens.append(UNIT_TOKENS[form])
        after = self._words_from(at + 1, 1)
        if after and after[0] in AND_A_HALF:
            self.tokens.append(Token("half", after[0]))
        elif form in UNITS and UNITS[form].kind == "count":
            self.counted = at + 1
        return True

    def _spoken(self, at: int) -> int:
        """Take a number in words (`nửa cân`, `cân rưỡi`, `chục quả`, `hai gói`); -1 if it is none."""
        words = self._words_from(at, 5)
        after = words[1] if len(words) > 1 else ""
        if words[0] in HALVES:
            return self._counted(at, 1, "1/2") if after in UNITS else -1
        if after in AND_A_HALF and words[0] in UNITS and UNITS[words[0]].kind != "pack":
            return self._counted(at, 0, "1")
        if words[0] == "chục" or (words[0] == "chuc" and after in UNITS):
            return self._counted(at, 0, "1")
        value, count = number_of(words)
        if count > 1 and value == 0 and count < len(words) and words[count] in UNITS:
            self.tokens.append(_RANGE)
            return at + count
        is_counted = count < len(words) and words[count] in UNITS and words[count] != "sp"
        return self._counted(at, count, str(value)) if value and (is_counted or count > 1) else -1

    def _counted(self, at: int, words: int, number: str) -> int:
        self.tokens.append(Token("number", number))
        self.counted = at + words
        return at + words

    def _split_code(self, at: int, word: str) -> int:
        """`A-1` and `SP 05` are codes; `A 1` may be, or `a` (anh) and a 1."""
        join, digits = self._piece(at + 1), self._piece(at + 2)
        if join.group == "run":
            join, digits = _END, join
        if not digits.text.isdecimal() or (word + digits.text).upper() not in self.codes:
            return 0
        code = Token("code", (word + digits.text).upper())
        if join is not _END:
            is_whole = self.pieces[at].end == join.start and join.end == digits.start
            if not is_whole or join.text not in _JOINS:
                return 0
            self.tokens.append(code)
            return at + 3
        known = LEXICON.get(word)
        may_be_two = known is not None and known.kind in {"person", "courtesy", "not"}
        after = self._words_from(at + 2, 1)
        named = bool(self.tokens) and self.tokens[-1].kind in {"ref", "~ref"}
        is_amount = bool(after) and after[0] in UNITS
        self.tokens.append(code if named or not (may_be_two or is_amount) else _MAYBE)
        return at + 2

    def _mixed(self, at: int, run: str) -> None:
        has_code = any(token.kind == "code" for token in self.tokens)
        self.tokens += Run(run, self.codes, self._piece(at + 1).text, has_code).read()
        is_halved = self._words_from(at + 1, 1)[:1] and self.pieces[at + 1].text in AND_A_HALF
        if self.tokens[-1].kind == "number" or is_halved:
            self.counted = at + 1

    def _sign(self, at: int) -> None:
        """The token of a sign; punctuation that says nothing has none."""
        _group, sign, start, end = self.pieces[at]
        before, after = self._piece(at - 1), self._piece(at + 1)
        counts = after.text[:1].isdecimal()
        glued = before.end == start
        if (known := _SIGNS.get(sign)) is not None:
            self.tokens.append(known)
        elif sign == "+":
            follows_number = before.text[:1].isdecimal()
            self.tokens.append(_TIMES_SIGN if counts and not follows_number else _AND)
        elif counts and sign in _BEFORE_NUMBERS:
            self.tokens.append(_BEFORE_NUMBERS[sign])
        elif (
            counts
            and sign in ".,:"
            and after.start == end
            and not (glued and before.group == "run")
        ):
            self.tokens.append(_UNSURE)  # `.5` and `:3`
        elif counts and sign == ":" and glued and before.text.isdecimal():
            self.tokens.append(_OTHER)  # 20:30
        elif sign in _SEPARATORS:
            self.tokens.append(_SEPARATOR)
        elif sign == "/" and before.group == after.group == "run":
            self.tokens.append(_RANGE)
        elif sign in _DASHES:
            self._dash(at, sign, glued, after.start == end)

    def _dash(self, at: int, sign: str, from_left: bool, to_right: bool) -> None:
        """`A1 - 2 gói` is a quantity; `A1-A3` and `1-2` may be ranges, `A1 -1` may take one away."""
        before, after = self._piece(at - 1).text, self._piece(at + 1).text
        counts, counted = after[:1].isdecimal(), before[:1].isdecimal()
        is_amount = self._words_from(at + 2, 1)[:1]
        between_codes = _ends_in_number(before) and _ends_in_number(after)
        attached = counts and to_right and not (from_left and is_amount and is_amount[0] in UNITS)
        if between_codes or attached or (counted and counts) or sign == "→":
            self.tokens.append(_RANGE)


def _ends_in_number(text: str) -> bool:
    return text[:1].isalpha() and text[-1:].isdecimal()
