"""What commune somebody means by an address typed as people write them: no marks, no commas, old names.

`so 5 xom dong lanh xa thinh duc tp thai nguyen` is Tân Cương. Refuses to guess: where two communes fit
equally well, it says so and names them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import N_, BadRequest
from core.text import clean_line, fold
from shop.delivery import place_names, places
from shop.delivery.place_names import Name
from shop.delivery.places import Commune, Province

MOST_LETTERS = 300
MOST_CHOICES = 6
COMMUNE = "delivery.commune"
"""The field of an order that names the commune."""

_LONGEST_NAME = 6
_SHOWN = 60
_RANK_WORDS = 2  # `thị trấn`, `đặc khu`
_RANKS = frozenset(["xa", "phuong", "tran", "x", "p", "tt", "khu"])
_NOT_A_COMMUNE = frozenset(
    [
        "xom",
        "thon",
        "to",
        "ap",
        "ban",
        "duong",
        "pho",
        "ngo",
        "ngach",
        "hem",
        "nha",
        "kdt",
        "chung",
        "truong",
        "cau",
    ]
)
"""What stands before the name of a hamlet, a street or a house, folded."""

_SHORT = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "sg": "ho chi minh",
    "hn": "ha noi",
    "q": "quan",
    "h": "huyen",
    "p": "phuong",
    "x": "xa",
}
_NUMBERED = re.compile(r"\A(p|q)([0-9]{1,2})\Z")
_ALSO_CALLED = {"sai gon": "ho chi minh", "bac can": "bac kan", "thua thien hue": "hue"}

_PROVINCE, _DISTRICT, _RANK, _WHOLE, _MARKS, _TODAY = 32, 24, 20, 12, 8, 4
_WRONG_PROVINCE, _WRONG_MARKS, _PARTLY = -48, -24, -4
_LATER, _LONGER, _ENOUGH = 2, 1, 14
"""What speaks for a reading, and how much; a province outweighs a district, a district a rank."""


class UnknownPlace(BadRequest):
    """No commune is found in `place`."""

    code = "unknown_place"
    status = 422
    message = N_("Chưa tìm thấy xã, phường “%(place)s”. Bạn ghi cả tên xã và tỉnh giúp nhé.")

    def __init__(self, place: str, field: str = COMMUNE) -> None:
        super().__init__(field=field, place=place)


class UnclearPlace(BadRequest):
    """Several communes go by that name; `choices` names some of them, `·` between."""

    code = "unclear_place"
    status = 422
    message = N_("Có nhiều nơi tên “%(place)s”: %(choices)s. Bạn ghi thêm tỉnh, huyện cũ giúp nhé.")

    def __init__(self, place: str, choices: Sequence[Commune], field: str = COMMUNE) -> None:
        names = " · ".join(one.full_name for one in choices[:MOST_CHOICES])
        super().__init__(field=field, place=place, choices=names)


@dataclass(frozen=True)
class _Word:
    """A word of the text: folded, as typed, and which part (between commas) it stands in."""

    folded: str
    typed: str
    part: int


@dataclass(frozen=True)
class _Text:
    words: tuple[_Word, ...]
    districts: tuple[tuple[int, str], ...]
    provinces: tuple[tuple[int, str], ...]


def find(text: str) -> Commune | None:
    """The commune an address means, or None where no name fits or several do equally well."""
    best = candidates(text)
    return best[0] if len(best) == 1 else None


def read(text: str, field: str = COMMUNE) -> Commune:
    """As `find`, for a field that has to name a commune; a five-digit code counts as well.

    Raises:
        UnknownPlace: no commune is found. UnclearPlace: several fit equally well. Both name `field`.
    """
    known = places.communes().get(text.strip())
    best = (known,) if known else candidates(text)
    if not best:
        raise UnknownPlace(clean_line(text, _SHOWN), field)
    if len(best) > 1:
        raise UnclearPlace(clean_line(text, _SHOWN), best, field)
    return best[0]


def province(text: str) -> Province | None:
    """The province of today somebody names alone, by its name of today or before; else None."""
    words = [word.folded for word in _text(text).words]
    if words[:1] == ["tinh"] or words[:2] == ["thanh", "pho"]:
        words = words[1:] if words[0] == "tinh" else words[2:]
    name = " ".join(words)
    return place_names.provinces().get(_ALSO_CALLED.get(name, name))


def candidates(text: str) -> tuple[Commune, ...]:
    """The communes that fit an address best, all equally well; none where nothing fits.

    Case and marks do not matter where they tell nothing apart; ranks (`xã`, `P.`, `TT`) and what stands
    before them are passed over; an old commune leads to the one of today, an old district or a province
    behind the name decides between equal names. What comes after 300 letters is not read.
    """
    read_text = _text(text)
    scores: dict[str, int] = {}
    for score, name in _found(read_text):
        if score >= _ENOUGH:
            code = name.commune.code
            scores[code] = max(score, scores.get(code, score))
    best = max(scores.values(), default=0)
    found = [places.communes()[code] for code, score in scores.items() if score == best]
    return tuple(sorted(found, key=lambda one: one.full_name))


def _text(text: str) -> _Text:
    cleaned = unicodedata.normalize("NFC", clean_line(text[: MOST_LETTERS * 2], MOST_LETTERS))
    words = tuple(
        _Word(folded, typed, at)
        for at, part in enumerate(re.split(r"[,;/|]", cleaned.lower()))
        for typed, folded in _words(part)
    )
    names = [word.folded for word in words]
    spans = list(_spans(names))
    provinces = tuple(
        (start, _ALSO_CALLED.get(name, name))
        for start, _, name in spans
        if _ALSO_CALLED.get(name, name) in place_names.provinces()
    )
    last = max((start for start, _ in provinces), default=0)
    return _Text(
        words,
        tuple(
            (start, name)
            for start, _, name in spans
            if name in place_names.districts()
            and (name not in place_names.provinces() or start < last or _is_city(names, start))
        ),
        provinces,
    )


def _is_city(names: Sequence[str], start: int) -> bool:
    """Whether a name that a province has too is meant as its city."""
    return " ".join(names[max(0, start - 2) : start]) in {"thanh pho", "thi xa"}


def _words(part: str) -> Iterator[tuple[str, str]]:
    """Each word as typed and folded, short forms spelled out: `P.3` is `phường 3`."""
    for typed in re.findall(r"[\w']+", part):
        folded = fold(typed)
        numbered = _NUMBERED.match(folded)
        if numbered:
            rank = "phuong" if numbered[1] == "p" else "quan"
            yield from ((rank, rank), (numbered[2], numbered[2]))
        else:
            for word in _SHORT.get(folded, folded).split():
                yield (typed if word == folded else word), word


def _spans(names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every run of up to six words: where it begins, where it ends (before), and the words."""
    for start in range(len(names)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(names)) + 1):
            yield start, end, " ".join(names[start:end])


def _found(text: _Text) -> Iterator[tuple[int, Name]]:
    for start, end, folded in _spans([word.folded for word in text.words]):
        known = place_names.index().get(folded, ())
        if not known or text.words[start].part != text.words[end - 1].part:
            continue
        if (start and _hides(text.words, start)) or _is_the_province(text, start, end):
            continue
        for name in known:
            yield _stands(text, start, end) + _agrees(text, start, end, name), name


def _is_the_province(text: _Text, start: int, end: int) -> bool:
    """Whether a name ends the text and is a province's: then it says in which, not where."""
    name = " ".join(word.folded for word in text.words[start:end])
    ranked = bool(start) and text.words[start - 1].folded in _RANKS
    return end == len(text.words) and name in place_names.provinces() and not ranked


def _hides(words: Sequence[_Word], start: int) -> bool:
    """Whether the word before makes it a street's, a hamlet's or a district's name."""
    before = words[start - 1]
    higher = {"thanh pho", "thi xa"} & {
        f"{words[start - 2].folded} {before.folded}" if start > 1 else ""
    }
    hidden = before.folded in _NOT_A_COMMUNE or before.folded in {"tinh", "huyen", "quan"}
    return before.part == words[start].part and (hidden or bool(higher))


def _stands(text: _Text, start: int, end: int) -> int:
    """What the place of a name in the text says for it: a rank before it, a part of its own."""
    words, part = text.words, text.words[start].part
    first = next(at for at, word in enumerate(words) if word.part == part)
    last = max(at for at, word in enumerate(words) if word.part == part)
    before = words[start - 1].folded if start > first else ""
    ranked = before in _RANKS or (words[start].folded == "phuong" and end - start > 1)
    begins = start == first or (ranked and start - first <= _RANK_WORDS)
    whole = begins and end == last + 1
    if end - start == 1 and not (ranked or whole):
        return -_PROVINCE
    return _RANK * ranked + _WHOLE * whole + _LATER * min(part, 3) + _LONGER * (end - start)


def _agrees(text: _Text, start: int, end: int, name: Name) -> int:
    """What the words behind a name say for it: its district, its province, and its marks."""
    districts = {one for at, one in text.districts if at >= end}
    behind = {one for at, one in text.provinces if at >= end}
    score = _TODAY * name.today + _PARTLY * name.partly
    score += _DISTRICT * bool(districts & name.districts)
    if behind:
        score += _PROVINCE if behind & name.provinces else _WRONG_PROVINCE
    typed = " ".join(word.typed for word in text.words[start:end])
    if typed == name.spelled:
        score += _MARKS
    elif typed != fold(typed):
        score += _WRONG_MARKS
    return score
