"""What `flask fsck` proves of people's decisions: they are whole, money stands as they say (P7)."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.fsck import check
from payments.desk import kinds, strangers
from payments.desk.models import LineDecision, LineShare
from payments.models import BankAccount, BankLine, MatchedPart
from payments.receiving.models import ReceivingChange

Stands = dict[tuple[str, str], int]
"""Đồng by where they stand: a line's id, and a payment's id or the name of an account."""


@check("payments.decisions_are_whole")
def shares_sum_to_the_line(session: Session) -> Iterable[str]:
    """The shares of each placing sum to its line, and a line's decisions are numbered without gaps."""
    placed = func.coalesce(func.sum(LineShare.amount_vnd), 0)
    query = (
        select(LineDecision.id, BankLine.amount_vnd, placed)
        .join(BankLine, BankLine.id == LineDecision.bank_line_id)
        .outerjoin(LineShare, LineShare.decision_id == LineDecision.id)
        .where(LineDecision.kind == "place")
        .group_by(LineDecision.id, BankLine.amount_vnd)
        .having(placed != BankLine.amount_vnd)
    )
    for decision_id, amount_vnd, placed_vnd in session.execute(query):
        yield f"decision {decision_id}: places {placed_vnd} of {amount_vnd} đồng"
    numbers = select(
        LineDecision.bank_line_id, func.max(LineDecision.number), func.count()
    ).group_by(LineDecision.bank_line_id)
    for line_id, last, count in session.execute(numbers):
        if last != count:
            yield f"bank line {line_id}: {count} decisions, the last is number {last}"


@check("payments.decided_money_stands_so")
def money_stands_as_decided(session: Session) -> Iterable[str]:
    """What a person placed last stands with that payment or in that account, to the đồng."""
    last = (
        select(LineDecision.bank_line_id, func.max(LineDecision.number).label("number"))
        .group_by(LineDecision.bank_line_id)
        .subquery()
    )
    in_force = (
        select(LineDecision.id, LineDecision.bank_line_id)
        .join(
            last,
            (last.c.bank_line_id == LineDecision.bank_line_id)
            & (last.c.number == LineDecision.number),
        )
        .where(LineDecision.kind == "place")
        .subquery()
    )
    said = select(
        in_force.c.bank_line_id, LineShare.payment_id, LineShare.account, LineShare.amount_vnd
    ).join(LineShare, LineShare.decision_id == in_force.c.id)
    stand = select(
        in_force.c.bank_line_id,
        MatchedPart.payment_id,
        MatchedPart.account,
        MatchedPart.amount_vnd,
    ).join(MatchedPart, MatchedPart.bank_line_id == in_force.c.bank_line_id)
    wanted, found = _sums(session.execute(said)), _sums(session.execute(stand))
    for line_id, target in sorted(wanted.keys() | found.keys()):
        if wanted.get((line_id, target)) != found.get((line_id, target)):
            yield f"bank line {line_id}: not placed as decided ({target})"


@check("payments.kinds_fit_their_lines")
def kinds_fit_their_lines(session: Session) -> Iterable[str]:
    """A share of a kind is of one for the way its line went, and says for what where the kind asks."""
    query = (
        select(LineShare.id, LineShare.account, LineShare.about, BankLine.direction)
        .join(LineDecision, LineDecision.id == LineShare.decision_id)
        .join(BankLine, BankLine.id == LineDecision.bank_line_id)
        .where(LineShare.account.in_(kinds.ACCOUNTS))
    )
    for share_id, account, about, direction in session.execute(query):
        kind = kinds.kind(account, direction)
        if kind is None or kind.asks != bool(about):
            yield f"share {share_id}: {account} does not fit a line {direction} ({about or '-'})"


@check("payments.strangers_get_no_more_than_set_aside")
def strangers_get_no_more_than_set_aside(session: Session) -> Iterable[str]:
    """No more went back to people who belong to no payment than was set aside for them."""
    for seller_id in session.scalars(select(BankAccount.seller_id).distinct()):
        left_vnd = strangers.left_vnd(session, seller_id)
        if left_vnd < 0:
            yield f"seller {seller_id}: {-left_vnd} đ went back beyond what was set aside"


def _sums(rows: Iterable[tuple[str, str | None, str, int]]) -> Stands:
    sums: Stands = {}
    for line_id, payment_id, account, amount_vnd in rows:
        key = (line_id, payment_id or account)
        sums[key] = sums.get(key, 0) + amount_vnd
    return sums


@check("payments.receiving_accounts_are_the_sellers")
def receiving_accounts_are_the_sellers(session: Session) -> Iterable[str]:
    """Nobody's buyers are led to an account of another seller."""
    query = (
        select(ReceivingChange.id)
        .join(BankAccount, BankAccount.id == ReceivingChange.account_id)
        .where(BankAccount.seller_id != ReceivingChange.seller_id)
    )
    for change_id in session.scalars(query):
        yield f"change {change_id}: leads to another seller's account"
