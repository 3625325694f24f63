"""Fees and withheld taxes in the seller's ledger: a cost, and what is owed. Mere records are not booked."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.posting import post
from shop.fees.freezing import REVERSAL
from shop.fees.models import FeeEntry, FeeInvoice
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import WITHHOLD


def book(session: Session, code: str) -> None:
    """Book every entry of order `code` that is not booked yet; done again, nothing happens.

    Effect: holds the books of its seller until the commit (`payments.ledger.posting.post`).
    """
    fees = select(FeeEntry).where(FeeEntry.order_code == code).order_by(FeeEntry.number)
    for fee in session.scalars(fees).all():
        post(session, _fee(fee))
    taxes = select(TaxEntry).where(TaxEntry.order_code == code, TaxEntry.mode == WITHHOLD)
    for tax in session.scalars(taxes.order_by(TaxEntry.number)).all():
        if lines := _tax_lines(tax):
            key = f"tax:{code}:{tax.number}"
            post(session, Entry(tax.seller_id, key, f"Thuế nộp thay, đơn {code}", tax.at_ms, lines))


def book_invoice(session: Session, row: FeeInvoice) -> None:
    """Book what an issued invoice changes: taxes withheld are owed to the platform now, which pays them on.

    Idempotent. Fees are owed to it since their orders; so the invoice as a whole stands on one account.
    """
    sums = (func.sum(TaxEntry.vat_vnd), func.sum(TaxEntry.pit_vnd))
    found = session.execute(select(*sums).where(TaxEntry.invoice_id == row.id)).one()
    vat_vnd, pit_vnd = (int(vnd or 0) for vnd in found)
    moved = (
        (chart.VAT_WITHHELD, vat_vnd),
        (chart.PIT_WITHHELD, pit_vnd),
        (chart.PLATFORM_FEE_PAYABLE, -vat_vnd - pit_vnd),
    )
    lines = tuple(Line(account, vnd, row.code) for account, vnd in moved if vnd)
    if lines:
        what = f"Thuế nộp thay, hóa đơn phí chợ số {row.number}"
        post(session, Entry(row.seller_id, f"fee-invoice:{row.id}", what, row.issued_ms, lines))


def book_earlier_invoices(session: Session) -> None:
    """Book invoices with taxes from before invoices were booked; what is booked stays as it is."""
    query = select(FeeInvoice).where(FeeInvoice.tax_vnd != 0)
    for row in session.scalars(query.order_by(FeeInvoice.number)).all():
        book_invoice(session, row)


def _fee(row: FeeEntry) -> Entry:
    is_back = row.kind == REVERSAL
    vnd = -row.amount_vnd if is_back else row.amount_vnd
    what = f"{'Hoàn phí sàn' if is_back else 'Phí sàn'}, đơn {row.order_code}"
    lines = (
        Line(chart.PLATFORM_FEE, vnd, row.order_code),
        Line(chart.PLATFORM_FEE_PAYABLE, -vnd, row.order_code),
    )
    return Entry(row.seller_id, f"fee:{row.order_code}:{row.number}", what, row.at_ms, lines)


def _tax_lines(row: TaxEntry) -> tuple[Line, ...]:
    sums = (
        (chart.TAX_COST, row.vat_vnd + row.pit_vnd),
        (chart.VAT_WITHHELD, -row.vat_vnd),
        (chart.PIT_WITHHELD, -row.pit_vnd),
    )
    return tuple(Line(account, vnd, row.order_code) for account, vnd in sums if vnd)
