"""The seller answers an invoice request, once: issued with its number, or declined with a reason.

Refuses to answer what was not read (`InvoiceChanged`) and to answer twice. Who may answer, edges judge.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.outbox import publish
from shop.invoices.errors import InvoiceChanged
from shop.invoices.invoice_events import InvoiceAnswered
from shop.invoices.invoice_rules import DECLINED, INVOICE, ISSUED, checked_link
from shop.invoices.models import InvoiceRequest
from shop.models import Order


@dataclass(frozen=True)
class Answering:
    """Which request is answered by whom, at which seller, and which `version` of it they have read."""

    seller_id: str
    invoice_id: str
    version: int
    actor: str


def issue(session: Session, by: Answering, number: str, url: str) -> None:
    """Keep that the invoice was issued, under which number, and where it can be read ("" for nowhere).

    Effect: `InvoiceAnswered` is published. Precondition: `number` is not empty.

    Raises:
        NotFound: the request is not this seller's. BadTransition: it was answered. BadInvoiceLink.
        InvoiceChanged: the buyer has corrected it since.
    """
    link = checked_link(url)
    row = _answered(session, by, ISSUED)
    row.number, row.url = number, link
    _done(session, row)


def decline(session: Session, by: Answering, why: str) -> None:
    """Keep that there will be no invoice, and why: the buyer reads it and may ask again.

    Effect: `InvoiceAnswered` is published. Precondition: `why` is not empty.

    Raises: as `issue`.
    """
    row = _answered(session, by, DECLINED)
    row.why, row.open_key = why, None
    _done(session, row)


def _answered(session: Session, by: Answering, state: str) -> InvoiceRequest:
    """The request, locked after its order as `asking` does, with its new state."""
    found = session.get(InvoiceRequest, by.invoice_id)
    if found is None or found.seller_id != by.seller_id:
        raise NotFound()
    session.get_one(Order, found.order_code, with_for_update=True)
    row = session.get_one(
        InvoiceRequest, by.invoice_id, with_for_update=True, populate_existing=True
    )
    new_state = INVOICE.move(row.state, state)
    if row.version != by.version:
        raise InvoiceChanged()
    row.state, row.answered_ms, row.answered_by = new_state, clock.now_ms(), by.actor
    return row


def _done(session: Session, row: InvoiceRequest) -> None:
    session.flush()
    publish(session, InvoiceAnswered(row.id))
