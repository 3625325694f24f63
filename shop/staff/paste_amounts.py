"""How much of what a few words ask for: `2kg chè móc câu`, `3 gói miến`, `500g x 2 nấm`. Pure.

Why: people count in packs, kilos or nothing at all, and a listing is sold in packs. Refuses to guess
between goods: where several fit, no listing is named and a person chooses; where the amount is no whole
number of packs it is rounded up and marked as unsure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.search.words import Term, folded_words, terms, tokens
from catalog.units import VOLUME_WORDS, WEIGHT_WORDS
from core.text import fold
from shop.staff.paste_words import (
    MONEY_AND_TIME,
    NUMBER_WORDS,
    PACK_WORDS,
    PIECES,
    SYNONYMS,
    TALK,
)

MOST_PACKS = 10_000
_AMBIGUOUS = ("ta", "tan", "yen")  # tạ, Tân and Yên look alike without marks
_SIZES = {
    **{word: ("g", each) for word, each in WEIGHT_WORDS.items() if word not in _AMBIGUOUS},
    **{word: ("ml", each) for word, each in VOLUME_WORDS.items()},
}
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<times>[x×*]\s*)?(?:(?P<whole>\d{1,5})(?:[.,](?P<part>\d{1,3}))?|(?P<word>[a-z]{2,4}))"
    r"(?:\s*(?P<unit>[a-z]{1,5})(?![\w]))?(?P<half>\s+ruoi(?!\w))?"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Ware:
    """A listing as it can be asked for: `pack_size` base units (`g`, `ml`, `piece`) in one `unit_word`."""

    listing_id: str
    name: str
    unit_word: str
    base_unit: str
    pack_size: int


@dataclass(frozen=True)
class AskedItem:
    """Packs of a listing, with the buyer's own `words`.

    `listing_id` is "" where several goods fit. Only what is `sure` needs no second look.
    """

    listing_id: str
    packs: int
    words: str
    sure: bool


@dataclass(frozen=True)
class _Amount:
    """`thousandths` of something: base units of `base` (`g`, `ml`), packs called `pack`, or a bare number."""

    thousandths: int
    base: str = ""
    pack: str = ""


def item_in(segment: str, wares: Sequence[Ware]) -> AskedItem | None:
    """What a few words ask for, or None where they name no goods or no amount."""
    folded = MONEY_AND_TIME.sub(" ", fold(segment))
    amounts = _amounts(folded)
    fitting = _fitting(segment, wares) if amounts else []
    if not fitting:
        return None
    if len({ware.name for ware in fitting}) == 1:
        return _of_product(segment, amounts, fitting)
    narrowed = _narrowed(amounts, fitting)
    if len({ware.name for ware in narrowed}) == 1:
        return replace(_of_product(segment, amounts, narrowed), sure=False)
    return AskedItem("", _count(amounts), segment, sure=False)


def has_amount(segment: str) -> bool:
    """Whether a few words say how much of something."""
    return bool(_amounts(MONEY_AND_TIME.sub(" ", fold(segment))))


def _amounts(folded: str) -> list[_Amount]:
    return [amount for found in _NUMBER.finditer(folded) if (amount := _amount(found)) is not None]


def _amount(found: re.Match[str]) -> _Amount | None:
    unit = found["unit"] or ""
    thousandths = _thousandths(found, unit)
    if not thousandths:
        return None
    if unit in _SIZES and found["times"] is None:
        base, each = _SIZES[unit]
        return _Amount(thousandths * each, base=base)
    if unit in PACK_WORDS:
        return _Amount(thousandths, pack=unit)
    return _Amount(thousandths)


def _thousandths(found: re.Match[str], unit: str) -> int:
    half = 500 if found["half"] else 0
    if found["word"] is not None:
        is_counted = unit in PACK_WORDS or unit in _SIZES
        if found["word"] == "nua":
            return 500 if is_counted else 0
        return (NUMBER_WORDS.get(found["word"], 0) * 1000 + half) if is_counted else 0
    part = found["part"] or ""
    if len(part) == len("000") and found["whole"] != "0":
        return int(found["whole"] + part) * 1000  # 1.500 g is a thousand and a half
    return int(found["whole"]) * 1000 + int(part.ljust(3, "0")) + half


def _fitting(segment: str, wares: Sequence[Ware]) -> list[Ware]:
    """The listings whose names have the most of the words that stand beside the amounts; of those, the
    ones that were named in full."""
    names = {ware.name: tokens(ware.name) for ware in wares}
    said = [term for word in _WORD.findall(_without_amounts(segment)) for term in terms(word)]
    scores = {name: sum(_is_in(term, words) for term in said) for name, words in names.items()}
    best = max(scores.values(), default=0)
    fitting = [ware for ware in wares if best and scores[ware.name] == best]
    folded = {term.folded for term in said}
    return [ware for ware in fitting if folded >= set(folded_words(ware.name))] or fitting


def _without_amounts(segment: str) -> str:
    """The text without `2 gói`: what goods are counted in is no word of their name."""
    folded = fold(segment)
    if len(folded) != len(segment):
        return segment
    kept, at = list[str](), 0
    for found in _NUMBER.finditer(folded):
        if _amount(found) is not None and (found["unit"] in PACK_WORDS or found["unit"] in _SIZES):
            kept.append(segment[at : found.start()])
            at = found.end()
    return " ".join((*kept, segment[at:]))


def _narrowed(amounts: Sequence[_Amount], fitting: Sequence[Ware]) -> list[Ware]:
    """Those of `fitting` that are sold in what the amount is counted in, or in packs of that size."""
    called = {amount.pack for amount in amounts if amount.pack}
    sizes = {(amount.base, amount.thousandths) for amount in amounts if amount.base}
    of_size = [one for one in fitting if (one.base_unit, one.pack_size * 1000) in sizes]
    return of_size or [ware for ware in fitting if fold(ware.unit_word) in called]


def _is_in(term: Term, words: set[str]) -> bool:
    if not term.spelled and (term.folded in TALK or len(term.folded) < 2):
        return False
    other = SYNONYMS.get(term.folded, "")
    return term.exact in words or (bool(other) and other in words)


def _count(amounts: Sequence[_Amount]) -> int:
    """The number that counts packs where nobody knows of what."""
    counts = [amount for amount in amounts if not amount.base] or list(amounts)
    packs = counts[0].thousandths // 1000
    return packs if 1 <= packs <= MOST_PACKS and not counts[0].base else 1


def _of_product(segment: str, amounts: Sequence[_Amount], packs: Sequence[Ware]) -> AskedItem:
    """So much of one product: a size, a count, or a count of packs of a size."""
    base, ordered = packs[0].base_unit, sorted(packs, key=lambda ware: ware.pack_size)
    sizes, counts = _sorted_out(amounts, base, {fold(ware.unit_word) for ware in packs})
    if len(sizes) > 1 or len(counts) > 1:
        return _item(segment, ordered[0], _count(amounts), sure=False)
    if sizes and counts:
        of_size = [ware for ware in ordered if ware.pack_size * 1000 == sizes[0].thousandths]
        return _counted(segment, counts[0], of_size or ordered, sure=bool(of_size))
    if sizes:
        return _weighed(segment, sizes[0].thousandths, ordered)
    called = [ware for ware in ordered if fold(ware.unit_word) == counts[0].pack]
    fits = called or ordered
    is_said = bool(called) or not counts[0].pack
    return _counted(segment, counts[0], fits, sure=is_said and len(fits) == 1)


def _sorted_out(
    amounts: Sequence[_Amount], base: str, called: set[str]
) -> tuple[list[_Amount], list[_Amount]]:
    """Sizes in base units, and counts of packs; pieces are a size unless a pack is called so."""
    sizes = [amount for amount in amounts if amount.base == base]
    counts = []
    for amount in amounts:
        if not amount.base and base == "piece" and amount.pack in PIECES.keys() - called:
            sizes.append(_Amount(amount.thousandths * PIECES[amount.pack], base=base))
        elif not amount.base or amount.base != base:
            counts.append(amount)
    return sizes, counts


def _counted(segment: str, count: _Amount, fits: Sequence[Ware], *, sure: bool) -> AskedItem:
    packs, over = divmod(0 if count.base else count.thousandths, 1000)
    return _item(segment, fits[0], packs + bool(over), sure=sure and not over and not count.base)


def _weighed(segment: str, thousandths: int, ordered: Sequence[Ware]) -> AskedItem:
    """The biggest packs that come to the amount exactly, else one more of the smallest than it needs."""
    for ware in reversed(ordered):
        if thousandths % (ware.pack_size * 1000) == 0:
            return _item(segment, ware, thousandths // (ware.pack_size * 1000), sure=True)
    smallest = ordered[0]
    return _item(segment, smallest, -(-thousandths // (smallest.pack_size * 1000)), sure=False)


def _item(segment: str, ware: Ware, packs: int, *, sure: bool) -> AskedItem:
    kept = min(max(packs, 1), MOST_PACKS)
    return AskedItem(ware.listing_id, kept, segment, sure=sure and kept == packs)
