"""Integer đồng: reading, writing, spelling out and splitting.

Why: every amount in the product is an `int` of đồng, and people write it in many ways.
Refuses: floats, guesses (`1.250k` is two different sums) and amounts beyond what one QR may carry.
"""

import re
from collections.abc import Sequence

from core.errors import N_, DomainError
from core.splitting import largest_remainder
from core.text import fold

MAX_VND = 499_999_999
"""The most one VietQR transfer may carry: below 500 million (NAPAS 247)."""
WORDS_BELOW = 10**12

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
_UNITS = {
    "": 1,
    **dict.fromkeys(("k", "n", "nghin", "ngan"), 10**3),
    **dict.fromkeys(("tr", "trieu"), 10**6),
    **dict.fromkeys(("ty", "ti"), 10**9),
}
_PLAIN = re.compile(r"(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:([., ])[0-9]{3}(?:\2[0-9]{3}){0,3})?)")
_CURRENCY = re.compile(r"\s*(?:d|vnd|dong)$")
_SCALED = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,5})(?:[.,](?P<part>[0-9]{1,2}))?\s*"
    r"(?P<unit>k|n|nghin|ngan|tr|trieu|ty|ti)\s*(?P<tail>[0-9]{1,3}|ruoi)?"
)


class BadAmount(DomainError, ValueError):
    """The text or number is not an amount of đồng we take."""

    code = "bad_amount"
    message = N_("Số tiền chưa đúng. Bạn viết kiểu 65.000, 65k hoặc 1tr2 giúp nhé.")


def check_vnd(amount_vnd: int, *, least: int = 0, most: int = MAX_VND) -> int:
    """Return `amount_vnd` if it is whole đồng from `least` to `most`; else raise BadAmount."""
    if isinstance(amount_vnd, bool) or not isinstance(amount_vnd, int):
        raise BadAmount()
    if not least <= amount_vnd <= most:
        raise BadAmount()
    return amount_vnd


def format_vnd(amount_vnd: int) -> str:
    """Return the amount as Vietnamese people print it: `1250000` → `1.250.000 đ`."""
    return f"{amount_vnd:,}".replace(",", ".") + " đ"


def parse_vnd(text: str) -> int:
    """Return the đồng a person wrote: `65.000 đ`, `65,000`, `50k`, `1,5tr`, `1tr2`, `2 triệu rưỡi`.

    A bare number is đồng. After `tr` and `tỷ` one to three digits are the next places (`1tr2` is
    1.200.000). Three digits after a point *and* a unit (`1.250k`) could be two sums: refused.
    Raises BadAmount for anything else, for negative sums and for sums of 10^12 and more.
    """
    folded = _CURRENCY.sub("", fold(text).strip())
    if _PLAIN.fullmatch(folded):
        return check_vnd(int(re.sub(r"[., ]", "", folded)), most=WORDS_BELOW - 1)
    return check_vnd(_parse_scaled(folded), most=WORDS_BELOW - 1)


def _parse_scaled(folded: str) -> int:
    found = _SCALED.fullmatch(folded)
    if found is None:
        raise BadAmount()
    unit, part, tail = _UNITS[found["unit"]], found["part"] or "", found["tail"] or ""
    if tail and (part or (unit == 10**3 and tail != "ruoi")):
        raise BadAmount()
    places = "5" if tail == "ruoi" else part or tail
    return int(found["whole"]) * unit + int(places.ljust(3, "0")) * unit // 1000


def vnd_in_words(amount_vnd: int) -> str:
    """Return the amount in Vietnamese words: `130000` → `Một trăm ba mươi nghìn đồng`.

    Northern forms: linh for an empty ten, mốt, tư and lăm after mươi, lăm after mười; groups inside
    are read in full (`không trăm linh năm`). Precondition: 0 ≤ amount < 10^12, else BadAmount.
    """
    check_vnd(amount_vnd, most=WORDS_BELOW - 1)
    groups = [int(group) for group in f"{amount_vnd:,}".split(",")]
    words: list[str] = []
    for i, group in enumerate(groups):
        if group:
            words += [*_group_words(group, inside=i > 0), _SCALES[len(groups) - 1 - i]]
    spoken = " ".join(word for word in words if word) or "không"
    return f"{spoken[0].upper()}{spoken[1:]} đồng"


def _group_words(group: int, *, inside: bool) -> list[str]:
    hundred, rest = divmod(group, 100)
    words = [_DIGITS[hundred], "trăm"] if hundred or inside else []
    if 0 < rest < 10 and words:
        return [*words, "linh", _DIGITS[rest]]
    return words + _below_hundred(rest)


def _below_hundred(number: int) -> list[str]:
    ten, one = divmod(number, 10)
    if ten == 0:
        return [_DIGITS[one]] if one else []
    last = {0: "", 1: "mốt" if ten > 1 else "một", 4: "tư" if ten > 1 else "bốn", 5: "lăm"}
    head = ["mười"] if ten == 1 else [_DIGITS[ten], "mươi"]
    return [*head, last.get(one, _DIGITS[one])]


def split_vnd(total_vnd: int, weights: Sequence[int]) -> list[int]:
    """Return whole đồng in proportion to `weights` that sum to `total_vnd` exactly.

    Largest remainder, the earlier part first when equal. Raises BadAmount for a negative total or
    weights that are negative, empty or all zero.
    """
    try:
        return largest_remainder(total_vnd, weights)
    except ValueError as error:
        raise BadAmount() from error
