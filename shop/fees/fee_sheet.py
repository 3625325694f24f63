"""Fees as a table for an accountant: one row an entry, a last row with the sum."""

from flask_babel import gettext as _

from core import clock
from core.tables.sheets import Sheet, Value
from shop.fees.fee_facts import FeeLine


def sheet(title: str, entered: tuple[FeeLine, ...]) -> Sheet:
    """The table; what went back is negative."""
    header = (
        _("STT"),
        _("Ngày"),
        _("Mã đơn"),
        _("Loại"),
        _("Tiền hàng tính phí"),
        _("Phí chợ"),
    )
    rows = [_row(number, line) for number, line in enumerate(entered, start=1)]
    due_vnd = sum(-line.amount_vnd if line.is_back else line.amount_vnd for line in entered)
    return Sheet(title, header, (*rows, (None, None, None, _("Cộng"), None, due_vnd)))


def _row(number: int, line: FeeLine) -> tuple[Value, ...]:
    return (
        number,
        clock.day_of(line.at_ms),
        line.order_code,
        _("Hoàn phí") if line.is_back else _("Phí"),
        line.goods_vnd,
        -line.amount_vnd if line.is_back else line.amount_vnd,
    )
