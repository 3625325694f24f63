"""What `flask fsck` proves about refunds: never more than came, and nothing called proved without a line."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core import vault
from core.fsck import check
from payments.models import BankLine, MatchedPart, Payment
from payments.refunds.models import Refund, RefundAccount
from payments.refunds.rules import GONE, PROVED, proof_note
from payments.states import OVERPAID, PAID, Account


@check("payments.refunds_never_pass_what_came")
def refunds_fit(session: Session) -> Iterable[str]:
    """What was begun is what its refunds sum to, and no more than came; so is what was proved."""
    begun = func.coalesce(func.sum(Refund.amount_vnd).filter(Refund.state.in_(GONE)), 0)
    proved = func.coalesce(func.sum(Refund.amount_vnd).filter(Refund.state == PROVED), 0)
    query = (
        select(Payment.code, Payment.came_vnd, Payment.back_vnd, begun, Payment.proved_vnd, proved)
        .outerjoin(Refund, Refund.payment_id == Payment.id)
        .group_by(Payment.id, Payment.code, Payment.came_vnd, Payment.back_vnd, Payment.proved_vnd)
        .having(
            or_(
                begun != Payment.back_vnd,
                proved != Payment.proved_vnd,
                Payment.back_vnd > Payment.came_vnd,
            )
        )
    )
    for code, came, back, begun_vnd, said, proved_vnd in session.execute(query):
        yield f"payment {code}: {came} came, {back} go back ({begun_vnd}), {said} proved ({proved_vnd})"


@check("payments.owed_back_is_the_sum_of_its_parts")
def owed_equals_parts(session: Session) -> Iterable[str]:
    """What a payment says came, and goes back, is what its parts sum to."""
    counted = PAID | OVERPAID
    came = func.coalesce(
        func.sum(MatchedPart.amount_vnd).filter(MatchedPart.account.in_(counted)), 0
    )
    owed = func.coalesce(
        func.sum(MatchedPart.amount_vnd).filter(
            MatchedPart.account.in_(counted - {Account.PAYMENT})
        ),
        0,
    )
    query = (
        select(Payment.code, Payment.came_vnd, came, Payment.owed_vnd, owed)
        .outerjoin(MatchedPart, MatchedPart.payment_id == Payment.id)
        .group_by(Payment.id, Payment.code, Payment.came_vnd, Payment.owed_vnd)
        .having(or_(came != Payment.came_vnd, owed != Payment.owed_vnd))
    )
    for code, said, came_vnd, said_owed, owed_vnd in session.execute(query):
        yield f"payment {code}: says {said} came, {said_owed} owed; its parts {came_vnd}, {owed_vnd}"


@check("payments.refunds_are_proved_by_lines")
def proved_by_lines(session: Session) -> Iterable[str]:
    """A transfer counts as paid back exactly if an outgoing line of the seller's bank stands behind it.

    Of a line that was several refunds, all but the first have a part that names them.
    """
    query = (
        select(Refund, BankLine.id)
        .outerjoin(BankLine, BankLine.id == Refund.out_line_id)
        .where(Refund.method == "bank", Refund.state == PROVED)
        .where(
            or_(
                BankLine.id.is_(None),
                BankLine.direction != "out",
                BankLine.seller_id != Refund.seller_id,
                BankLine.amount_vnd < Refund.amount_vnd,
            )
        )
    )
    for refund, line_id in session.execute(query):
        if refund.out_line_id is not None or not _has_a_part(session, refund):
            yield f"refund {refund.code}: {refund.state} by the line {line_id}"


def _has_a_part(session: Session, refund: Refund) -> bool:
    query = (
        select(MatchedPart.id)
        .join(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .where(BankLine.direction == "out", BankLine.seller_id == refund.seller_id)
        .where(MatchedPart.account == Account.REFUNDED, MatchedPart.note == proof_note(refund.id))
        .where(MatchedPart.amount_vnd >= refund.amount_vnd)
    )
    return session.scalar(query.limit(1)) is not None


@check("payments.refunds_stay_with_their_seller")
def refunds_stay(session: Session) -> Iterable[str]:
    """A refund and the account it goes to are of the seller whose payment it is."""
    rows = (
        select(table.id, table.seller_id, Payment.seller_id)
        .join(Payment, Payment.id == table.payment_id)
        .where(table.seller_id != Payment.seller_id)
        for table in (Refund, RefundAccount)
    )
    for query in rows:
        for row_id, seller_id, real_id in session.execute(query):
            yield f"{row_id}: says seller {seller_id}, its payment {real_id}"


@check("payments.refund_accounts_can_be_read")
def accounts_unseal(session: Session) -> Iterable[str]:
    """Each account a buyer gave opens with this installation's key; if not, nobody can pay it back."""
    for row in session.scalars(select(RefundAccount)):
        if not vault.can_unseal(row.sealed):
            yield f"refund account {row.id}: it was sealed with another SECRET_KEY"
