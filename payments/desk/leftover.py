"""What of a line of the bank a person may place now, and what stays: one answer for list, page and act.

What came on top of a payment and is on its way back to its buyer stays with that payment, and so does all of
a line that a buyer shared out (`payments.surplus`). Refuses to change anything.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from payments.desk.desk_rules import WAITING_IN, WAITING_OUT, Share
from payments.models import BankLine, MatchedPart
from payments.refunds.models import Refund
from payments.refunds.rules import OPEN, Source
from payments.states import ON_TOP, Account
from payments.surplus.models import SurplusChoice

WAITING = WAITING_IN | WAITING_OUT


@dataclass(frozen=True)
class Leftover:
    """`left_vnd` đồng of a line may be placed; `kept` is how the rest of it is shared out already.

    `held_vnd` of the kept wait in name only: they are on their way back, or the buyer's to share out.
    """

    left_vnd: int
    kept: tuple[Share, ...]
    held_vnd: int = 0


def held(session: Session, seller_id: str) -> dict[str, int]:
    """Đồng of waiting parts of bank lines that nobody may place, by the part's id; the others are absent.

    Of several lines on top of one payment, what goes back is of cash and cards first, then of the last line.
    """
    begun = _begun(session, seller_id)
    shared = set(
        session.scalars(
            select(SurplusChoice.bank_line_id).where(SurplusChoice.seller_id == seller_id)
        )
    ) - {None}
    mine = or_(MatchedPart.payment_id.in_(begun), MatchedPart.bank_line_id.in_(shared))
    query = (
        select(MatchedPart)
        .outerjoin(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .where(MatchedPart.seller_id == seller_id, MatchedPart.account.in_(ON_TOP), mine)
        .order_by(MatchedPart.bank_line_id.is_not(None), BankLine.at_ms.desc())
        .order_by(BankLine.reference.desc(), MatchedPart.id)
    )
    found: dict[str, int] = {}
    for part in session.scalars(query):
        going_vnd = min(part.amount_vnd, begun.get(part.payment_id or "", 0))
        begun[part.payment_id or ""] = begun.get(part.payment_id or "", 0) - going_vnd
        held_vnd = part.amount_vnd if part.bank_line_id in shared else going_vnd
        if held_vnd and part.bank_line_id:
            found[part.id] = held_vnd
    return found


def of_lines(session: Session, seller_id: str, line_ids: Collection[str]) -> dict[str, Leftover]:
    """What may be placed of each of the seller's lines, and what stays."""
    query = select(MatchedPart).where(MatchedPart.bank_line_id.in_(line_ids))
    parts: dict[str, list[MatchedPart]] = {line_id: [] for line_id in line_ids}
    for part in session.scalars(query.order_by(MatchedPart.amount_vnd.desc(), MatchedPart.id)):
        parts[part.bank_line_id or ""].append(part)
    stay = held(session, seller_id)
    return {line_id: _leftover(mine, stay) for line_id, mine in parts.items()}


def of_line(session: Session, line: BankLine) -> Leftover:
    """As `of_lines`, of one."""
    return of_lines(session, line.seller_id, [line.id])[line.id]


def _begun(session: Session, seller_id: str) -> dict[str, int]:
    """Đồng of refunds of what came on top that the bank has not proved yet, by payment."""
    query = (
        select(Refund.payment_id, func.sum(Refund.amount_vnd))
        .where(Refund.seller_id == seller_id, Refund.source == Source.EXTRA)
        .where(Refund.state.in_(OPEN))
        .group_by(Refund.payment_id)
    )
    return {payment_id: int(vnd) for payment_id, vnd in session.execute(query)}


def _leftover(parts: Collection[MatchedPart], stay: dict[str, int]) -> Leftover:
    kept: dict[tuple[str | None, Account], int] = {}
    left_vnd = 0
    for part in parts:
        waits = part.account in WAITING
        kept_vnd = stay.get(part.id, 0) if waits else part.amount_vnd
        left_vnd += part.amount_vnd - kept_vnd
        key = (part.payment_id, Account.PAYMENT if part.payment_id else Account(part.account))
        kept[key] = kept.get(key, 0) + kept_vnd
    if left_vnd and any(account is Account.REFUNDED for _, account in kept):
        left_vnd = 0  # the rest of a transfer that was a refund: told on the page of refunds
    shares = tuple(Share(vnd, *key) for key, vnd in kept.items() if vnd)
    return Leftover(left_vnd, shares, sum(stay.get(part.id, 0) for part in parts))
