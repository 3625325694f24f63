"""The items of an order: which quantity belongs to which code.

Why apart: an order may name several goods, and one that is unclear never blocks another. Refuses to know
whether the comment is an order at all (the claim reader does).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from livestream.reader.amounts import Amount, PinSize, Unclear, amount_at, packs_of
from livestream.reader.words import Token

MOST_ITEMS = 10


@dataclass(frozen=True)
class Item:
    """So many packs of a code; 0 in a withdrawal."""

    code: str
    packs: int


@dataclass(frozen=True)
class UnclearItem:
    """A code whose item a person must look at, and why."""

    code: str
    why: str


Part = str | Amount
"""What matters of an order's segment: codes and quantities, in order."""

Said = tuple[str, list[Amount]]
"""A code and the quantities said of it."""


def items_of(
    tokens: list[Token], pins: Mapping[str, PinSize]
) -> tuple[tuple[Item, ...], tuple[UnclearItem, ...]]:
    """The clear items of an order with codes, and those a person must look at.

    Raises Unclear when no item can be told from another.
    """
    codes = [token.text for token in tokens if token.kind == "code"]
    if len(codes) > MOST_ITEMS:
        raise Unclear("too_many")
    items: list[Item] = []
    unclear: list[UnclearItem] = []
    for code, amounts, why in _said(tokens, pins):
        try:
            items.append(_item(code, amounts, why or _doubt(code, codes, pins), pins))
        except Unclear as reason:
            unclear.append(UnclearItem(code, reason.why))
    return tuple(items), tuple(dict.fromkeys(unclear))


def _doubt(code: str, codes: list[str], pins: Mapping[str, PinSize]) -> str:
    if codes.count(code) > 1:
        return "code_twice"
    return "" if code in pins else "unknown_code"


def _item(code: str, amounts: list[Amount], why: str, pins: Mapping[str, PinSize]) -> Item:
    if why:
        raise Unclear(why)
    return Item(code, packs_of(amounts, pins[code]))


def main_item(
    tokens: list[Token], kinds: set[str], pins: Mapping[str, PinSize], main: str | None
) -> Item:
    """The item of an order without a code: the pin on show, if nothing else can be meant.

    Raises Unclear when there is none, or the quantity may be something else.
    """
    if main is None or main not in pins:
        raise Unclear("no_code")
    if "each" in kinds:
        raise Unclear("no_code")
    amounts = [part for part in _parts(tokens) if isinstance(part, Amount)]
    if not amounts and "verb" not in kinds:
        raise Unclear("no_code" if kinds & {"act", "request"} else "which_quantity")
    if any(amount.loose for amount in amounts) and not kinds & {"verb", "act", "request"}:
        raise Unclear("bare_number")
    return Item(main, packs_of(amounts, pins[main]))


def _said(tokens: list[Token], pins: Mapping[str, PinSize]) -> list[tuple[str, list[Amount], str]]:
    """Each code with its quantities, or with why they are unclear."""
    if any(token.kind == "each" for token in tokens):
        return _said_of_each(tokens)
    segments = _segments(tokens)
    if any(not _has(segment, "code") and _has(segment, "number") for segment in segments):
        segments = [tokens]  # `A1, 2 gói`
    _require_own_quantities(tokens, segments)
    return [said for segment in segments for said in _said_in(segment, pins)]


def _said_of_each(tokens: list[Token]) -> list[tuple[str, list[Amount], str]]:
    """`A1, A2 mỗi loại 1`: the one quantity is everybody's."""
    parts = _parts(tokens)
    codes = [part for part in parts if isinstance(part, str)]
    amounts = [part for part in parts if isinstance(part, Amount)]
    if len(amounts) != 1 or len(codes) < 2:
        raise Unclear("which_quantity")
    return [(code, amounts, "") for code in codes]


def _require_own_quantities(tokens: list[Token], segments: list[list[Token]]) -> None:
    """`A1 và A2 2 gói` may be two of each: a quantity at the end of a list joined by `và` is unclear."""
    if not any(token.kind == "and" for token in tokens):
        return
    counted = [_has(segment, "number") for segment in segments if _has(segment, "code")]
    if counted and counted.count(True) == 1 and len(counted) > 1 and (counted[-1] or counted[0]):
        at = next(index for index, token in enumerate(tokens) if token.kind == "number")
        if at == 0 or tokens[at - 1].kind != "times":
            raise Unclear("which_quantity")


def _said_in(
    segment: list[Token], pins: Mapping[str, PinSize]
) -> list[tuple[str, list[Amount], str]]:
    codes = [token.text for token in segment if token.kind == "code"]
    try:
        if len(codes) > 1 and not pins.keys() >= {*codes}:
            raise Unclear("unknown_code")  # it may say more about the other
        return [(code, amounts, "") for code, amounts in _paired(_parts(segment))]
    except Unclear as unclear:
        return [(code, [], unclear.why) for code in codes]


def _paired(parts: Sequence[Part]) -> list[Said]:
    """Codes alone are one pack each; else code and quantity alternate, in one order throughout."""
    codes = [part for part in parts if isinstance(part, str)]
    amounts = [part for part in parts if isinstance(part, Amount)]
    if len(codes) == 1:
        return [(codes[0], amounts)]
    if not amounts:
        return [(code, []) for code in codes]
    if not any(amount.loose or amount.units for amount in amounts):
        return _bound(parts)
    if len(codes) != len(amounts) or [*codes] not in ([*parts[::2]], [*parts[1::2]]):
        raise Unclear("which_quantity")
    return [(code, [amount]) for code, amount in zip(codes, amounts, strict=True)]


def _bound(parts: Sequence[Part]) -> list[Said]:
    """`A1 x2 A2`: an `x2` belongs to the code before it, or all stand before their codes."""
    said: list[Said] = []
    if not isinstance(parts[0], str):
        parts = parts[::-1]
        if len(parts) % 2 or not isinstance(parts[0], str):
            raise Unclear("which_quantity")
    for part in parts:
        if isinstance(part, str):
            said.append((part, []))
        elif said[-1][1]:
            raise Unclear("which_quantity")
        else:
            said[-1][1].append(part)
    return said


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """The comment cut at commas, `và` and line ends; each piece speaks for itself."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in {"separator", "and"}:
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _has(tokens: Sequence[Token], kind: str) -> bool:
    return any(token.kind == kind for token in tokens)


def _parts(tokens: list[Token]) -> list[Part]:
    """Codes and quantities in order; raises Unclear for half a quantity."""
    parts: list[Part] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind == "code":
            parts.append(token.text)
        elif token.kind == "number":
            amount, place = amount_at(tokens, place - 1)
            parts.append(amount)
        elif token.kind in _HALF_SAID:
            raise Unclear(_HALF_SAID[token.kind])
        elif token.kind == "times" and not _has(tokens[place : place + 1], "number"):
            raise Unclear("times_without_number")
    return parts


_HALF_SAID = {
    "range": "range",
    "vague": "quantity",
    "half": "quantity",
    "unit": "unit_without_number",
}


def bare_codes(tokens: list[Token], pins: Mapping[str, PinSize]) -> list[Token]:
    """Where goods are called by numbers: a number without a unit or an `x` is a code.

    Of two such numbers side by side (`12 2`) the one that is pinned is the code; if both are or neither
    is, nobody knows.
    """
    told = list(tokens)
    loose = [place for place in range(len(tokens)) if _is_loose(tokens, place)]
    named = {place for place in loose if place and tokens[place - 1].kind in {"ref", "~ref"}}
    for place in loose:
        number = tokens[place].text
        near = [other for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
        beside = [other for other in near if other in loose]
        if place in named:
            told[place] = Token("code", number)
        elif not number.isdecimal() or len(number) > 3:
            told[place] = Token("maybe", number)
        elif beside and not named & {*beside}:
            both = [number in pins, *(tokens[other].text in pins for other in beside)]
            told[place] = _one_of(number, pins, both.count(True) == 1)
        elif not beside and all(tokens[other].kind != "code" for other in near):
            told[place] = Token("code", number)
    return told


def _one_of(number: str, pins: Mapping[str, PinSize], clear: bool) -> Token:
    """A number beside another: the pinned one is the code."""
    if not clear:
        return Token("maybe", number)
    return Token("code" if number in pins else "number", number)


def _is_loose(tokens: list[Token], place: int) -> bool:
    after = tokens[place + 1].kind if place + 1 < len(tokens) else "end"
    before = tokens[place - 1].kind if place else "end"
    return tokens[place].kind == "number" and after not in {"unit", "half"} and before != "times"
