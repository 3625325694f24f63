"""Cash that somebody of the seller attests: it counts for a payment like a line of the bank.

Refuses to believe anybody without a name: who took the money stands with it, it is never changed, and it
fills what is owed and no more, so that saying it twice is refused.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.money import check_vnd
from payments import settle
from payments.errors import AlreadyPaid
from payments.models import CashLine, Payment

STALL, COD = "stall", "cod"
"""Where cash is given: at the seller's own table, or to whoever brings the goods."""


@dataclass(frozen=True)
class Cash:
    """`amount_vnd` đồng, `kind` STALL or COD, taken (so says `actor`, a login's actor)."""

    amount_vnd: int
    kind: str
    actor: str


def attest(session: Session, reference: str, cash: Cash) -> None:
    """Count `cash` for the payment of `reference`; filled by it, the payment is settled and receipted.

    Raises:
        AlreadyPaid: nothing is owed any more. NotFound: none was opened for `reference`.
        BadAmount: it is nothing, or more than is owed.
    """
    payment = settle.locked_of(session, reference)
    due_vnd = payment.amount_vnd - payment.paid_vnd
    if not due_vnd:
        raise AlreadyPaid()
    line = CashLine(
        id=new_id(),
        seller_id=payment.seller_id,
        payment_id=payment.id,
        kind=cash.kind,
        amount_vnd=check_vnd(cash.amount_vnd, least=1, most=due_vnd),
        actor=cash.actor,
        at_ms=clock.now_ms(),
    )
    session.add(line)
    session.flush()
    settle.place_given(session, payment, line)


@dataclass(frozen=True)
class Taken:
    """Cash somebody took: đồng, STALL or COD, under which code it was asked for, when (UTC ms)."""

    code: str
    amount_vnd: int
    kind: str
    at_ms: int


def taken_by(
    session: Session, seller_id: str, actor: str, since_ms: int, until_ms: int | None = None
) -> tuple[Taken, ...]:
    """What `actor` took for the seller from `since_ms` until before `until_ms` (None: now), newest first."""
    query = (
        select(Payment.code, CashLine.amount_vnd, CashLine.kind, CashLine.at_ms)
        .join(Payment, Payment.id == CashLine.payment_id)
        .where(CashLine.seller_id == seller_id, CashLine.actor == actor)
        .where(CashLine.at_ms >= since_ms)
    )
    if until_ms is not None:
        query = query.where(CashLine.at_ms < until_ms)
    newest = query.order_by(CashLine.at_ms.desc(), CashLine.id)
    return tuple(Taken(*row) for row in session.execute(newest))


def taken_vnd(session: Session, reference: str) -> int:
    """The đồng of attested cash that count for the payment of `reference`; 0 if none was opened."""
    query = (
        select(func.coalesce(func.sum(CashLine.amount_vnd), 0))
        .join(Payment, Payment.id == CashLine.payment_id)
        .where(Payment.reference == reference)
    )
    return session.scalar(query) or 0
