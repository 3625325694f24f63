"""Tax of goods in đồng by a dated rate, and what an entry adds to those before it. Pure.

Sources: Decree 117/2025/NĐ-CP (platforms: goods VAT 1 %, PIT 0.5 % of a resident's transaction, offset when
it is cancelled or returned), Circular 40/2021/TT-BTC annex I for the same rates before; Resolution
198/2025/QH15 (no lump-sum tax from 1/1/2026); PIT Law 109/2025/QH15 and VAT Law 48/2024/QH15 as amended by
149/2025/QH15 (no tax up to 500 million đồng a year from 1/1/2026). Rates are rows with a first day; they
are not in the code. Refuses to judge who is exempt. Worked tables: docs/algorithms/fees_and_tax.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shop.fees.shares import share_vnd

WITHHOLD, RECORD, OFF = "withhold", "record", "off"
MODES = (RECORD, WITHHOLD, OFF)
"""Computed and shown; also put on the platform's invoice to be paid for the seller; not computed."""


@dataclass(frozen=True)
class TaxRate:
    """Shares of goods in basis points, in force from `from_ms` (UTC ms); up to `exempt_vnd` a year, none."""

    from_ms: int
    vat_basis_points: int
    pit_basis_points: int
    exempt_vnd: int
    source: str


@dataclass(frozen=True)
class Tax:
    """Goods and their taxes in đồng; negative in what takes back."""

    turnover_vnd: int = 0
    vat_vnd: int = 0
    pit_vnd: int = 0

    @property
    def tax_vnd(self) -> int:
        """Both taxes together."""
        return self.vat_vnd + self.pit_vnd

    def __add__(self, other: "Tax") -> "Tax":
        return Tax(
            self.turnover_vnd + other.turnover_vnd,
            self.vat_vnd + other.vat_vnd,
            self.pit_vnd + other.pit_vnd,
        )


def tax_of(rate: TaxRate, turnover_vnd: int) -> Tax:
    """The taxes of goods for `turnover_vnd` (0 or more), each half up to the đồng."""
    vat_vnd = share_vnd(turnover_vnd, rate.vat_basis_points)
    return Tax(turnover_vnd, vat_vnd, share_vnd(turnover_vnd, rate.pit_basis_points))


def next_entry(rate: TaxRate, turnover_vnd: int, before: Iterable[Tax]) -> Tax:
    """What is to be entered so that all entries sum to the taxes of `turnover_vnd`; all zero: nothing is."""
    now, entered = tax_of(rate, turnover_vnd), sum(before, Tax())
    return Tax(
        now.turnover_vnd - entered.turnover_vnd,
        now.vat_vnd - entered.vat_vnd,
        now.pit_vnd - entered.pit_vnd,
    )


def default_mode(kind: str) -> str:
    """The mode of a seller that chose none: a household's is computed, a cooperative keeps its own books."""
    return RECORD if kind == "household" else OFF


def in_force(rates: Iterable[TaxRate], at_ms: int) -> TaxRate | None:
    """The rate that began last by `at_ms`; None before the first."""
    begun = [rate for rate in rates if rate.from_ms <= at_ms]
    return max(begun, key=lambda rate: rate.from_ms, default=None)
