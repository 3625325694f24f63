"""A seller's receipts as its desk lists them: the newest, or those that were looked for."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.codes import find_order_codes
from payments.models import Payment, Receipt
from payments.receipts import voids
from payments.receipts.receipts import ReceiptFacts, read_facts
from payments.receipts.voids import Void

MOST = 60
_DIGITS = 15


@dataclass(frozen=True)
class Entry:
    """One receipt in the list, and its void if it has one."""

    id: str
    facts: ReceiptFacts
    payment_state: str
    void: Void | None


def entries(session: Session, seller_id: str, wanted: str = "") -> tuple[Entry, ...]:
    """The seller's newest receipts, at most 60; with `wanted`, those of that number or order code."""
    query = (
        select(Receipt, Payment.state)
        .join(Payment, Payment.id == Receipt.payment_id)
        .where(Receipt.seller_id == seller_id)
        .order_by(Receipt.number.desc())
        .limit(MOST)
    )
    if wanted.strip():
        by_number = Receipt.number == _number(wanted)
        query = query.where(or_(Payment.code.in_(find_order_codes(wanted)), by_number))
    void = voids.of_seller(session, seller_id)
    return tuple(
        Entry(row.id, read_facts(row.frozen), state, void.get(row.number))
        for row, state in session.execute(query)
    )


def _number(wanted: str) -> int:
    """The number somebody typed; 0, which no receipt has, for anything else."""
    typed = wanted.strip().lstrip("#")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS else 0
