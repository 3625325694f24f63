"""Invoices of fees, read: one with its lines and what is asked, a seller's, and what nobody paid yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from payments import payments
from payments.desk import dues
from payments.desk.dues import Due, Paid
from payments.payments import PaymentFacts
from shop.fees.fee_facts import FeeLine, of_invoice
from shop.fees.invoicing import REFERENCE
from shop.fees.models import FeeInvoice
from shop.fees.months import DAY_MS, Month, parse
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import Tax

_MOST = 36


@dataclass(frozen=True)
class InvoiceFacts:
    """An invoice; sums in đồng, times in UTC ms. `paid_by` is "", `bank` or `attested`: the platform's word.

    `late_days` are whole days since it was due and not paid, 0 until then. `sent` is the seller's word: lines
    of its own bank that paid it, in part or whole.
    """

    id: str
    number: int
    seller_id: str
    month: Month
    fees_vnd: int
    reversed_vnd: int
    tax_vnd: int
    total_vnd: int
    code: str
    asked: bool
    issued_ms: int
    due_ms: int
    paid_ms: int | None
    paid_by: str
    paid_note: str
    late_days: int
    sent: tuple[Paid, ...] = ()

    @property
    def sent_vnd(self) -> int:
        """What the seller's own bank lines paid of it, as people said at the money desk."""
        return sum(one.amount_vnd for one in self.sent)

    @property
    def is_sent(self) -> bool:
        """Whether that is all of it."""
        return self.sent_vnd >= self.total_vnd


@dataclass(frozen=True)
class Opened:
    """An invoice as its page shows it: the fees' lines, the taxes withheld, what is asked (None: nothing)."""

    invoice: InvoiceFacts
    lines: tuple[FeeLine, ...]
    tax: Tax
    payment: PaymentFacts | None


def of_seller(session: Session, seller_id: str) -> tuple[InvoiceFacts, ...]:
    """The seller's invoices, the newest first."""
    query = select(FeeInvoice).where(FeeInvoice.seller_id == seller_id)
    newest = query.order_by(FeeInvoice.number.desc()).limit(_MOST)
    return _facts(session, session.scalars(newest).all())


def due(session: Session, seller_id: str) -> tuple[Due, ...]:
    """What of the seller's invoices no line of its own bank paid yet, the oldest first."""
    query = select(FeeInvoice).where(FeeInvoice.seller_id == seller_id)
    found = _facts(session, session.scalars(query.order_by(FeeInvoice.number)).all())
    return tuple(
        Due(
            one.id,
            f"{one.number} · {one.month.words}",
            one.total_vnd - one.sent_vnd,
        )
        for one in found
    )


def unpaid(session: Session) -> tuple[InvoiceFacts, ...]:
    """Every invoice nobody paid, the oldest first."""
    query = select(FeeInvoice).where(FeeInvoice.paid_ms.is_(None)).order_by(FeeInvoice.number)
    return _facts(session, session.scalars(query).all())


def opened(session: Session, seller_id: str, number: int) -> Opened:
    """The seller's invoice of that number.

    Raises:
        NotFound: it has none of it.
    """
    query = select(FeeInvoice).where(FeeInvoice.seller_id == seller_id, FeeInvoice.number == number)
    found = _facts(session, session.scalars(query).all())
    if not found:
        raise NotFound()
    invoice = found[0]
    payment = payments.facts(session, REFERENCE + invoice.code) if invoice.asked else None
    lines = of_invoice(session, invoice.id)
    return Opened(invoice, lines, _tax(session, invoice.id), payment)


def _tax(session: Session, invoice_id: str) -> Tax:
    sums = (func.sum(TaxEntry.turnover_vnd), func.sum(TaxEntry.vat_vnd), func.sum(TaxEntry.pit_vnd))
    row = session.execute(select(*sums).where(TaxEntry.invoice_id == invoice_id)).one()
    turnover, vat, pit = (int(vnd or 0) for vnd in row)
    return Tax(turnover, vat, pit)


def _facts(session: Session, rows: Sequence[FeeInvoice]) -> tuple[InvoiceFacts, ...]:
    now, sent = clock.now_ms(), _sent(session, rows)
    return tuple(
        InvoiceFacts(
            id=row.id,
            number=row.number,
            seller_id=row.seller_id,
            month=parse(row.month),
            fees_vnd=row.fees_vnd,
            reversed_vnd=row.reversed_vnd,
            tax_vnd=row.tax_vnd,
            total_vnd=row.total_vnd,
            code=row.code,
            asked=row.asked,
            issued_ms=row.issued_ms,
            due_ms=row.due_ms,
            paid_ms=row.paid_ms,
            paid_by=row.paid_by,
            paid_note=row.paid_note,
            late_days=0 if row.paid_ms else max(0, now - row.due_ms) // DAY_MS,
            sent=tuple(sent[row.id]),
        )
        for row in rows
    )


def _sent(session: Session, rows: Sequence[FeeInvoice]) -> dict[str, list[Paid]]:
    """What lines of each seller's bank paid, by the invoice's id."""
    found: dict[str, list[Paid]] = defaultdict(list)
    for seller_id in {row.seller_id for row in rows}:
        for one in dues.paid(session, seller_id, [row.id for row in rows]):
            found[one.about].append(one)
    return found
