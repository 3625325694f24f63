"""How a listing is sold: by the pack, by at least a pack, or by what the scales say.

Why: page, card, receipt and packing desk must say the same about what a buyer will get and pay.
Refuses: prices (`catalog.pricing`) and deciding whose listing is sold how (its seller does).
Source: docs/adr/0012-prices-and-modes.md, docs/adr/0032-priced-by-the-scales.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.errors import N_, DomainError
from core.quantity import BadQuantity, BaseUnit


class Mode(StrEnum):
    """`pack`: exactly so much. `at_least`: no less, same price. The last two are priced by weight."""

    PACK = "pack"
    AT_LEAST = "at_least"
    WEIGH_THEN_PAY = "weigh_then_pay"
    ESTIMATE_THEN_SETTLE = "estimate_then_settle"


BY_WEIGHT = frozenset({Mode.WEIGH_THEN_PAY, Mode.ESTIMATE_THEN_SETTLE})
"""Modes in which the scales say what a line costs; until then its price is an estimate."""

SAID: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.PACK: N_("Bán theo gói, đúng như ghi trên bao bì."),
        Mode.AT_LEAST: N_("Hàng cân rời: người bán đóng đủ hoặc dư một chút, giá không đổi."),
        Mode.WEIGH_THEN_PAY: N_(
            "Giá tính theo cân thực tế: người bán cân xong mới báo số tiền phải trả."
        ),
        Mode.ESTIMATE_THEN_SETTLE: N_(
            "Giá tính theo cân thực tế: trả trước theo ước tính, cân xong thừa trả lại, thiếu bù thêm."
        ),
    }
)
"""What a buyer is told of each mode (gettext msgids)."""


class ModeNeedsScales(DomainError):
    """The scales cannot price this: it is counted, made of several things, or still grows."""

    code = "mode_needs_scales"
    status = 409
    message = N_(
        "Tính tiền theo cân chỉ dùng cho hàng bán theo kg hoặc lít đã có trong kho, không dùng cho "
        "hàng đếm cái, bộ hàng và hàng bán trước. Bạn chọn cách bán khác nhé."
    )


class NotWholePacks(BadQuantity):
    """The quantity is not so many whole packs; `step` says in base units what one is."""

    code = "not_whole_packs"
    message = N_("Món này bán theo từng gói. Bạn chọn số lượng chia hết cho một gói nhé.")

    def __init__(self, step: int) -> None:
        super().__init__(step=step)


def require_fits(mode: Mode | str, unit: BaseUnit | str, *, plain: bool = True) -> None:
    """Go on only where goods counted in `unit` can be sold in `mode`.

    `plain`: one product that is in the store, not a combo and not a harvest to come.

    Raises:
        ModeNeedsScales: the mode is priced by weight, and this cannot be put on the scales.
    """
    weighable = plain and BaseUnit(unit) is not BaseUnit.PIECE
    if Mode(mode) in BY_WEIGHT and not weighable:
        raise ModeNeedsScales()


@dataclass(frozen=True)
class WeightLimits:
    """What the scales may say of a line, in base units, both ends allowed."""

    least: int
    most: int


def weight_limits(packs: int, pack_size: int) -> WeightLimits:
    """What `packs` packs priced by weight may weigh, in base units.

    At most a tenth over the order: nobody pays for much more than they asked. At least nine tenths, or what
    one pack fewer comes to: what is lighter is a short delivery and goes by the buyer's wish. One pack may
    be as light as half of itself. `2, 1000` → 1000…2200; `20, 100` → 1800…2200.
    Preconditions: both whole numbers ≥ 1, else BadQuantity.
    Source: docs/adr/0032-priced-by-the-scales.md.
    """
    if packs < 1 or pack_size < 1:
        raise BadQuantity()
    ordered = packs * pack_size
    least = min(-(-9 * ordered // 10), ordered - pack_size)
    return WeightLimits(max(least, -(-pack_size // 2)), 11 * ordered // 10)


def usual_mode(unit: BaseUnit | str, unit_word: str) -> Mode:
    """The mode proposed for a pack: loose goods called by a weight are `at_least`, the rest `pack`.

    `unit_word` is folded (`core.text.fold`): kg, can, lang, yen, ta, lit.
    """
    loose = BaseUnit(unit) is not BaseUnit.PIECE and unit_word in _LOOSE_WORDS
    return Mode.AT_LEAST if loose else Mode.PACK


_LOOSE_WORDS = frozenset({"kg", "can", "ky", "ki", "lang", "yen", "ta", "lit", "l"})


def packs_in(quantity: int, pack_size: int) -> int:
    """How many packs a quantity in base units is; a pack is the step, the smallest legal amount.

    `1500, 500` → 3. Preconditions: both whole numbers ≥ 1, else BadQuantity.

    Raises:
        NotWholePacks: the quantity is no multiple of a pack.
    """
    if quantity < 1 or pack_size < 1:
        raise BadQuantity()
    packs, rest = divmod(quantity, pack_size)
    if rest:
        raise NotWholePacks(pack_size)
    return packs
