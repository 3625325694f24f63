"""Reads what buyers write: an order, a withdrawal, a question, chat, or something a person must look at.

Why: people type `chốt A1 2kg ạ`, and a false claim is worse than a missed one. So a comment becomes an
order only if every word in it belongs in one; a question is never an order; whatever is near an order
but not clear is `ambiguous` and says why. Refuses to know stock, prices and who is writing.
The grammar is the simple one so far.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from core.phone import HIDDEN_PHONE, mask_phones_in
from livestream import comment_words as words
from livestream.comment_tokens import Token, tokens_of

Kind = Literal["claim", "withdraw", "question", "chat", "ambiguous"]

MOST_PACKS = 999
"""A larger number in a comment is a mistake or a joke."""

MOST_ITEMS = 10


@dataclass(frozen=True)
class PinSize:
    """What a code stands for: base units in a pack, their unit, and the pack's words (`gói 200 g`)."""

    pack_size: int
    base_unit: str
    unit_word: str = ""


@dataclass(frozen=True)
class Item:
    """So many packs of a code; 0 in a withdrawal."""

    code: str
    packs: int


@dataclass(frozen=True)
class Reading:
    """What a comment says. `masked` is its text without phone numbers, the only form shown or kept."""

    kind: Kind
    items: tuple[Item, ...]
    masked: str
    why: str = ""


class _Unclear(Exception):
    """Near an order, but not a clear one."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class _Quantity:
    """A number as written; `unit` is the word behind it, `loose` a number with nothing round it."""

    number: Fraction
    unit: str
    loose: bool


_Part = str | _Quantity
"""What matters of an order's segment: codes and quantities, in order."""


def read(text: str, pins: Mapping[str, PinSize], main: str | None) -> Reading:
    """Read one comment; never raises, whatever it holds.

    `pins` are the codes of the session (upper case), `main` the code of the pin on show, if any. A code
    nobody pinned is an item too when the order is otherwise clear: the desk says it is unknown.
    `withdraw` without items takes back the one claim the buyer has.
    """
    masked = mask_phones_in(unicodedata.normalize("NFC", text))
    tokens = tokens_of(masked.replace(HIDDEN_PHONE, " "), frozenset(pins))
    if any(token.kind == "question" for token in tokens):
        return Reading("question", (), masked)
    try:
        if any(token.kind == "withdraw" for token in tokens):
            return Reading("withdraw", _withdrawn(tokens), masked)
        items = _ordered(tokens, pins, main)
    except _Unclear as unclear:
        return Reading("ambiguous", (), masked, unclear.why)
    return Reading("claim" if items else "chat", items, masked)


def _withdrawn(tokens: Sequence[Token]) -> tuple[Item, ...]:
    """The codes taken back; anything but codes and courtesy beside them makes it unclear."""
    if not _kinds(tokens) <= {"withdraw", "enough", "code", "courtesy", "separator"}:
        raise _Unclear("withdrawal_and_more")
    return tuple(Item(code, 0) for code in dict.fromkeys(_codes(tokens)))


def _ordered(
    tokens: Sequence[Token], pins: Mapping[str, PinSize], main: str | None
) -> tuple[Item, ...]:
    """The items of an order; none when the comment is chat."""
    kinds = _kinds(tokens)
    if "unsure" in kinds and kinds & {"code", "number", "verb"}:
        raise _Unclear("two_meanings")
    if kinds & {"other", "unsure", "enough"}:
        if _is_near_an_order(kinds):
            raise _Unclear("other_words")
        return ()
    if "code" in kinds:
        return _of_codes(tokens, pins)
    if kinds & {"verb", "number", "times"}:
        return _of_main(tokens, pins, main)
    return ()


def _is_near_an_order(kinds: set[str]) -> bool:
    parts = kinds & {"code", "verb", "number"}
    return len(parts) >= 2 or ("verb" in kinds and "enough" in kinds)


def _of_codes(tokens: Sequence[Token], pins: Mapping[str, PinSize]) -> tuple[Item, ...]:
    codes = _codes(tokens)
    if len(set(codes)) < len(codes):
        raise _Unclear("code_twice")
    if len(codes) > MOST_ITEMS:
        raise _Unclear("too_many")
    if codes[0] not in pins and _kinds(tokens) <= {"code", "courtesy", "separator"}:
        raise _Unclear("unknown_code")
    segments = [tokens] if len(codes) == 1 else _segments(tokens)
    items = [item for segment in segments for item in _of_segment(_parts(segment), pins)]
    return tuple(items)


def _of_segment(parts: Sequence[_Part], pins: Mapping[str, PinSize]) -> list[Item]:
    """Codes alone are one pack each; else code and quantity alternate, in one order throughout."""
    codes = [part for part in parts if isinstance(part, str)]
    quantities = [part for part in parts if isinstance(part, _Quantity)]
    if not quantities:
        return [Item(code, 1) for code in codes]
    firsts, seconds = parts[::2], parts[1::2]
    if [*codes] not in ([*firsts], [*seconds]) or len(codes) != len(quantities):
        raise _Unclear("which_quantity")
    return [
        Item(code, _packs(quantity, pins.get(code)))
        for code, quantity in zip(codes, quantities, strict=True)
    ]


def _of_main(
    tokens: Sequence[Token], pins: Mapping[str, PinSize], main: str | None
) -> tuple[Item, ...]:
    """An order without a code means the pin on show, if nothing else can be meant."""
    quantities = _parts(tokens)
    if main is None or main not in pins:
        raise _Unclear("no_code")
    if len(quantities) > 1:
        raise _Unclear("which_quantity")
    if not quantities:
        return (Item(main, 1),)
    quantity = quantities[0]
    assert isinstance(quantity, _Quantity)  # there is no code here
    if quantity.loose and "verb" not in _kinds(tokens):
        raise _Unclear("bare_number")
    return (Item(main, _packs(quantity, pins[main])),)


def _packs(quantity: _Quantity, size: PinSize | None) -> int:
    """How many packs a quantity is; one that does not fit the pack is unclear."""
    packs = quantity.number
    if quantity.unit in words.MEASURE_WORDS and size is not None:
        per_unit = words.MEASURES.get(size.base_unit, {}).get(quantity.unit)
        if per_unit is None:
            raise _Unclear("unit")
        packs = packs * per_unit * Fraction(1, size.pack_size)
    elif quantity.unit and size is not None and not _is_pack_of(quantity.unit, size):
        raise _Unclear("unit")
    if packs.denominator != 1 or not 1 <= packs <= MOST_PACKS:
        raise _Unclear("quantity")
    return int(packs)


def _is_pack_of(word: str, size: PinSize) -> bool:
    """Whether `2 túi` may be said of a `gói 200 g`."""
    if word in words.PIECES:
        return size.base_unit != "piece" or size.pack_size == 1
    kind = words.PACKS.get(word, word)
    first = size.unit_word.casefold().split(" ")[0]
    return kind == "" or first == "" or words.PACKS.get(first, first) == kind


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    """Codes and quantities in order; a unit belongs to the number before it."""
    parts: list[_Part] = []
    for place, token in enumerate(tokens):
        if token.kind == "code":
            parts.append(token.text)
        elif token.kind == "number":
            parts.append(_quantity(tokens, place))
        elif token.kind == "measure" and not _follows_number(tokens, place):
            raise _Unclear("unit_without_number")
        elif token.kind == "range":
            raise _Unclear("range")
        elif token.kind == "times" and not _precedes_number(tokens, place):
            raise _Unclear("times_without_number")
    return parts


def _quantity(tokens: Sequence[Token], place: int) -> _Quantity:
    after = tokens[place + 1] if place + 1 < len(tokens) else Token("end", "")
    unit = after.text if after.kind in {"pack", "measure"} else ""
    times = place > 0 and tokens[place - 1].kind == "times"
    number = tokens[place].text.replace(",", ".")
    if len(number.partition(".")[2]) > 2:
        raise _Unclear("quantity")  # 1.500 may be one and a half, or fifteen hundred
    return _Quantity(Fraction(number), unit, not unit and not times)


def _follows_number(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind == "number"


def _precedes_number(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].kind == "number"


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """The comment cut at commas, `và` and line ends; each piece speaks for itself."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "separator":
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _codes(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.kind == "code"]


def _kinds(tokens: Sequence[Token]) -> set[str]:
    return {token.kind for token in tokens}
