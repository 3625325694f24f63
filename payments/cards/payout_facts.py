"""What the page of cards says of a seller's money at Stripe: what stands there, its cost, what was sent on.

Only reads; sums are those of the books.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from payments.cards.card_states import PAYOUT_OVER
from payments.cards.card_sums import VND
from payments.cards.models import CardMove, CardPayout
from payments.ledger import chart
from payments.ledger.models import LedgerLine
from payments.models import MatchedPart
from payments.states import Account

_LATELY = 20
_MONTH_MS = 30 * 24 * 60 * 60_000


@dataclass(frozen=True)
class PayoutRow:
    """A payout: `amount` of `currency`'s smallest unit, what it is here in đồng (None: nobody knows).

    `seen`: the bank told of it, or never will because it is in other money. Times UTC ms.
    """

    provider_id: str
    state: str
    currency: str
    amount: int
    worth_vnd: int | None
    fee_vnd: int
    arrives_ms: int
    seen: bool

    @property
    def is_over(self) -> bool:
        """Whether the bank did not take it."""
        return self.state in PAYOUT_OVER


@dataclass(frozen=True)
class AtStripe:
    """Đồng that stand at Stripe or are on their way from it; fees of the last thirty days; payouts."""

    stands_vnd: int
    disputed_vnd: int
    fees_vnd: int
    payouts: tuple[PayoutRow, ...]


def of_seller(session: Session, seller_id: str) -> AtStripe:
    """The seller's money at Stripe, with its newest payouts."""
    query = (
        select(LedgerLine.account, func.sum(LedgerLine.amount_vnd))
        .where(LedgerLine.seller_id == seller_id)
        .where(LedgerLine.account.in_((chart.CARD_CLEARING, chart.CARD_DISPUTED)))
        .group_by(LedgerLine.account)
    )
    stands = {account: int(vnd) for account, vnd in session.execute(query)}
    fees = select(func.coalesce(func.sum(CardMove.fee_vnd), 0)).where(
        CardMove.seller_id == seller_id, CardMove.at_ms >= clock.now_ms() - _MONTH_MS
    )
    return AtStripe(
        stands.get(chart.CARD_CLEARING, 0),
        stands.get(chart.CARD_DISPUTED, 0),
        int(session.scalar(fees) or 0),
        _payouts(session, seller_id),
    )


def _payouts(session: Session, seller_id: str) -> tuple[PayoutRow, ...]:
    fee_vnd = (
        select(func.coalesce(func.sum(CardMove.fee_vnd), 0))
        .where(CardMove.payout_id == CardPayout.id)
        .scalar_subquery()
    )
    query = (
        select(CardPayout, fee_vnd)
        .where(CardPayout.seller_id == seller_id, CardPayout.currency != "")
        .order_by(CardPayout.arrives_ms.desc(), CardPayout.id)
        .limit(_LATELY)
    )
    rows = session.execute(query).all()
    at_bank = _at_bank(session, seller_id, {row[0].amount for row in rows})
    told = []
    for row, fee in reversed(rows):
        counts = row.currency == VND and row.state not in PAYOUT_OVER
        seen = not counts or at_bank[row.amount] > 0
        at_bank[row.amount] -= int(counts)
        what = row.provider_id, row.state, row.currency, row.amount, row.worth_vnd
        told.append(PayoutRow(*what, int(fee), row.arrives_ms, seen))
    return tuple(reversed(told))


def _at_bank(session: Session, seller_id: str, amounts: set[int]) -> Counter[int]:
    """How many lines of the bank are payouts, by their sums."""
    query = (
        select(MatchedPart.amount_vnd, func.count())
        .where(MatchedPart.seller_id == seller_id, MatchedPart.account == Account.CARD_PAYOUT)
        .where(MatchedPart.amount_vnd.in_(amounts))
        .group_by(MatchedPart.amount_vnd)
    )
    return Counter({int(row[0]): int(row[1]) for row in session.execute(query)})
