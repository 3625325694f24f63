"""A buyer asks for the VAT invoice of an order, and corrects what it has to say until it is answered.

Refuses whoever only holds the order's link (`by_buyer.require_buyer`), a second request beside an open one,
and changes to an invoice that was issued: those two settle that by telephone.
"""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login
from core.ids import new_id
from core.outbox import publish
from shop.invoices import invoice_facts, tax_codes
from shop.invoices.errors import NoInvoiceNow
from shop.invoices.invoice_events import InvoiceAsked
from shop.invoices.invoice_rules import INVOICE, REQUESTED, may_be_asked
from shop.invoices.models import InvoiceRequest
from shop.models import Order
from shop.ordering import by_buyer, order_facts
from shop.ordering.order_facts import OrderFacts


@dataclass(frozen=True)
class Wanted:
    """What the invoice has to say: a company's or person's name, tax code, address, and where it is sent."""

    name: str
    tax_code: str
    address: str
    mailbox: str


def ask(session: Session, code: str, wanted: Wanted, login: Login | None) -> str:
    """Have the seller be asked for the invoice of order `code`; asked again, the new words stand.

    Effect: `InvoiceAsked` is published for a new request; a correction makes a new version of it.
    Returns the request's id. The tax code is kept as it is written (`tax_codes.parse`).

    Raises:
        BadTaxCode, ChangingDeviceNeeded, NoInvoiceNow: as they say. NotFound: there is no such order.
        BadTransition: it was issued.
    """
    by_buyer.require_buyer(order_facts.facts(session, code), login)
    assert login is not None, "require_buyer lets nobody else through"
    said = asdict(wanted) | {"tax_code": tax_codes.parse(wanted.tax_code)}
    # Two devices at once come one after the other; what they read is read after.
    session.get_one(Order, code, with_for_update=True, populate_existing=True)
    newest = invoice_facts.newest_row(session, code)
    if newest is not None and newest.open_key:
        return _correct(newest, said, login.actor)
    return _add(session, order_facts.facts(session, code), said, login.actor)


def _add(session: Session, order: OrderFacts, said: dict[str, str], actor: str) -> str:
    if not may_be_asked(order.state, order.times.delivered_ms, clock.now_ms()):
        raise NoInvoiceNow()
    row = InvoiceRequest(
        id=new_id(),
        order_code=order.code,
        seller_id=order.seller_id,
        open_key=order.code,
        state=REQUESTED,
        asked_ms=clock.now_ms(),
        asked_by=actor,
        **said,
    )
    session.add(row)
    session.flush()
    publish(session, InvoiceAsked(row.id))
    return row.id


def _correct(row: InvoiceRequest, said: dict[str, str], actor: str) -> str:
    INVOICE.move(row.state, REQUESTED)
    if said != {name: getattr(row, name) for name in said}:
        for name, words in said.items():
            setattr(row, name, words)
        row.version += 1
        row.corrected_ms, row.corrected_by = clock.now_ms(), actor
    return row.id
