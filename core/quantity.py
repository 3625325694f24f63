"""Quantities as whole base units: grams, millilitres, pieces.

Why: stock is counted in integers; people read kilos and litres.
Refuses: floats and units that are not one of the three (pack words live in `catalog.units`).
"""

from collections.abc import Sequence
from enum import StrEnum

from core.errors import N_, DomainError
from core.splitting import largest_remainder


class BaseUnit(StrEnum):
    """What one unit of a product's stock is."""

    G = "g"
    ML = "ml"
    PIECE = "piece"


_LARGE = {BaseUnit.G: (1000, "kg"), BaseUnit.ML: (1000, "lít"), BaseUnit.PIECE: (1, "cái")}


class BadQuantity(DomainError, ValueError):
    """The number is not a quantity we take."""

    code = "bad_quantity"
    message = N_("Số lượng chưa đúng. Bạn nhập lại một số lớn hơn 0 giúp nhé.")


def format_quantity(amount: int, unit: BaseUnit | str, piece_word: str = "cái") -> str:
    """Return base units as people read them: `1500, g` → `1,5 kg`; `200, g` → `200 g`.

    `piece_word` names a piece (quả, con, bó). Negative amounts (corrections) keep their sign.
    Raises ValueError for an unknown unit.
    """
    base = BaseUnit(unit)
    if base is BaseUnit.PIECE:
        return f"{_grouped(amount)} {piece_word}"
    per_large, large = _LARGE[base]
    if abs(amount) < per_large:
        return f"{amount} {base}"
    whole, rest = divmod(abs(amount), per_large)
    decimals = f"{rest:03d}".rstrip("0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{_grouped(whole)}{',' if decimals else ''}{decimals} {large}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def unit_price_vnd(price_vnd: int, pack_base: int, unit: BaseUnit | str) -> tuple[int, str]:
    """Return đồng per kilo, litre or piece, half up, with that unit's word.

    `price_vnd` buys a pack of `pack_base` base units: `65000, 200, g` → `(325000, "kg")`.
    Preconditions: `price_vnd >= 0`, `pack_base > 0`, else BadQuantity.
    """
    if price_vnd < 0 or pack_base <= 0:
        raise BadQuantity()
    per_large, large = _LARGE[BaseUnit(unit)]
    return (2 * price_vnd * per_large + pack_base) // (2 * pack_base), large


def split_quantity(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole base units in proportion to `weights` that sum to `total` exactly.

    Largest remainder, the earlier part first when equal. Raises BadQuantity for a negative total
    or weights that are negative, empty or all zero.
    """
    try:
        return largest_remainder(total, weights)
    except ValueError as error:
        raise BadQuantity() from error
