"""Lists for the bank as pages show them: each with its people, and what the bank made of every one.

Refuses to change anything; `paying` does, and the bank's word.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.payouts.models import Payout, PayRun


@dataclass(frozen=True)
class PayoutFacts:
    """One payee's money in a list: `waiting`, `paid` by the bank's word, `returned` or `cancelled`.

    `line_id` is the bank's line it stands by, `paid_vnd` what that moved: less, where a person said so.
    """

    id: str
    name: str
    code: str
    amount_vnd: int
    state: str
    account_id: str | None
    paid_ms: int | None
    paid_vnd: int | None
    line_id: str | None


@dataclass(frozen=True)
class RunFacts:
    """A list for the bank: `drafted` (waits for a second person), `agreed` or `cancelled`.

    `agreed` says whether it ever was, so that the bank may have it.
    """

    id: str
    number: int
    code: str
    state: str
    total_vnd: int
    made_by: str
    made_ms: int
    agreed: bool
    payouts: tuple[PayoutFacts, ...]

    @property
    def account_ids(self) -> frozenset[str]:
        """The accounts its money goes to."""
        return frozenset(one.account_id for one in self.payouts if one.account_id)

    @property
    def paid_vnd(self) -> int:
        """What of it the bank has paid."""
        return sum(one.paid_vnd or 0 for one in self.payouts if one.state == "paid")


def runs(session: Session, seller_id: str, most: int = 50) -> tuple[RunFacts, ...]:
    """The seller's lists, the newest first."""
    query = select(PayRun).where(PayRun.seller_id == seller_id).order_by(PayRun.number.desc())
    return tuple(_run_facts(session, row) for row in session.scalars(query.limit(most)).all())


def run(session: Session, seller_id: str, run_id: str) -> RunFacts:
    """One list of the seller; raises NotFound."""
    row = session.get(PayRun, run_id)
    if row is None or row.seller_id != seller_id:
        raise NotFound()
    return _run_facts(session, row)


def _run_facts(session: Session, row: PayRun) -> RunFacts:
    query = select(Payout).where(Payout.run_id == row.id).order_by(Payout.name, Payout.id)
    payouts = tuple(
        PayoutFacts(
            one.id,
            one.name,
            one.code,
            one.amount_vnd,
            one.state,
            one.account_id,
            one.paid_ms,
            one.paid_vnd,
            one.returned_line_id or one.bank_line_id,
        )
        for one in session.scalars(query)
    )
    return RunFacts(
        row.id,
        row.number,
        row.code,
        row.state,
        row.total_vnd,
        row.made_by,
        row.made_ms,
        row.agreed_ms is not None,
        payouts,
    )
