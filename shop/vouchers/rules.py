"""What a voucher takes off, and how its code is written. Pure.

Why: the same rule serves the order, a short delivery later and the page that explains it. Refuses to make
an order free: at least 1.000 đ of the goods stay to be paid, so that the bank can tell of the payment.
Worked example: 10 % of 245.000 đ, at most 20.000 đ → 20.000 đ; of 95.500 đ → 9.550 đ.
"""

import re
from dataclasses import dataclass

from core.text import fold

LEAST_LEFT_VND = 1_000
SUM, PERCENT = "sum", "percent"
_CODE = re.compile(r"[A-Z0-9]{3,16}")


@dataclass(frozen=True)
class Worth:
    """So much off: `worth` đồng (`sum`) or percent of the goods (`percent`), at most `most_off_vnd`."""

    kind: str
    worth: int
    most_off_vnd: int | None = None
    from_vnd: int = 0


def code_of(typed: str) -> str:
    """The code as it is kept: `chè tết-10` → `CHETET10`; "" for what is no code (3–16 letters, digits)."""
    written = re.sub(r"[\s\-_.]", "", fold(typed)).upper()
    return written if _CODE.fullmatch(written) else ""


def off_vnd(worth: Worth, goods_vnd: int) -> int:
    """The đồng taken off goods of `goods_vnd`, rounded down to the đồng; 0 where nothing can be.

    Delivery is never made cheaper. Precondition: the goods come to `from_vnd` or more.
    """
    asked = worth.worth if worth.kind == SUM else goods_vnd * worth.worth // 100
    if worth.most_off_vnd is not None:
        asked = min(asked, worth.most_off_vnd)
    return still_off_vnd(asked, goods_vnd)


def still_off_vnd(discount_vnd: int, goods_vnd: int) -> int:
    """What of a discount stays when its goods come to `goods_vnd` only: never all of them."""
    return max(0, min(discount_vnd, goods_vnd - LEAST_LEFT_VND))
