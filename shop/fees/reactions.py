"""Fees and taxes follow what becomes of an order: told of it in any order, and as often as one likes."""

from sqlalchemy.orm import Session

from core import outbox
from payments.events import (
    PaymentOwesBack,
    PaymentSettled,
    RefundCut,
    RefundProved,
    RefundReturned,
)
from shop.cases import case_facts
from shop.cases.case_events import CaseSettled
from shop.cases.case_rules import ORDER
from shop.events import (
    OrderLapsed,
    OrderPacked,
    OrderRefused,
    OrderReturned,
    OrderSecured,
    OrderWeighed,
)
from shop.fees import booking, freezing, invoicing
from shop.ordering.order_facts import code_in
from shop.tax import entering


def subscribe() -> None:
    """Hear of everything that changes what a seller keeps of an order."""
    outbox.subscribe(OrderSecured, order_secured)
    outbox.subscribe(OrderPacked, order_packed)
    outbox.subscribe(OrderWeighed, order_weighed)
    outbox.subscribe(OrderLapsed, order_lapsed)
    outbox.subscribe(OrderRefused, order_refused)
    outbox.subscribe(OrderReturned, order_returned)
    outbox.subscribe(PaymentSettled, money_came)
    outbox.subscribe(PaymentOwesBack, owes_back)
    outbox.subscribe(CaseSettled, case_settled)
    outbox.subscribe(RefundProved, refund_proved)
    outbox.subscribe(RefundReturned, refund_returned)
    outbox.subscribe(RefundCut, refund_cut)


def order_secured(session: Session, event: OrderSecured) -> None:
    follow(session, event.code)


def order_packed(session: Session, event: OrderPacked) -> None:
    follow(session, event.code)


def order_weighed(session: Session, event: OrderWeighed) -> None:
    follow(session, event.code)


def order_lapsed(session: Session, event: OrderLapsed) -> None:
    follow(session, event.code)


def order_refused(session: Session, event: OrderRefused) -> None:
    follow(session, event.code)


def order_returned(session: Session, event: OrderReturned) -> None:
    follow(session, event.code)


def money_came(session: Session, event: PaymentSettled) -> None:
    if code := code_in(event.reference):
        follow(session, code)
    else:
        invoicing.came(session, event.reference)


def case_settled(session: Session, event: CaseSettled) -> None:
    case = case_facts.facts(session, event.case_id)
    if case.subject_kind == ORDER:
        follow(session, case.subject_id)


def owes_back(session: Session, event: PaymentOwesBack) -> None:
    """What goes back has changed: begun, dropped, returned, or the goods are gone."""
    if code := code_in(event.reference):
        follow(session, code)


def refund_proved(session: Session, event: RefundProved) -> None:
    if code := code_in(event.reference):
        follow(session, code)


def refund_returned(session: Session, event: RefundReturned) -> None:
    if code := code_in(event.reference):
        follow(session, code)


def refund_cut(session: Session, event: RefundCut) -> None:
    if code := code_in(event.reference):
        follow(session, code)


def follow(session: Session, code: str) -> None:
    """Bring the fee and the tax of order `code` to what its seller keeps of it now, and book both."""
    freezing.follow(session, code)
    entering.follow(session, code)
    booking.book(session, code)
