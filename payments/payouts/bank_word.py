"""What the bank did with payouts: it paid one, brought one back, or was misread and a person says so.

The one way into `paid` and `returned` for money of the bank, whoever found the line: the machine
(`proving`) or a person (`by_hand`). Refuses to judge: who calls has locked the payout and
its list.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from payments.events import PayoutPaid
from payments.models import BankLine
from payments.payouts import book
from payments.payouts.book import Standing
from payments.payouts.errors import PayoutMoved
from payments.payouts.models import Payout, PayRun


def pay(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    """Let `amount_vnd` đồng of an outgoing line have paid the payout; less is owed by as much."""
    row.state, row.paid_ms, row.bank_line_id = "paid", clock.now_ms(), line.id
    row.paid_vnd = amount_vnd
    session.flush()
    _book(session, row, line, -amount_vnd, actor)
    to = row.account_id or ""
    outbox.publish(session, PayoutPaid(row.seller_id, row.id, row.payee, amount_vnd, to))


def bring_back(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    """Let an incoming line have brought `amount_vnd` đồng of a paid one back: they are owed again."""
    row.state, row.returned_ms, row.returned_line_id = "returned", clock.now_ms(), line.id
    row.returned_vnd = amount_vnd
    session.flush()
    _book(session, row, line, amount_vnd, actor)


def forget(session: Session, line: BankLine, actor: str) -> None:
    """Let the line have nothing to do with payouts any more: they stand as before it. Locks them.

    Raises:
        PayoutMoved: one that it paid was sent back since.
    """
    mine = Payout.bank_line_id if line.direction == "out" else Payout.returned_line_id
    query = select(Payout.id, Payout.run_id).where(mine == line.id).order_by(Payout.id)
    found = session.execute(query).all()
    runs = {id_: _locked_run(session, id_) for id_ in sorted({run or "" for _id, run in found})}
    for payout_id, run_id in found:
        row = session.get_one(Payout, payout_id, with_for_update=True, populate_existing=True)
        if line.direction == "in":
            row.state, row.returned_ms, row.returned_line_id, row.returned_vnd = _PAID
        elif row.state != "paid":
            raise PayoutMoved()
        else:
            row.state = "cancelled" if runs[run_id or ""].state == "cancelled" else "waiting"
            row.paid_ms, row.bank_line_id, row.paid_vnd = None, None, None
        session.flush()
        _book(session, row, line, 0, actor)


_PAID = ("paid", None, None, None)


def _locked_run(session: Session, run_id: str) -> PayRun:
    return session.get_one(PayRun, run_id, with_for_update=True, populate_existing=True)


def _book(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    kind = "payout" if line.direction == "out" else "returned"
    what = f"{row.code} · {line.reference}"
    reference = f"{kind}:{row.id}"
    standing = Standing(row.seller_id, row.payee, reference, kind, amount_vnd, what, line.at_ms)
    book.bring_to(session, standing, actor)
