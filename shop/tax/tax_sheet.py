"""The month's table for an accountant or a declaration: one row an entry, a last row with the sums."""

from flask_babel import gettext as _

from core import clock
from core.identity.sellers import SellerFacts
from core.tables.sheets import Sheet, Value
from shop.fees.months import Month
from shop.tax.tax_facts import TaxLine
from shop.tax.tax_rules import WITHHOLD, Tax


def sheet(seller: SellerFacts, month: Month, entered: tuple[TaxLine, ...]) -> Sheet:
    """The table of `month`; sums in đồng are numbers, rates are words such as `1%`."""
    header = (
        _("STT"),
        _("Ngày"),
        _("Giờ"),
        _("Mã đơn"),
        _("Loại"),
        _("Doanh thu hàng hóa"),
        _("Thuế suất GTGT"),
        _("Thuế GTGT"),
        _("Thuế suất TNCN"),
        _("Thuế TNCN"),
        _("Cộng thuế"),
        _("Cách làm"),
        _("Người bán"),
        _("Mã số thuế"),
    )
    rows = [_row(number, line, seller) for number, line in enumerate(entered, start=1)]
    return Sheet(f"thue-{month.key}", header, (*rows, _total(entered)))


def percent(basis_points: int) -> str:
    """A share as people write it: 100 → `1%`, 50 → `0,5%`."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}{f',{part:02d}'.rstrip('0') if part else ''}%"


def _row(number: int, line: TaxLine, seller: SellerFacts) -> tuple[Value, ...]:
    return (
        number,
        clock.day_of(line.at_ms),
        f"{clock.in_vietnam(line.at_ms):%H:%M}",
        line.order_code,
        _("Bán") if line.tax.turnover_vnd >= 0 else _("Hoàn, giảm"),
        line.tax.turnover_vnd,
        percent(line.vat_basis_points),
        line.tax.vat_vnd,
        percent(line.pit_basis_points),
        line.tax.pit_vnd,
        line.tax.tax_vnd,
        _("Sàn nộp thay") if line.mode == WITHHOLD else _("Ghi để biết"),
        seller.name,
        seller.tax_id,
    )


def _total(entered: tuple[TaxLine, ...]) -> tuple[Value, ...]:
    total = sum((line.tax for line in entered), Tax())
    words = (None, None, None, None, _("Cộng"))
    end: tuple[Value, ...] = (None, None, None)
    sums = (total.turnover_vnd, None, total.vat_vnd, None, total.pit_vnd, total.tax_vnd)
    return (*words, *sums, *end)
