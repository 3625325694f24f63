"""What `flask fsck` proves of credit and choices: credit stands where it was kept."""

from collections.abc import Iterable

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from core.fsck import check
from payments.models import BankLine, MatchedPart, Payment
from payments.states import Account
from payments.surplus.models import StoreCredit, SurplusChoice


def _sums(session: Session, query: Select[str | None, int]) -> dict[str, int]:
    return {key or "": int(vnd) for key, vnd in session.execute(query)}


@check("payments.credit_stands_where_it_was_kept")
def credit_stands(session: Session) -> Iterable[str]:
    """What is left of the credits of a line is what of the line stands as credit."""
    kept = select(StoreCredit.bank_line_id, func.sum(StoreCredit.left_vnd))
    placed = select(MatchedPart.bank_line_id, func.sum(MatchedPart.amount_vnd)).where(
        MatchedPart.account == Account.STORE_CREDIT
    )
    left = _sums(session, kept.group_by(StoreCredit.bank_line_id))
    stand = _sums(session, placed.group_by(MatchedPart.bank_line_id))
    for line_id in sorted(left.keys() | stand.keys()):
        if left.get(line_id, 0) != stand.get(line_id, 0):
            yield (
                f"bank line {line_id}: {left.get(line_id, 0)} đồng of credit left,"
                f" {stand.get(line_id, 0)} stand so"
            )


@check("payments.credit_is_what_was_chosen")
def credit_is_chosen(session: Session) -> Iterable[str]:
    """What was kept of a payment less what was used or wanted back is what is left."""
    signed = case(
        (SurplusChoice.kind == "credit", SurplusChoice.amount_vnd), else_=-SurplusChoice.amount_vnd
    )
    chosen = select(SurplusChoice.payment_id, func.sum(signed)).where(
        SurplusChoice.kind.in_(["credit", "spent", "back"])
    )
    kept = select(StoreCredit.payment_id, func.sum(StoreCredit.left_vnd))
    said = _sums(session, chosen.group_by(SurplusChoice.payment_id))
    left = _sums(session, kept.group_by(StoreCredit.payment_id))
    for payment_id in sorted(said.keys() | left.keys()):
        if said.get(payment_id, 0) != left.get(payment_id, 0):
            yield (
                f"payment {payment_id}: {said.get(payment_id, 0)} đồng were kept,"
                f" {left.get(payment_id, 0)} are left"
            )
    strange = (
        select(SurplusChoice.id)
        .join(BankLine, BankLine.id == SurplusChoice.bank_line_id)
        .outerjoin(Payment, Payment.id == SurplusChoice.to_payment_id)
        .where(
            (BankLine.seller_id != SurplusChoice.seller_id)
            | (Payment.seller_id != SurplusChoice.seller_id)
        )
    )
    for choice_id in session.scalars(strange):
        yield f"choice {choice_id}: moved money between sellers"
