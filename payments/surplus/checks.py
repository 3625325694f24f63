"""What `flask fsck` proves of credit and choices: credit stands where it was kept."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from core.fsck import check
from payments.models import BankLine, MatchedPart, Payment
from payments.states import Account
from payments.surplus.models import StoreCredit, SurplusChoice


def _sums(session: Session, query: Select[str | None, int]) -> dict[str, int]:
    return {key or "": int(vnd) for key, vnd in session.execute(query)}


def _differing(one: Mapping[str, int], other: Mapping[str, int]) -> Iterable[tuple[str, int, int]]:
    """Each key whose sums (0 where there is none) are not the same, with both."""
    pairs = ((key, one.get(key, 0), other.get(key, 0)) for key in sorted({*one, *other}))
    return (pair for pair in pairs if pair[1] != pair[2])


@check("payments.credit_stands_where_it_was_kept")
def credit_stands(session: Session) -> Iterable[str]:
    """What is left of the credits of a line is what of the line stands as credit."""
    kept = select(StoreCredit.bank_line_id, func.sum(StoreCredit.left_vnd))
    placed = select(MatchedPart.bank_line_id, func.sum(MatchedPart.amount_vnd)).where(
        MatchedPart.account == Account.STORE_CREDIT
    )
    left = _sums(session, kept.group_by(StoreCredit.bank_line_id))
    stand = _sums(session, placed.group_by(MatchedPart.bank_line_id))
    for line_id, left_vnd, stand_vnd in _differing(left, stand):
        yield f"bank line {line_id}: {left_vnd} đồng of credit left, {stand_vnd} stand so"


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
    for payment_id, kept_vnd, left_vnd in _differing(said, left):
        yield f"payment {payment_id}: {kept_vnd} đồng were kept, {left_vnd} are left"
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
