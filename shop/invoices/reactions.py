"""Who is told of invoices: the seller's keepers when one is asked for, the buyer when it is answered.

Handlers may run twice: a notice is one for its event and person.
"""

from sqlalchemy.orm import Session

from core import outbox
from core.identity import sellers
from shop.invoices import invoice_facts
from shop.invoices.invoice_events import InvoiceAnswered, InvoiceAsked
from shop.invoices.invoice_rules import ISSUED
from shop.notices import telling
from shop.notices.telling import News, Whom
from shop.ordering import order_facts


def subscribe() -> None:
    """Hear of invoices asked for and answered."""
    outbox.subscribe(InvoiceAsked, invoice_asked)
    outbox.subscribe(InvoiceAnswered, invoice_answered)


def invoice_asked(session: Session, event: InvoiceAsked) -> None:
    invoice = invoice_facts.facts(session, event.invoice_id)
    path = f"/console/{invoice.seller_id}/invoices#i-{invoice.id}"
    facts = {"code": invoice.order_code}
    telling.tell_keepers(session, News("invoice_asked", invoice.id, invoice.seller_id, path, facts))


def invoice_answered(session: Session, event: InvoiceAnswered) -> None:
    invoice = invoice_facts.facts(session, event.invoice_id)
    order = order_facts.facts(session, invoice.order_code)
    kind = "invoice_issued" if invoice.state == ISSUED else "invoice_declined"
    seller = sellers.facts(session, invoice.seller_id).name
    facts = {"code": order.code, "seller": seller, "number": invoice.number, "why": invoice.why}
    path = f"/orders/{order.code}/invoice?k={order.capability}"
    whom = Whom(order.person_id, order.name, order.phone, order.device_id)
    telling.tell(session, News(kind, invoice.id, invoice.seller_id, path, facts), whom)
