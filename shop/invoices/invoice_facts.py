"""Invoice requests, read: one order's for its buyer, a seller's in the order they have waited."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from shop.invoices.invoice_rules import ISSUED, REQUESTED, days_waited, may_be_asked
from shop.invoices.models import InvoiceRequest
from shop.models import Order
from shop.ordering.order_facts import OrderFacts

_MOST_WAITING, _MOST_ANSWERED = 200, 40


@dataclass(frozen=True)
class InvoiceFacts:
    """A request and its answer; times in UTC ms, None: not yet.

    The name, tax code, address and mailbox are for the buyer and the seller; `number` and `url` for
    whoever sees the order or its receipt.
    """

    id: str
    order_code: str
    seller_id: str
    state: str
    version: int
    name: str
    tax_code: str
    address: str
    mailbox: str
    asked_ms: int
    corrected_ms: int | None
    number: str
    url: str
    why: str
    answered_ms: int | None
    answered_by: str


@dataclass(frozen=True)
class OfOrder:
    """What an order's page says: its newest request, and whether one may be asked for now."""

    newest: InvoiceFacts | None
    may_ask: bool


@dataclass(frozen=True)
class Waiting:
    """A request at the seller's desk with its order's sum (đồng) and state, and the whole days it waits."""

    invoice: InvoiceFacts
    amount_vnd: int
    order_state: str
    days: int


def facts(session: Session, invoice_id: str) -> InvoiceFacts:
    """The request `invoice_id`.

    Raises:
        NotFound: there is none.
    """
    row = session.get(InvoiceRequest, invoice_id)
    if row is None:
        raise NotFound()
    return _facts(row)


def of_order(session: Session, order: OrderFacts) -> OfOrder:
    """The newest request of `order`, which the caller may see."""
    newest = newest_row(session, order.code)
    in_time = may_be_asked(order.state, order.times.delivered_ms, clock.now_ms())
    may_ask = newest.state == REQUESTED if newest and newest.open_key else in_time
    return OfOrder(_facts(newest) if newest else None, may_ask)


def issued_for(session: Session, order_code: str) -> InvoiceFacts | None:
    """The invoice that was issued for an order, or None."""
    query = select(InvoiceRequest).where(
        InvoiceRequest.open_key == order_code, InvoiceRequest.state == ISSUED
    )
    row = session.scalars(query).one_or_none()
    return _facts(row) if row else None


def waiting_of(session: Session, seller_id: str) -> tuple[Waiting, ...]:
    """The seller's requests without an answer, the one that waits longest first."""
    query = _with_orders(seller_id).where(InvoiceRequest.state == REQUESTED)
    oldest = query.order_by(InvoiceRequest.asked_ms, InvoiceRequest.id).limit(_MOST_WAITING)
    return _listed(session.execute(oldest).all())


def answered_of(session: Session, seller_id: str) -> tuple[Waiting, ...]:
    """The seller's last answers, the newest first."""
    query = _with_orders(seller_id).where(InvoiceRequest.state != REQUESTED)
    newest = query.order_by(InvoiceRequest.answered_ms.desc(), InvoiceRequest.id)
    return _listed(session.execute(newest.limit(_MOST_ANSWERED)).all())


def count_waiting(session: Session, seller_id: str) -> int:
    """How many buyers wait for the seller's answer."""
    mine = (InvoiceRequest.seller_id == seller_id, InvoiceRequest.state == REQUESTED)
    return session.scalar(select(func.count()).where(*mine)) or 0


def newest_row(session: Session, order_code: str) -> InvoiceRequest | None:
    """The newest request of an order, for this room alone."""
    query = select(InvoiceRequest).where(InvoiceRequest.order_code == order_code)
    # The one that is open comes first, whatever the clocks of two requests say.
    first = (InvoiceRequest.open_key.is_(None), InvoiceRequest.asked_ms.desc())
    newest = query.order_by(*first, InvoiceRequest.id.desc()).limit(1)
    return session.scalars(newest.execution_options(populate_existing=True)).one_or_none()


def _with_orders(seller_id: str) -> Select[InvoiceRequest, int, str]:
    joined = select(InvoiceRequest, Order.amount_vnd, Order.state)
    return joined.join(Order, Order.code == InvoiceRequest.order_code).where(
        InvoiceRequest.seller_id == seller_id
    )


def _listed(rows: Sequence[Row[InvoiceRequest, int, str]]) -> tuple[Waiting, ...]:
    now_ms = clock.now_ms()
    return tuple(
        Waiting(_facts(row), amount_vnd, state, days_waited(row.asked_ms, now_ms))
        for row, amount_vnd, state in rows
    )


def _facts(row: InvoiceRequest) -> InvoiceFacts:
    return InvoiceFacts(
        id=row.id,
        order_code=row.order_code,
        seller_id=row.seller_id,
        state=row.state,
        version=row.version,
        name=row.name,
        tax_code=row.tax_code,
        address=row.address,
        mailbox=row.mailbox,
        asked_ms=row.asked_ms,
        corrected_ms=row.corrected_ms,
        number=row.number,
        url=row.url,
        why=row.why,
        answered_ms=row.answered_ms,
        answered_by=row.answered_by,
    )
