"""A person says which payouts a line of the bank paid, or which one it brought back.

For lines without a code, or of another sum: the bank took a fee, or somebody typed the transfer. Refuses more
than the line, a payout that waits for nothing, and to keep the word itself (`payments.desk.paid_by_hand`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.models import BankLine
from payments.payouts import bank_word, run_rows
from payments.payouts.errors import PayoutNotWaiting
from payments.payouts.models import Payout
from payments.payouts.tie_rules import came_back, divided

UNPAID = ("waiting", "cancelled")


@dataclass(frozen=True)
class Tied:
    """`amount_vnd` đồng of a line are one payout's."""

    payout_id: str
    amount_vnd: int


def take(
    session: Session, seller_id: str, line: BankLine, payout_ids: Collection[str], actor: str
) -> tuple[Tied, ...]:
    """Let the line have paid these payouts (outgoing), or have brought one back; what is whose of it.

    More than they come to is left to the caller. A single payout may be paid less: the rest is owed.
    Precondition: the line is locked and waits whole.

    Raises:
        NotFound: the seller has no such payout. PayoutNotWaiting: it was paid, brought back, or never
        could be sent. LineTooSmall, BackTooMuch: see `tie_rules`.
    """
    rows = _locked(session, seller_id, payout_ids)
    if line.direction == "in":
        _require(rows, ("paid",))
        back_vnd = came_back(line.amount_vnd, [row.paid_vnd or 0 for row in rows])
        bank_word.bring_back(session, rows[0], line, back_vnd, actor)
        return (Tied(rows[0].id, back_vnd),)
    _require(rows, UNPAID)
    sums = divided(line.amount_vnd, [row.amount_vnd for row in rows])
    for row, amount_vnd in zip(rows, sums, strict=True):
        bank_word.pay(session, row, line, amount_vnd, actor)
    return tuple(Tied(row.id, vnd) for row, vnd in zip(rows, sums, strict=True))


def _locked(session: Session, seller_id: str, payout_ids: Collection[str]) -> Sequence[Payout]:
    """The payouts, their lists locked before them as everywhere; one that never could be sent is none."""
    query = select(Payout.id, Payout.run_id).where(
        Payout.id.in_(payout_ids), Payout.seller_id == seller_id, Payout.method == "bank"
    )
    found = session.execute(query.order_by(Payout.id)).all()
    if not found or len(found) < len(set(payout_ids)):
        raise NotFound()
    for run_id in sorted({run_id for _id, run_id in found if run_id}):
        if run_rows.locked_run(session, seller_id, run_id).agreed_ms is None:
            raise PayoutNotWaiting()
    return [
        session.get_one(Payout, id_, with_for_update=True, populate_existing=True)
        for id_, _run in found
    ]


def _require(rows: Sequence[Payout], states: Collection[str]) -> None:
    if any(row.state not in states for row in rows):
        raise PayoutNotWaiting()
