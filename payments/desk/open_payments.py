"""Payments of a seller that still ask for money, as the desk shows them: by code, by sum, with their lines.

Knows codes and sums, not orders. Refuses nobody: who may ask is the page's business.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from core.codes import PREFIX, find_order_codes
from core.money import BadAmount, parse_vnd
from payments import frozen
from payments.desk.desk_errors import NoSuchPayment
from payments.frozen import Frozen
from payments.models import Payment

_MOST = 12
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class OpenPayment:
    """A payment that is not filled: `due_vnd` đồng of it are owed; `asked` is what it was opened for."""

    id: str
    code: str
    state: str
    amount_vnd: int
    paid_vnd: int
    created_ms: int
    asked: Frozen

    @property
    def due_vnd(self) -> int:
        """What is missing."""
        return self.amount_vnd - self.paid_vnd


def by_ids(session: Session, seller_id: str, ids: Collection[str]) -> dict[str, OpenPayment]:
    """Those of the seller's payments among `ids` that still ask for money."""
    return _found(session, owing(seller_id).where(Payment.id.in_(ids)))


def by_code(session: Session, seller_id: str, typed: str) -> OpenPayment:
    """The payment that a person means by a typed code.

    Raises:
        NoSuchPayment: the seller has none under it that still asks for money.
    """
    codes = find_order_codes(typed)
    found = _found(session, owing(seller_id).where(Payment.code.in_(codes)))
    if len(found) != 1:
        raise NoSuchPayment(code=typed[:40])
    return next(iter(found.values()))


def search(session: Session, seller_id: str, words: str) -> tuple[OpenPayment, ...]:
    """Payments that ask for the sum that was typed, or whose code has what was typed in it; newest first."""
    said = _said(words.strip())
    if said is None:
        return ()
    newest = owing(seller_id).where(said).order_by(Payment.created_ms.desc()).limit(_MOST)
    return tuple(_found(session, newest).values())


def _said(words: str) -> ColumnElement[bool] | None:
    letters = "".join(letter for letter in words.upper() if letter.isalnum() and letter.isascii())
    try:
        vnd = parse_vnd(words)
    except BadAmount:
        vnd = 0
    by_sum = (Payment.amount_vnd == vnd) | (Payment.amount_vnd - Payment.paid_vnd == vnd)
    if len(letters.removeprefix(PREFIX)) < _LEAST_LETTERS:
        return by_sum if vnd else None
    by_letters = Payment.code.contains(letters, autoescape=True)
    return (by_sum | by_letters) if vnd else by_letters


def owing(seller_id: str) -> Select[Payment]:
    """The seller's payments that still ask for money, for rooms of this package to narrow down."""
    return select(Payment).where(
        Payment.seller_id == seller_id,
        Payment.paid_vnd < Payment.amount_vnd,
        Payment.refund_reason.is_(None),
    )


def _found(session: Session, query: Select[Payment]) -> dict[str, OpenPayment]:
    return {row.id: _facts(row) for row in session.scalars(query)}


def _facts(row: Payment) -> OpenPayment:
    return OpenPayment(
        row.id,
        row.code,
        row.state,
        row.amount_vnd,
        row.paid_vnd,
        row.created_ms,
        frozen.loads(row.frozen),
    )
