"""Takes a run of letters and digits apart: `a1x2`, `2kg`, `1kg5`, `chốt2`, `65k`.

Why apart: in a run nothing but the run itself says where one word ends. Refuses to read half of one: a run
with a piece nobody knows is an `other`, or a price.
"""

import re

from core.text import fold
from livestream.reader.units import PRICES, UNIT_TOKENS, UNITS
from livestream.reader.words import LEXICON, Token

_PARTS = re.compile(r"[0-9]+(?:[.,/][0-9]+)*|[^0-9.,/]+|.")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]{1,3})?|[0-9]{1,2}/[0-9]{1,2}")
_AGAIN = re.compile(r"(.)\1+")
_TIMES = frozenset("x*×")
_GLUED_WORDS = frozenset(("courtesy", "calling", "~go"))
_GLUED_BEFORE_NUMBER = frozenset(("verb", "act", "request", "times", "courtesy"))
_GLUED_AFTER = frozenset(
    word for word, token in LEXICON.items() if token.kind in _GLUED_WORDS and len(word) > 1
) | {"ạ"}
_OTHER, _PRICE = Token("other", ""), Token("price", "")
_NOT, _MAYBE = Token("not", "k0"), Token("maybe", "")


def drawn_in(word: str) -> tuple[str, ...]:
    """`chốtttt` as `chốt`, `nhéee` as `nhé`, `ạaa` as `ạ`; empty when nothing was drawn out."""
    drawn = _AGAIN.sub(r"\1", word)
    while len(drawn) > 1 and not drawn[-2].isascii() and fold(drawn[-2]) == drawn[-1]:
        drawn = drawn[:-1]
    return (drawn,) if drawn != word else ()


class Run:
    """One run; `after` is the piece behind it, `has_code` whether a code stood before it."""

    def __init__(self, run: str, codes: frozenset[str], after: str, has_code: bool) -> None:
        self.parts = _PARTS.findall(run)
        self.codes = codes
        self.after = after
        self.has_code = has_code
        self.tokens: list[Token] = []

    def read(self) -> list[Token]:
        """The tokens of the run; never none."""
        place = 0
        while place < len(self.parts):
            taken = self._part(self.parts, place)
            if taken == 0:
                is_price = (
                    self.parts[0][0].isdecimal() and self.parts[1:2] and self.parts[1] in PRICES
                )
                return [_PRICE if is_price else _OTHER]
            place += taken
        return self.tokens

    def _part(self, parts: list[str], place: int) -> int:
        """Take the parts at `place` of a run; 0 when they are nothing known."""
        part = parts[place]
        digits = parts[place + 1] if place + 1 < len(parts) else ""
        if part[0].isdecimal():
            return self._number(parts, place)
        if digits and digits[0].isdecimal():
            return self._code(parts, place)
        known = LEXICON.get(part) or LEXICON.get(_AGAIN.sub(r"\1", part))
        if place and known is not None and known.kind in _GLUED_WORDS and part not in {"a", "c"}:
            self.tokens.append(known)
            return 1
        return 0

    def _number(self, parts: list[str], place: int) -> int:
        number, after = parts[place], parts[place + 1] if place + 1 < len(parts) else ""
        if not _NUMBER.fullmatch(number):
            self.tokens.append(_PRICE if number.count("/") == 0 else _OTHER)
            return 1
        self.tokens.append(Token("number", number))
        if not after or after in _GLUED_AFTER or (place == 0 and self._is_code(parts, place + 1)):
            return 1
        if after in _TIMES and (place + 2 == len(parts) or self._is_code(parts, place + 2)):
            return 2
        drawn = drawn_in(after) if len(after) > 3 else ()
        form = after if after in UNITS else next(iter(drawn), "")
        if form not in UNITS:
            return 0
        self.tokens.append(UNIT_TOKENS[form])
        last = parts[place + 2] if place + 2 < len(parts) else ""
        if not last or (UNITS[form].kind == "measure" and len(last) == 1 and number.isdecimal()):
            if last:
                self.tokens[-2] = Token("number", f"{number}.{last}")
            return 3 if last else 2
        return 0

    def _is_code(self, parts: list[str], place: int) -> bool:
        return "".join(parts[place : place + 2]).upper() in self.codes and len(parts) > place + 1

    def _code(self, parts: list[str], place: int) -> int:
        """Take letters and the digits behind them: a code, `x2`, `chốt2`, or a word glued to a code."""
        letters, digits = parts[place], parts[place + 1]
        whole = (letters + digits).upper()
        if whole in self.codes:
            is_times = letters in ("x", "sl") and (self.has_code or len(self.tokens) > 0)
            self.tokens.append(_MAYBE if is_times else Token("code", whole))
            return 2
        known = LEXICON.get(letters)
        if known is not None and known.kind == "times":
            self.tokens += [known, Token("number", digits)]
            return 2 if _NUMBER.fullmatch(digits) else 0
        if whole == "K0":
            self.tokens.append(_NOT)
            return 2
        if len(letters) <= 2 and letters.isascii():
            if not digits.isdecimal() or len(digits) > 3:
                self.tokens.append(_MAYBE)
                return 2
            self.tokens += self._unknown_code(letters, digits, place + 2 < len(parts))
            return 2
        return self._glued(letters, digits)

    def _unknown_code(self, letters: str, digits: str, more: bool) -> tuple[Token, ...]:
        """`e2` before a code or a unit is `em 2` where no code of the session begins with E."""
        is_free = not any(code.startswith(letters.upper()) for code in self.codes)
        is_counted = more or self.after.upper() in self.codes or self.after in UNITS
        if letters in ("e", "em") and is_free and is_counted:
            return LEXICON[letters], Token("number", digits)
        return (Token("code", (letters + digits).upper()),)

    def _glued(self, letters: str, digits: str) -> int:
        for count in (0, 1, 2):
            head = LEXICON.get(letters[: len(letters) - count])
            if head is None or head.kind not in _GLUED_BEFORE_NUMBER:
                continue
            code = (letters[len(letters) - count :] + digits).upper()
            if count == 0 and _NUMBER.fullmatch(digits) and head.kind != "courtesy":
                self.tokens += [head, Token("number", digits)]
                return 2
            if count and code in self.codes:
                self.tokens += [head, Token("code", code)]
                return 2
        return 0
