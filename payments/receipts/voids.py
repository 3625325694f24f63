"""Receipts declared void: by a named person, with a reason, for ever.

Why: a receipt is signed and cannot be called back; what can be done is to say, dated and in public, that it
no longer counts. Refuses to take a void back and to free its number: the series keeps the receipt, so that
nobody can hide one.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import N_, DomainError, NotFound
from payments.models import Receipt
from payments.receipts.models import ReceiptVoid


class AlreadyVoid(DomainError):
    """The receipt was declared void before; the first reason stands."""

    code = "already_void"
    status = 409
    message = N_("Biên nhận này đã được hủy trước đó rồi.")


@dataclass(frozen=True)
class Declaration:
    """Who declares a receipt void (an actor that has a name) and why, in one line."""

    actor: str
    reason: str


@dataclass(frozen=True)
class Void:
    """A receipt that no longer counts, since `at_ms` (UTC ms)."""

    seller_id: str
    number: int
    at_ms: int
    reason: str
    actor: str


def declare(session: Session, seller_id: str, number: int, by: Declaration) -> None:
    """Declare a seller's receipt void from now on; money, series and chain stay as they are.

    Precondition: `by.reason` is not empty.

    Raises:
        NotFound: the seller has no receipt of that number. AlreadyVoid.
    """
    query = select(Receipt.id).where(Receipt.seller_id == seller_id, Receipt.number == number)
    receipt_id = session.scalars(query).one_or_none()
    if receipt_id is None:
        raise NotFound()
    values: dict[str, object] = {
        "receipt_id": receipt_id,
        "seller_id": seller_id,
        "number": number,
        "reason": by.reason,
        "actor": by.actor,
        "at_ms": clock.now_ms(),
    }
    if not insert_new(session, ReceiptVoid, values):
        raise AlreadyVoid()


def of_receipt(session: Session, receipt_id: str) -> Void | None:
    """Whether and since when the receipt is void."""
    row = session.get(ReceiptVoid, receipt_id)
    return _void(row) if row else None


def of_seller(session: Session, seller_id: str) -> dict[int, Void]:
    """The seller's void receipts by number."""
    query = select(ReceiptVoid).where(ReceiptVoid.seller_id == seller_id)
    return {row.number: _void(row) for row in session.scalars(query)}


def everywhere(session: Session) -> tuple[Void, ...]:
    """All void receipts of the market, the oldest declaration first: what is published."""
    query = select(ReceiptVoid).order_by(ReceiptVoid.at_ms, ReceiptVoid.receipt_id)
    return tuple(_void(row) for row in session.scalars(query))


def _void(row: ReceiptVoid) -> Void:
    return Void(row.seller_id, row.number, row.at_ms, row.reason, row.actor)
