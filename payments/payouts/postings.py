"""What an entry of the payees' book comes to in the ledger.

Refuses to book what the bank's own lines book: a payout by bank is moved by its placing (`paid_out`).
"""

from sqlalchemy.orm import Session

from payments.ledger import chart
from payments.ledger.entries import Entry, Line, reversed_lines
from payments.ledger.posting import post
from payments.payouts.models import PayeeEntry

_OWED = ("sale", "intake", "extra")
_BY_BANK_LINES = ("payout", "returned")
_COST = (chart.MEMBER_COST, chart.MEMBER_PAYABLE)
_ACCOUNTS = {
    "sale": _COST,
    "intake": _COST,
    "extra": _COST,
    "packing": (chart.MEMBER_PAYABLE, chart.DEDUCTIONS),
    "other": (chart.MEMBER_PAYABLE, chart.DEDUCTIONS),
    "charge": (chart.MEMBER_PAYABLE, chart.DEDUCTIONS),
    "fund": (chart.MEMBER_PAYABLE, chart.MEMBER_FUNDS),
    "advance": (chart.ADVANCES, chart.CASH_STALL),
    "payout": (chart.MEMBER_PAYABLE, chart.CASH_STALL),
}
"""Debit and credit of an entry as it usually goes: owed more for goods, less for everything else."""
_WORDS = {
    "sale": "Phần của xã viên",
    "intake": "Mua của xã viên",
    "extra": "Cộng thêm cho xã viên",
    "packing": "Trừ công đóng gói",
    "fund": "Trích quỹ",
    "other": "Trừ khác",
    "charge": "Trừ tiền xã viên",
    "advance": "Ứng cho xã viên",
    "payout": "Trả tiền mặt cho xã viên",
}
"""What stands in the books, which are kept in Vietnamese."""


def post_entry(session: Session, row: PayeeEntry) -> None:
    """Book an entry: debit and credit as usual for its kind, turned round where it takes back."""
    if row.kind in _BY_BANK_LINES and not row.cash:
        return
    debit, credit = _ACCOUNTS[row.kind]
    lines: tuple[Line, ...] = (
        Line(debit, abs(row.amount_vnd), _subject(row, debit)),
        Line(credit, -abs(row.amount_vnd), _subject(row, credit)),
    )
    if (row.amount_vnd < 0) == (row.kind in _OWED):
        lines = reversed_lines(lines)
    what = f"{_WORDS[row.kind]}: {row.what}" if row.what else _WORDS[row.kind]
    post(session, Entry(row.seller_id, f"payee:{row.id}", what, row.day_ms, lines))


def _subject(row: PayeeEntry, account: str) -> str:
    return row.payee if account in (chart.MEMBER_PAYABLE, chart.ADVANCES) else ""
