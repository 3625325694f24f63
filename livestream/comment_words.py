"""The words of order comments, with marks, and how a typed word is matched to them.

Why: `bó` is a bunch and `bỏ` is a withdrawal; without marks both are `bo`. A word typed with marks must
match them exactly, a word typed without may stand for any marked form.
"""

from catalog.units import VOLUME_WORDS, WEIGHT_WORDS
from core.text import fold


def matches(word: str, vocabulary: frozenset[str]) -> bool:
    """Tell whether `word` (lower case, NFC) is in the vocabulary, or its unmarked form of one in it."""
    return word in vocabulary or (word.isascii() and word in _folded(vocabulary))


def _folded(vocabulary: frozenset[str]) -> frozenset[str]:
    known = _FOLDED.get(vocabulary)
    if known is None:
        known = _FOLDED.setdefault(vocabulary, frozenset(fold(word) for word in vocabulary))
    return known


_FOLDED: dict[frozenset[str], frozenset[str]] = {}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _words("chốt chôt lấy mua đặt order")
"""What makes an order."""

NOT = _words("không ko k hông hong hok hem kh khỏi")
"""A no: before a verb a withdrawal, elsewhere a question."""

WITHDRAWALS = _words("hủy huỷ bỏ cancel")
"""What takes an order back."""

ENOUGH = _words("thôi")
"""`Thôi không lấy` is a withdrawal, `2 gói thôi` is an order: alone it decides nothing."""

QUESTIONS = _words("còn giá nhiêu bn ship ib inbox mấy nào sao gì đâu chưa hả hở à")
"""What makes a question wherever it stands; a question is never an order."""

QUESTIONS_WITH_MARKS_ONLY = _words("còn à hả hở nào gì")
"""Question words whose unmarked form is something else (`con`, `a`)."""

PACKS = {
    word: kind
    for kind, names in {
        "gói": "gói túi bịch bao",
        "hộp": "hộp",
        "hũ": "hũ lọ",
        "chai": "chai",
        "thùng": "thùng",
        "bó": "bó",
        "con": "con",
        "quả": "quả trái",
        "khay": "khay vỉ",
        "set": "set combo",
        "": "phần suất sp món",
    }.items()
    for word in names.split()
}
"""Pack words and the pack they mean; "" is any pack."""

PIECES = _words("cái chiếc")
"""Words for one of anything: a pack, unless the pack itself holds several pieces."""

MEASURES = {
    "g": {
        word: WEIGHT_WORDS[fold(word)] for word in _words("kg ký kí ki kilo cân lạng g gr gam gram")
    },
    "ml": {word: VOLUME_WORDS[fold(word)] for word in _words("lít l ml")},
}
"""Measures by base unit, in base units."""

MEASURE_WORDS = frozenset(word for measures in MEASURES.values() for word in measures)
PACK_WORDS = frozenset(PACKS) | PIECES

TIMES = _words("x sl × *")
"""What may stand before a number of packs."""

AND = _words("và")

_FROM_ONE_TO_TEN = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
NUMBERS = {word: value for value, word in enumerate(_FROM_ONE_TO_TEN, start=1)}
"""Number words; they count only before a unit."""

COURTESY = _words(
    "ạ a nhé nhe nha nhá hen với vs giúp giùm dùm cho xin dạ vâng ok oke okie shop ad em e chị c anh"
    " cô chú bác dì cháu con mình m tôi tui tớ bạn nhà ơi luôn ngay đi thêm nữa cảm cám ơn thanks tks"
    " mã số sđt đt điện thoại tel"
)
"""Words that change nothing."""


def canonical(word: str, vocabulary: frozenset[str]) -> str:
    """Return the vocabulary's own form of a word that `matches` it."""
    if word in vocabulary:
        return word
    return next(known for known in sorted(vocabulary) if fold(known) == word)
