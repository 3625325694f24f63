"""What `flask fsck` proves about cards: every đồng has a place, nothing more goes back than came."""

from collections.abc import Iterable

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core import vault
from core.fsck import check
from payments.cards.models import (
    CardAccount,
    CardAttempt,
    CardLine,
    CardMove,
    CardPayout,
    CardRefund,
)
from payments.checks import lines_out_of_place
from payments.ledger import chart
from payments.ledger.models import LedgerEntry, LedgerLine
from payments.models import MatchedPart


@check("payments.card_money_has_a_place")
def card_lines_equal_their_parts(session: Session) -> Iterable[str]:
    """The parts of what a card brought sum to it, and stand with the payment it was charged for."""
    return lines_out_of_place(session, CardLine, MatchedPart.card_line_id, "card line")


@check("payments.card_refunds_are_counted")
def refunds_equal_what_goes_back(session: Session) -> Iterable[str]:
    """What a charge says goes back is the sum of its refunds, those that failed left out."""
    going = func.coalesce(
        func.sum(case((CardRefund.state != "failed", CardRefund.amount_vnd), else_=0)), 0
    )
    query = (
        select(CardLine.id, CardLine.back_vnd, CardLine.amount_vnd, going)
        .outerjoin(CardRefund, CardRefund.line_id == CardLine.id)
        .group_by(CardLine.id, CardLine.back_vnd, CardLine.amount_vnd)
    )
    for line_id, back_vnd, amount_vnd, going_vnd in session.execute(query):
        if back_vnd != min(amount_vnd, going_vnd):
            yield f"card line {line_id}: says {back_vnd} đồng go back, its refunds {going_vnd}"


@check("payments.charged_attempts_brought_money")
def paid_attempts_have_a_line(session: Session) -> Iterable[str]:
    """An attempt is paid exactly if its money is in the books (or came in another currency)."""
    query = select(CardAttempt.id, CardAttempt.state, CardAttempt.trouble, CardLine.id).outerjoin(
        CardLine, CardLine.attempt_id == CardAttempt.id
    )
    for attempt_id, state, trouble, line_id in session.execute(query):
        if (state == "paid") != (line_id is not None) and trouble != "other_currency":
            yield f"card attempt {attempt_id}: {state}, its money {line_id}"


@check("payments.card_accounts_can_be_used")
def accounts_unseal(session: Session) -> Iterable[str]:
    """Secrets of the accounts in use open with this installation's key."""
    for row in session.scalars(select(CardAccount).where(CardAccount.off_ms.is_(None))):
        if not (vault.can_unseal(row.secret_key) and vault.can_unseal(row.webhook_secret)):
            yield f"card account {row.id}: its secrets were sealed with another SECRET_KEY"


@check("payments.card_moves_are_booked")
def moves_are_booked(session: Session) -> Iterable[str]:
    """What the clearing account of cards lost to fees and disputes is what Stripe's moves say, per seller."""
    moved = func.sum(CardMove.gross_vnd - CardMove.fee_vnd)
    rows = select(CardMove.seller_id, moved).group_by(CardMove.seller_id)
    yield from _unlike(session, "card-move", {row[0]: int(row[1]) for row in session.execute(rows)})


@check("payments.card_payouts_abroad_are_booked")
def payouts_are_booked(session: Session) -> Iterable[str]:
    """What was paid out in other money left the clearing account, that of payouts in đồng by the bank."""
    rows = (
        select(CardPayout.seller_id, func.sum(-CardPayout.worth_vnd))
        .where(CardPayout.currency != "vnd", CardPayout.state == "paid")
        .group_by(CardPayout.seller_id)
    )
    told = {row[0]: int(row[1] or 0) for row in session.execute(rows)}
    yield from _unlike(session, "card-payout", told)


def _unlike(session: Session, kind: str, told: dict[str, int]) -> Iterable[str]:
    """Where what entries of a kind booked on the clearing account is not what was told."""
    query = (
        select(LedgerLine.seller_id, func.sum(LedgerLine.amount_vnd))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.kind == kind, LedgerLine.account == chart.CARD_CLEARING)
        .group_by(LedgerLine.seller_id)
    )
    booked = {row[0]: int(row[1]) for row in session.execute(query)}
    for seller_id in sorted({*told, *booked}):
        if told.get(seller_id, 0) != booked.get(seller_id, 0):
            yield f"{kind} of {seller_id}: {told.get(seller_id, 0)} told, {booked.get(seller_id, 0)} booked"
