"""What came for many payments at once, by bank or as cash, and what of it goes back: for reports.

Refuses to judge: the sums are those that `settle` placed and `payments` owes back.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from payments.models import MatchedPart, Payment
from payments.states import PAID


@dataclass(frozen=True)
class Money:
    """Đồng that came for a payment: told by the bank, attested as cash, charged to cards.

    `back_vnd` of them is owed back.
    """

    bank_vnd: int = 0
    cash_vnd: int = 0
    back_vnd: int = 0
    card_vnd: int = 0

    @property
    def came_vnd(self) -> int:
        """All that came, whoever said so."""
        return self.bank_vnd + self.cash_vnd + self.card_vnd

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.bank_vnd + other.bank_vnd,
            self.cash_vnd + other.cash_vnd,
            self.back_vnd + other.back_vnd,
            self.card_vnd + other.card_vnd,
        )


def of_references(session: Session, references: Collection[str]) -> dict[str, Money]:
    """What came under each of these references, in one query; those never asked for are absent.

    Cash at the door counts as cash, also where a carrier brings it to the bank.
    """
    by_way = [
        func.sum(case((told_by.is_not(None), MatchedPart.amount_vnd), else_=0))
        for told_by in (
            MatchedPart.bank_line_id,
            MatchedPart.cash_line_id,
            MatchedPart.card_line_id,
        )
    ]
    query = (
        select(Payment, *by_way)
        .outerjoin(
            MatchedPart,
            (MatchedPart.payment_id == Payment.id) & MatchedPart.account.in_([*PAID]),
        )
        .where(Payment.reference.in_(references))
        .group_by(Payment.id)
    )
    found = {}
    for row, *sums in session.execute(query):
        bank_vnd, cash_vnd, card_vnd = (int(vnd or 0) for vnd in sums)
        back_vnd = _back(row, bank_vnd + cash_vnd + card_vnd)
        found[row.reference] = Money(bank_vnd, cash_vnd, back_vnd, card_vnd)
    return found


def _back(row: Payment, came_vnd: int) -> int:
    """All that came where the whole goes back, else the part that does."""
    whole = row.refund_reason is not None or row.state == "expired"
    return came_vnd if whole else min(row.refund_vnd + row.granted_vnd, came_vnd)
