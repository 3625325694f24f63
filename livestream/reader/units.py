"""The units and number words of comments: what `2 lạng`, `nửa cân`, `hai chục quả` count.

Why apart: `con`, `cân`, `ta` and `qua` are units behind a number and other words elsewhere. Refuses to say
how many packs a quantity is (`comment_amounts` does).
"""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.units import VOLUME_WORDS, WEIGHT_WORDS
from core.text import fold
from livestream.reader.words import Token, spellings


class Unit(NamedTuple):
    """What a unit word counts.

    `kind`: measure (`size` base units of `name`), count (`size` pieces of anything: chục, cặp), piece
    (one of the goods themselves), pack, or any (`phần`, `cái`: whatever is sold). `name`: g, ml, or the
    word all words for the same pack share (`túi` is `gói`).
    """

    kind: str
    name: str
    size: int = 1


_MEASURES = {
    "g": "kg,ký,kí,ki,kilo,cân,lạng,g,gr,gam,gram,yến,!tạ,tấn",
    "ml": "lít,l,ml",
}
_COUNTS = {"chục": 10, "cặp": 2, "đôi": 2, "!tá": 12}
_PACKS = {
    "gói": "gói,túi,bịch,bao,pack,packs",
    "hộp": "hộp,box",
    "hũ": "hũ,lọ,keo",
    "chai": "chai",
    "thùng": "thùng,kiện",
    "bó": "bó,!mớ",
    "khay": "khay,vỉ",
    "set": "set,combo",
    "lốc": "lốc,dây",
    "giỏ": "giỏ,rổ",
}
_PIECES = {
    "quả": "quả,trái",
    "con": "con",
    "củ": "củ",
    "bắp": "bắp",
    "cây": "cây",
    "nải": "nải",
    "bông": "bông",
    "bánh": "bánh,chiếc bánh",
    "viên": "viên",
    "miếng": "miếng",
    "trứng": "trứng",
}
_ANY = "phần,suất,sp,món,cái,chiếc,sản phẩm"
_SIZES = {**WEIGHT_WORDS, **VOLUME_WORDS}
"""Base units in one of each measure, without marks, as all the market counts."""


def _listed() -> Iterator[tuple[str, Unit]]:
    for base, words in _MEASURES.items():
        for word in words.split(","):
            yield word, Unit("measure", base, _SIZES[fold(word.lstrip("!"))])
    for word, size in _COUNTS.items():
        yield word, Unit("count", word.lstrip("!"), size)
    for kind, groups in (("pack", _PACKS), ("piece", _PIECES)):
        for name, words in groups.items():
            for word in words.split(","):
                yield word, Unit(kind, name)
    for word in _ANY.split(","):
        yield word, Unit("any", "")


def _units() -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for bare in (0, 1):
        for word, unit in _listed():
            if not (bare and word.startswith("!")):
                for form in spellings(word.lstrip("!"))[bare]:
                    known.setdefault(form, unit)
    return known


UNITS = _units()
"""Every form of every unit; `ta` is not among them: it may be tạ or tá."""

UNIT_TOKENS = {word: Token("unit", word) for word in UNITS} | {"ta": Token("unsure", "ta")}

PRICES = frozenset(
    [
        "k",
        "ng",
        "nghìn",
        "ngàn",
        "nghin",
        "ngan",
        "tr",
        "triệu",
        "trieu",
        "đ",
        "d",
        "vnd",
        "vnđ",
        "đồng",
        "dong",
        "xu",
    ]
)
"""What follows a price."""

_DIGIT_WORDS = "một,hai,ba,bốn,năm,sáu,bảy,tám,chín,mười"
NUMBER_WORDS = {
    form: value
    for value, word in enumerate(_DIGIT_WORDS.split(","), start=1)
    for forms in spellings(word)
    for form in forms
} | {"bẩy": 7, "tư": 4}
"""Number words, with and without marks; most are also other words (`năm` is a year, `chín` is ripe)."""

CERTAIN_NUMBERS = frozenset(["một", "mot", "hai", "bốn", "sáu", "mười"])
"""Those that are numbers beside a code too."""

_LAST_DIGITS = {**NUMBER_WORDS, "mốt": 1, "lăm": 5, "lam": 5, "mot": 1}
_TENS = frozenset(("mươi", "mười", "muoi"))
HALVES = frozenset(("nửa", "nua", "nưa"))
AND_A_HALF = frozenset(("rưỡi", "ruoi", "rươi", "rưởi"))


def number_of(words: list[str]) -> tuple[int, int]:
    """The number some words begin with and how many of them say it: `hai mươi lăm gói` → (25, 3).

    (0, 0) when they begin with none; (0, n) when the first n are a number nobody says (`hai ba`).
    """
    spoken = 0
    while spoken < min(len(words), 4) and (words[spoken] in _LAST_DIGITS or words[spoken] in _TENS):
        spoken += 1
    said = words[:spoken]
    if spoken == 0:
        return 0, 0
    if spoken == 1:
        return 0 if said[0] == "mươi" else NUMBER_WORDS.get(said[0], 0), 1
    if NUMBER_WORDS.get(said[0]) == 10 and spoken == 2:
        return 10 + _last_digit(said[1]), 2
    if said[1] in _TENS and NUMBER_WORDS.get(said[0], 10) < 10 and spoken <= 3:
        return NUMBER_WORDS[said[0]] * 10 + (_last_digit(said[2]) if spoken == 3 else 0), spoken
    return 0, spoken


def _last_digit(word: str) -> int:
    value = _LAST_DIGITS.get(word, 0)
    return value if value < 10 else 0
