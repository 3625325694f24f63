"""What `flask fsck` proves about cards: every đồng has a place, nothing more goes back than came."""

from collections.abc import Iterable

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.fsck import check
from payments import vault
from payments.cards.models import CardAccount, CardAttempt, CardLine, CardRefund
from payments.checks import lines_out_of_place
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
