"""What became of a receipt after it was signed: void, or money that went back.

The token cannot say it, so whoever checks one asks here, by the hash of the token: no hash, no answer, so
that nobody reads a seller's series by counting. Refuses to judge signatures (`codec`).
"""

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.models import Payment, Receipt
from payments.receipts import voids
from payments.receipts.codec import receipt_hash
from payments.refunds import sums


@dataclass(frozen=True)
class Standing:
    """Since when a receipt is void (UTC ms, None: it is not); đồng of it that the bank saw go back."""

    void_ms: int | None
    refunded_vnd: int


def of_token(session: Session, seller_id: str, number: int, mark: str) -> Standing:
    """The standing of the receipt whose token has the SHA-256 `mark` (lower-case hex).

    Raises:
        NotFound: no receipt of the seller has that number, or it has another token.
    """
    query = (
        select(Receipt, Payment)
        .join(Payment, Payment.id == Receipt.payment_id)
        .where(Receipt.seller_id == seller_id, Receipt.number == number)
    )
    found = session.execute(query).one_or_none()
    if found is None or not _is_mark_of(found[0].token, mark):
        raise NotFound()
    return of_rows(session, *found)


def of_rows(session: Session, receipt: Receipt, payment: Payment) -> Standing:
    """The standing of a receipt whose rows are at hand."""
    void = voids.of_receipt(session, receipt.id)
    back_vnd = sums.gone(session, payment.id).proved_paid_vnd
    return Standing(void.at_ms if void else None, min(back_vnd, payment.amount_vnd))


def _is_mark_of(token: str, mark: str) -> bool:
    return hmac.compare_digest(receipt_hash(token).hex().encode(), mark.encode())
