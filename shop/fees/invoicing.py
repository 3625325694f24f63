"""The monthly invoice of a seller to the platform: numbered without gaps, asked for by QR, paid.

The platform is paid on the account of a seller an operator names, so its QR, matching and receipt are those
of every payment. Refuses to take money anywhere else, and to invoice a month that still runs; a month in
which more went back than was taken is carried into the next.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.codes import new_order_code
from core.errors import NotFound
from core.identity import sellers
from core.ids import new_id
from core.money import MAX_VND
from core.text import clean_line, mask_phone
from payments import payments
from payments.bank import accounts
from payments.errors import NoReceivingAccount
from payments.payments import Frozen, FrozenLine, OpenPayment
from shop.fees import booking
from shop.fees.errors import InvoicePaid, MonthNotOver
from shop.fees.fee_events import FeeInvoiced
from shop.fees.freezing import REVERSAL
from shop.fees.models import NOTE_LENGTH, FeeEntry, FeeInvoice, FeeOffice
from shop.fees.months import Month
from shop.models import Order, OrderTopup
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import WITHHOLD

BANK, ATTESTED = "bank", "attested"
REFERENCE = "fee:"
"""How the reference of an invoice's payment begins; its code follows."""
_DUE_MS = int(timedelta(days=14).total_seconds()) * 1000
_ONLY = 1
_LINE = "Phí chợ tháng"
_WITH_TAX = "Phí chợ, thuế nộp thay tháng"


@dataclass(frozen=True)
class _Owed:
    """What stands on no invoice yet."""

    fees: Sequence[FeeEntry]
    taxes: Sequence[TaxEntry]

    @property
    def sums(self) -> tuple[int, int, int]:
        """Fees, what of fees went back, taxes withheld, in đồng."""
        taken = sum(row.amount_vnd for row in self.fees if row.kind != REVERSAL)
        back = sum(row.amount_vnd for row in self.fees) - taken
        return taken, back, sum(row.vat_vnd + row.pit_vnd for row in self.taxes)

    @property
    def total_vnd(self) -> int:
        """What is owed in all; nothing or less where more went back."""
        taken, back, tax = self.sums
        return taken - back + tax


def pay_to(session: Session, seller_id: str) -> None:
    """Have the platform be paid on the account of `seller_id` from the next invoice on.

    Raises:
        NotFound: there is no such seller. NoReceivingAccount: it has no account.
    """
    accounts.receiving(session, sellers.facts(session, seller_id).id)
    _office(session).seller_id = seller_id


def issue(session: Session, seller_id: str, month: Month) -> int | None:
    """Invoice what the seller owes until the end of `month`; its number, None where nothing is owed.

    Effect: a payment is opened at the platform's account, if it has one that a QR can ask on; taxes withheld
    are booked as owed to the platform; `FeeInvoiced` is told. Issued for that month before, its number again.

    Raises:
        MonthNotOver: the month still runs. NotFound: there is no such seller.
    """
    if month.ends_ms > clock.now_ms():
        raise MonthNotOver()
    office = _office(session)
    query = select(FeeInvoice.number).where(
        FeeInvoice.seller_id == seller_id, FeeInvoice.month == month.key
    )
    known = session.scalars(query).one_or_none()
    owed = _owed(session, seller_id, month.ends_ms)
    if known is not None or owed.total_vnd <= 0:
        return known
    invoice = _new(session, owed, seller_id, month)
    office.last_number = invoice.number = office.last_number + 1
    invoice.asked = _ask(session, office.seller_id, invoice, month)
    session.add(invoice)
    session.flush()
    for fee in owed.fees:
        fee.invoice_id = invoice.id
    for tax in owed.taxes:
        tax.invoice_id = invoice.id
    session.flush()
    booking.book_invoice(session, invoice)
    outbox.publish(session, FeeInvoiced(seller_id, invoice.number))
    return invoice.number


def _new(session: Session, owed: _Owed, seller_id: str, month: Month) -> FeeInvoice:
    taken, back, tax = owed.sums
    return FeeInvoice(
        id=new_id(),
        seller_id=seller_id,
        month=month.key,
        fees_vnd=taken,
        reversed_vnd=back,
        tax_vnd=tax,
        total_vnd=owed.total_vnd,
        code=_new_code(session),
        issued_ms=clock.now_ms(),
        due_ms=clock.now_ms() + _DUE_MS,
    )


def came(session: Session, reference: str) -> None:
    """Note that the bank told of an invoice's whole sum; other references are not ours. Idempotent."""
    if not reference.startswith(REFERENCE):
        return
    query = select(FeeInvoice).where(FeeInvoice.code == reference.removeprefix(REFERENCE))
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is not None and row.paid_by != BANK:
        row.paid_ms, row.paid_by = clock.now_ms(), BANK


def attest(session: Session, number: int, actor: str, note: str) -> None:
    """Note that `actor` saw the invoice's money where no feed tells of it; the bank's word comes before.

    Raises:
        NotFound: there is no such invoice. InvoicePaid: it is paid.
    """
    query = select(FeeInvoice).where(FeeInvoice.number == number)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound()
    if row.paid_by:
        raise InvoicePaid()
    row.paid_ms, row.paid_by, row.paid_actor = clock.now_ms(), ATTESTED, actor
    row.paid_note = clean_line(note, NOTE_LENGTH)


def _office(session: Session) -> FeeOffice:
    """The platform's one row, kept from others until the commit: so numbers have no gaps."""
    return session.get_one(FeeOffice, _ONLY, with_for_update=True, populate_existing=True)


def _owed(session: Session, seller_id: str, before_ms: int) -> _Owed:
    fees = select(FeeEntry).where(
        FeeEntry.seller_id == seller_id, FeeEntry.at_ms < before_ms, FeeEntry.invoice_id.is_(None)
    )
    taxes = select(TaxEntry).where(
        TaxEntry.seller_id == seller_id,
        TaxEntry.mode == WITHHOLD,
        TaxEntry.at_ms < before_ms,
        TaxEntry.invoice_id.is_(None),
    )
    return _Owed(
        session.scalars(fees.with_for_update()).all(),
        session.scalars(taxes.with_for_update()).all(),
    )


def _ask(session: Session, payee: str | None, invoice: FeeInvoice, month: Month) -> bool:
    """Whether the sum is asked for by QR: not where the platform has no account, or is the debtor itself."""
    if payee in (None, invoice.seller_id) or invoice.total_vnd > MAX_VND:
        return False
    assert payee is not None
    seller = sellers.facts(session, invoice.seller_id)
    words = f"{_WITH_TAX if invoice.tax_vnd else _LINE} {month.words}"
    line = FrozenLine(words, "", 1, invoice.total_vnd, invoice.total_vnd)
    frozen = Frozen((line,), 0, "", seller.name, mask_phone(seller.phone))
    reference = REFERENCE + invoice.code
    wanted = OpenPayment(payee, reference, invoice.code, invoice.total_vnd, frozen)
    try:
        with session.begin_nested():
            payments.open(session, wanted)
    except NoReceivingAccount:
        return False
    return True


def _new_code(session: Session) -> str:
    """A code no order, no sum on top and no invoice has."""
    while True:
        code = new_order_code(secrets.randbelow)
        taken = select(FeeInvoice.id).where(FeeInvoice.code == code)
        orders = (session.get(Order, code), session.get(OrderTopup, code))
        if not any(orders) and session.scalars(taken).first() is None:
            return code
