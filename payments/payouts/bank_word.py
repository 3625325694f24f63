"""What the bank did with payouts: it paid one, brought one back, or was misread and a person says so.

The one way into `paid` and `returned` for money of the bank, whoever found the line: the machine
(`proving`) or a person (`by_hand`). Refuses to judge: who calls has locked the payout and
its list.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from payments.events import PayoutPaid, PayoutReturned, PayoutUnwanted
from payments.ledger import posting
from payments.models import BankLine
from payments.payouts import book
from payments.payouts.book import Standing
from payments.payouts.errors import PayoutMoved
from payments.payouts.models import Payout, PayRun


def pay(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    """Let `amount_vnd` đồng of an outgoing line have paid the payout; less is owed by as much.

    If the payout was cancelled, what other lists promise its payee beyond what is owed falls off them.
    """
    unwanted = row.state == "cancelled"
    row.state, row.paid_ms, row.bank_line_id = "paid", clock.now_ms(), line.id
    row.paid_vnd = amount_vnd
    session.flush()
    _book(session, row, line, -amount_vnd, actor)
    to = row.account_id or ""
    outbox.publish(session, PayoutPaid(row.seller_id, row.id, row.payee, amount_vnd, to))
    if unwanted:
        _drop_promised(session, row)
        outbox.publish(session, PayoutUnwanted(row.seller_id, row.id, row.payee, amount_vnd))


def bring_back(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    """Let an incoming line have brought `amount_vnd` đồng of a paid one back: they are owed again."""
    row.state, row.returned_ms, row.returned_line_id = "returned", clock.now_ms(), line.id
    row.returned_vnd = amount_vnd
    session.flush()
    _book(session, row, line, amount_vnd, actor)
    returned = PayoutReturned(row.seller_id, row.id, row.payee, amount_vnd, row.account_id or "")
    outbox.publish(session, returned)


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
        if line.direction == "in":
            _drop_promised(session, row)


_PAID = ("paid", None, None, None)


def _drop_promised(session: Session, paid: Payout) -> None:
    """Cancel what is promised to the payee beyond what is owed now, the newest first.

    Holds the end of the seller's ledger, as whoever promises does, so that none is made meanwhile.
    """
    posting.locked_series(session, paid.seller_id)
    query = select(Payout).where(
        Payout.seller_id == paid.seller_id, Payout.payee == paid.payee, Payout.state == "waiting"
    )
    query = query.order_by(Payout.made_ms.desc(), Payout.id.desc()).with_for_update()
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    owed_vnd = max(0, book.owed(session, paid.seller_id, paid.payee))
    promised_vnd = sum(row.amount_vnd for row in rows)
    for row in rows:
        if promised_vnd > owed_vnd:
            row.state = "cancelled"
            promised_vnd -= row.amount_vnd
    session.flush()


def _locked_run(session: Session, run_id: str) -> PayRun:
    return session.get_one(PayRun, run_id, with_for_update=True, populate_existing=True)


def _book(session: Session, row: Payout, line: BankLine, amount_vnd: int, actor: str) -> None:
    kind = "payout" if line.direction == "out" else "returned"
    what = f"{row.code} · {line.reference}"
    reference = f"{kind}:{row.id}"
    standing = Standing(row.seller_id, row.payee, reference, kind, amount_vnd, what, line.at_ms)
    book.bring_to(session, standing, actor)
