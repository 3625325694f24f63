"""How a listing is sold: by the pack, by at least a pack, or by what the scales say.

Why: page, card, receipt and packing desk must say the same about what a buyer will get and pay.
Refuses: prices (`catalog.pricing`) and deciding whose listing is sold how (its seller does).
Source: docs/adr/0012-prices-and-modes.md.
"""

from collections.abc import Mapping
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


SOLD_NOW = frozenset({Mode.PACK, Mode.AT_LEAST})
"""Modes that can be on sale: those by weight wait for a desk that weighs before money is asked."""

SAID: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.PACK: N_("Bán theo gói, đúng như ghi trên bao bì."),
        Mode.AT_LEAST: N_("Hàng cân rời: người bán đóng đủ hoặc dư một chút, giá không đổi."),
        Mode.WEIGH_THEN_PAY: N_("Cân xong mới tính tiền, theo đúng số cân được."),
        Mode.ESTIMATE_THEN_SETTLE: N_("Trả trước theo ước tính, cân xong trả lại hoặc bù thêm."),
    }
)
"""What a buyer is told of each mode (gettext msgids)."""


class ModeNotReady(DomainError):
    """A listing priced by weight cannot be on sale yet; it may be kept hidden."""

    code = "mode_not_ready"
    status = 409
    message = N_(
        "Bán theo cân thật sẽ mở cùng bàn đóng hàng. Bây giờ bạn chọn bán theo gói hoặc đóng đủ nhé."
    )


class NotWholePacks(BadQuantity):
    """The quantity is not so many whole packs; `step` says in base units what one is."""

    code = "not_whole_packs"
    message = N_("Món này bán theo từng gói. Bạn chọn số lượng chia hết cho một gói nhé.")

    def __init__(self, step: int) -> None:
        super().__init__(step=step)


def require_sold_now(mode: Mode | str) -> None:
    """Go on only with a mode that can be on sale.

    Raises:
        ModeNotReady: the mode is priced by weight.
    """
    if Mode(mode) not in SOLD_NOW:
        raise ModeNotReady()


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
