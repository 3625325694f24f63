"""Money somebody sent by mistake: set aside at the desk, it goes back by an outgoing line a person names.

It belongs to no payment, so there is no refund to begin; the lines themselves say what is still owed. Refuses
to let more go back than was set aside.
"""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.money import format_vnd
from payments.desk.desk_errors import MoreThanSetAside, WentBack
from payments.models import BankAccount, BankLine, MatchedPart
from payments.states import Account

_OWED = (MatchedPart.account == Account.REFUND_DUE, MatchedPart.payment_id.is_(None))


@dataclass(frozen=True)
class SetAside:
    """`amount_vnd` đồng of an incoming line that go back to its sender; `heard_ms` UTC ms."""

    line_id: str
    amount_vnd: int
    content: str
    heard_ms: int


def left_vnd(session: Session, seller_id: str) -> int:
    """Đồng still to go back to people who belong to no payment."""
    signed = case(
        (BankLine.direction == "in", MatchedPart.amount_vnd), else_=-MatchedPart.amount_vnd
    )
    query = (
        select(func.coalesce(func.sum(signed), 0))
        .join(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .where(MatchedPart.seller_id == seller_id, *_OWED)
    )
    return int(session.scalar(query) or 0)


def set_aside(session: Session, seller_id: str, most: int = 50) -> tuple[SetAside, ...]:
    """The incoming lines whose money was set aside to go back, the newest first."""
    query = (
        select(BankLine.id, MatchedPart.amount_vnd, BankLine.content, MatchedPart.at_ms)
        .join(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .where(MatchedPart.seller_id == seller_id, BankLine.direction == "in", *_OWED)
        .order_by(MatchedPart.at_ms.desc(), MatchedPart.id)
        .limit(most)
    )
    return tuple(SetAside(*row) for row in session.execute(query))


def check_goes_back(session: Session, seller_id: str, amount_vnd: int) -> None:
    """Do nothing if so many đồng that went out may be such money; two lines at once wait for each other.

    Raises:
        MoreThanSetAside: less is still to go back.
    """
    _wait_for_others(session, seller_id)
    left = left_vnd(session, seller_id)
    if amount_vnd > left:
        raise MoreThanSetAside(left=format_vnd(left))


def check_not_gone(session: Session, seller_id: str) -> None:
    """Do nothing if what went back is still covered; call it after something was no longer set aside.

    Raises:
        WentBack: it is not: that money went back already.
    """
    _wait_for_others(session, seller_id)
    if left_vnd(session, seller_id) < 0:
        raise WentBack()


def _wait_for_others(session: Session, seller_id: str) -> None:
    accounts = select(BankAccount.id).where(BankAccount.seller_id == seller_id)
    session.execute(accounts.order_by(BankAccount.id).with_for_update())
