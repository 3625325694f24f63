"""What a kind of money may be for: invoices that packages above offer, and what was paid of them.

Opaque here: an `about` is a package's own word for its thing. What was paid is read from the decisions in
force, so a word taken back is a payment less. Refuses more than is owed, and a thing nobody offers.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.money import format_vnd
from payments.desk.desk_errors import MoreThanDue, NoSuchDue
from payments.desk.desk_rules import Share
from payments.desk.models import LineDecision, LineShare
from payments.models import BankAccount, BankLine
from payments.states import Account


@dataclass(frozen=True)
class Due:
    """A thing of which `left_vnd` đồng are still owed; `number` is what its papers are called."""

    about: str
    number: str
    left_vnd: int


@dataclass(frozen=True)
class Paid:
    """`amount_vnd` đồng of a line (`line_id`, at `at_ms` UTC ms) that a person said were for `about`."""

    about: str
    line_id: str
    amount_vnd: int
    at_ms: int


Offer = Callable[[Session, str], Sequence[Due]]
"""`offer(session, seller_id)`: what the seller still owes of one kind, the oldest first."""

_offers: dict[Account, Offer] = {}


def offered_by(account: Account, offer: Offer) -> None:
    """Have `offer` say what money of a kind may be for. While wiring only."""
    _offers[account] = offer


def of_seller(session: Session, seller_id: str, account: Account) -> tuple[Due, ...]:
    """What the seller still owes of a kind, the oldest first."""
    offer = _offers.get(account)
    return tuple(one for one in offer(session, seller_id) if one.left_vnd > 0) if offer else ()


def spread(due: Sequence[Due], chosen: str, rest: Share) -> tuple[Share, ...]:
    """Shares of `rest` over what is owed: the chosen thing first, then the oldest.

    Raises:
        NoSuchDue: nothing of that name is owed. MoreThanDue: all together is less.
    """
    first = [one for one in due if one.about == chosen]
    if not first:
        raise NoSuchDue()
    shares, left_vnd = [], rest.amount_vnd
    for one in (*first, *(other for other in due if other.about != chosen)):
        vnd = min(left_vnd, one.left_vnd)
        if vnd:
            shares.append(Share(vnd, None, rest.account, about=one.about))
        left_vnd -= vnd
    if left_vnd:
        raise MoreThanDue(left=format_vnd(rest.amount_vnd - left_vnd))
    return tuple(shares)


def check(session: Session, seller_id: str, shares: Sequence[Share]) -> None:
    """Do nothing if each share with an `about` is owed still; two lines at once wait for each other.

    Raises:
        NoSuchDue, MoreThanDue: it is not, or less of it.
    """
    wanted = [one for one in shares if one.about]
    if not wanted:
        return
    accounts = select(BankAccount.id).where(BankAccount.seller_id == seller_id)
    session.execute(accounts.order_by(BankAccount.id).with_for_update())
    for share in wanted:
        due = of_seller(session, seller_id, share.account)
        spread([one for one in due if one.about == share.about], share.about, share)


def paid(session: Session, seller_id: str, abouts: Collection[str]) -> tuple[Paid, ...]:
    """What lines paid of these things by the decisions in force, the first line first."""
    last = (
        select(LineDecision.bank_line_id, func.max(LineDecision.number).label("number"))
        .where(LineDecision.seller_id == seller_id)
        .group_by(LineDecision.bank_line_id)
        .subquery()
    )
    query = (
        select(LineShare.about, BankLine.id, LineShare.amount_vnd, BankLine.at_ms)
        .join(LineDecision, LineDecision.id == LineShare.decision_id)
        .join(
            last,
            (last.c.bank_line_id == LineDecision.bank_line_id)
            & (last.c.number == LineDecision.number),
        )
        .join(BankLine, BankLine.id == LineDecision.bank_line_id)
        .where(LineShare.seller_id == seller_id, LineShare.about.in_(abouts))
        .order_by(BankLine.at_ms, BankLine.id)
    )
    return tuple(Paid(*row) for row in session.execute(query))
