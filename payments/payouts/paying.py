"""Payees are paid: by a list for the bank, or by hand. Only the bank's line makes a transfer paid.

What is on its way counts as promised, so that nobody is paid twice; whoever promises holds the end of the
seller's ledger, so that lists are numbered one after the other. Refuses more than is owed, an account that
was just changed, and a large list that one person alone made (`payments.bank.change_rules`).
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.codes import new_order_code
from core.errors import BadRequest
from core.ids import new_id
from core.money import check_vnd, format_vnd
from core.text import clean_line
from payments import placing
from payments.bank.change_errors import SecondPersonNeeded
from payments.bank.change_rules import TWO_PERSONS_FROM_VND, check_payout
from payments.ledger import posting
from payments.payouts import accounts, alone, book, run_rows
from payments.payouts.book import Standing
from payments.payouts.errors import (
    CashNeedsAnother,
    MoreThanOwed,
    NoPayeeAccount,
    RunEmpty,
    RunNotOpen,
)
from payments.payouts.models import Payout, PayRun

_LONGEST = 80


@dataclass(frozen=True)
class Wanted:
    """Somebody to be paid so many đồng, by the name the bank and the list shall show."""

    payee: str
    name: str
    amount_vnd: int


def give_cash(session: Session, seller_id: str, given: Wanted, word: str, actor: str) -> str:
    """Write down money handed to a payee, who said so in `word`; returns the payout's id.

    Raises:
        MoreThanOwed: less is owed, or it is on its way. BadRequest: the payee's word is missing.
        CashNeedsAnother: `actor` alone released too much in 72 hours.
        BadAmount: nothing, or more than one sum may be.
    """
    said = clean_line(word, _LONGEST)
    if not said:
        raise BadRequest(field="said", why="empty")
    posting.locked_series(session, seller_id)
    _require_owed(session, seller_id, given)
    if alone.needs_second(session, seller_id, given.amount_vnd, actor):
        raise CashNeedsAnother(format_vnd(TWO_PERSONS_FROM_VND))
    row = _payout(session, seller_id, given, actor)
    row.method, row.word, row.state, row.paid_ms = "cash", said, "paid", clock.now_ms()
    row.paid_vnd = row.amount_vnd
    session.add(row)
    session.flush()
    book.bring_to(session, _standing(row, said, cash=True), actor)
    return row.id


def draft(session: Session, seller_id: str, wanted: Sequence[Wanted], actor: str) -> str:
    """Make a list of people to be paid by bank; returns its id.

    A list below the limit of one person is agreed at once, by whoever made it; what they released alone in
    the last 72 hours counts.

    Raises:
        RunEmpty: nobody is on it. NoPayeeAccount: somebody has no account. MoreThanOwed: see `give_cash`.
        PayoutRests: an account was changed less than 72 hours ago.
    """
    if not wanted:
        raise RunEmpty()
    posting.hold(session, seller_id)
    known = accounts.newest(session, seller_id, [one.payee for one in wanted])
    listed = PayRun(
        id=new_id(),
        seller_id=seller_id,
        number=next_number(session, seller_id),
        code=_new_code(session),
        state="drafted",
        total_vnd=sum(one.amount_vnd for one in wanted),
        made_by=actor,
        made_ms=clock.now_ms(),
    )
    session.add(listed)
    session.flush()
    for one in wanted:
        _require_owed(session, seller_id, one)
        account = known.get(one.payee)
        if account is None:
            raise NoPayeeAccount(one.name)
        check_payout(0, account.changed_ms, clock.now_ms(), persons=1)
        row = _payout(session, seller_id, one, actor)
        row.method, row.run_id, row.account_id = "bank", listed.id, account.id
        session.add(row)
        session.flush()
    if not alone.needs_second(session, seller_id, listed.total_vnd, actor):
        _agreed(listed, actor)
    session.flush()
    return listed.id


def agree(session: Session, seller_id: str, run_id: str, actor: str) -> None:
    """Let a list go to the bank that was too large for one person when it was made.

    What the bank told of it before, pays it now.

    Raises:
        SecondPersonNeeded: whoever made it may not agree alone yet. RunNotOpen: it was agreed or cancelled.
        NotFound: not this seller's.
    """
    run = run_rows.locked_run(session, seller_id, run_id)
    if run.state != "drafted":
        raise RunNotOpen()
    posting.locked_series(session, seller_id)
    if actor == run.made_by and alone.needs_second(session, seller_id, run.total_vnd, actor):
        raise SecondPersonNeeded()
    _agreed(run, actor)
    session.flush()
    sums = {run.total_vnd, *(row.amount_vnd for row in run_rows.of_run(session, run_id))}
    placing.look_again(session, seller_id, sums)


def cancel(session: Session, seller_id: str, run_id: str, actor: str) -> None:
    """Take back what of a list the bank has not paid: it is owed as before. Paid ones stay.

    Raises:
        RunNotOpen: it was cancelled before. NotFound: not this seller's.
    """
    run = run_rows.locked_run(session, seller_id, run_id)
    if run.state == "cancelled":
        raise RunNotOpen()
    for row in run_rows.of_run(session, run_id):
        if row.state == "waiting":
            row.state = "cancelled"
    run.state, run.cancelled_by, run.cancelled_ms = "cancelled", actor, clock.now_ms()
    session.flush()


def on_their_way(
    session: Session, seller_id: str, payees: Collection[str] | None = None
) -> dict[str, int]:
    """Đồng of lists that the bank has not paid yet, by payee."""
    query = (
        select(Payout.payee, func.sum(Payout.amount_vnd))
        .where(Payout.seller_id == seller_id, Payout.state == "waiting")
        .group_by(Payout.payee)
    )
    if payees is not None:
        query = query.where(Payout.payee.in_(payees))
    return {payee: int(much) for payee, much in session.execute(query)}


def _require_owed(session: Session, seller_id: str, wanted: Wanted) -> None:
    """Precondition: the seller's series is locked, so that no two count on the same đồng."""
    check_vnd(wanted.amount_vnd, least=1)
    promised = on_their_way(session, seller_id, [wanted.payee]).get(wanted.payee, 0)
    left = max(0, book.owed(session, seller_id, wanted.payee) - promised)
    if wanted.amount_vnd > left:
        raise MoreThanOwed(format_vnd(left))


def _payout(session: Session, seller_id: str, wanted: Wanted, actor: str) -> Payout:
    return Payout(
        id=new_id(),
        seller_id=seller_id,
        payee=wanted.payee,
        name=clean_line(wanted.name, _LONGEST),
        code=_new_code(session),
        amount_vnd=wanted.amount_vnd,
        state="waiting",
        actor=actor,
        made_ms=clock.now_ms(),
    )


def _standing(row: Payout, what: str, *, cash: bool) -> Standing:
    reference = f"payout:{row.id}"
    return Standing(row.seller_id, row.payee, reference, "payout", -row.amount_vnd, what, cash=cash)


def _agreed(run: PayRun, actor: str) -> None:
    run.state, run.agreed_by, run.agreed_ms = "agreed", actor, clock.now_ms()


def next_number(session: Session, seller_id: str) -> int:
    """The number after the seller's last list; precondition: the seller's series is locked."""
    query = select(func.coalesce(func.max(PayRun.number), 0)).where(PayRun.seller_id == seller_id)
    return (session.scalar(query) or 0) + 1


def _new_code(session: Session) -> str:
    """A code no payout and no run has."""
    while True:
        code = new_order_code(secrets.randbelow)
        payout = select(Payout.id).where(Payout.code == code)
        run = select(PayRun.id).where(PayRun.code == code)
        if session.scalar(payout) is None and session.scalar(run) is None:
            return code
