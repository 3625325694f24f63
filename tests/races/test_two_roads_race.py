"""P3: a webhook and a statement that tell of the same money at the same moment count it once.

On both databases; the control takes the lock of the account's row away, and two lines pay one order twice.
"""

import threading
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.tables import reading
from payments import payments
from payments.bank import accounts, intake
from payments.bank.models import LineTelling
from payments.events import StatementTaking
from payments.ledger import chart, posting
from payments.ledger.entries import Balance, digest_of
from payments.models import BankAccount, BankLine, Payment, Receipt
from payments.statements import shelf, taking
from payments.statements.shelf import NewStatement
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell
from tests.support.many_hands import Act, House

pytestmark = pytest.mark.usefixtures("time_at")

ROUNDS = 20
DUE_VND = 130_000
HEAD = "Ngay giao dich,So but toan,Ghi no,Ghi co,Noi dung"


def both_roads(house: House, till: Till, reference: str) -> list[Act]:
    """A notice of one payment, and a statement with that movement that waits to be taken in."""

    def ready(session: Session) -> list[Act]:
        code = open_payment(session, till, DUE_VND)
        row = f"25/11/2026,{reference},,{DUE_VND},{code} tra tien"
        file_id = begun(session, till, f"{HEAD}\n{row}\n")
        body = sepay_body(till, Transfer(f"{code} tra tien", DUE_VND, reference))
        event = StatementTaking(file_id, 0)
        return [partial(tell, till=till, body=body), partial(taking.take_some, event=event)]

    return house.write(ready)


def begun(session: Session, till: Till, rows: str) -> str:
    """The id of a statement somebody looked at and pressed the button for."""
    new = NewStatement("a.csv", till.account_id, reading.pasted(rows), "0" * 64)
    file_id = shelf.keep(session, till.seller_id, new, "p:staff")
    account = accounts.facts(session, till.account_id)
    sent = shelf.get(session, till.seller_id, file_id)
    taking.begin(session, account, file_id, taking.preview(session, account, sent).shown)
    return file_id


def kept(session: Session, till: Till) -> tuple[int, ...]:
    """How many tellings, lines and receipts there are."""
    return tuple(
        session.scalar(select(func.count()).where(table.seller_id == till.seller_id)) or 0
        for table in (LineTelling, BankLine, Receipt)
    )


def books_are_of_each_paid_once(session: Session, till: Till) -> bool:
    asked = session.scalars(select(Payment.id).where(Payment.seller_id == till.seller_id)).all()
    paid = [Balance(chart.RECEIVED, id_, -DUE_VND) for id_ in asked]
    bank = Balance(chart.bank(till.account_id), "", DUE_VND * len(asked))
    return posting.digest(session, till.seller_id) == digest_of([bank, *paid])


def test_p3_told_by_webhook_and_statement_at_once_money_counts_once(house: House) -> None:
    till = house.write(make_till)
    for done in range(1, ROUNDS + 1):
        reference = f"FT{done:06d}" if done % 2 else ""  # banks do not always print one
        assert house.at_once(both_roads(house, till, reference)) == {"done": 2}
        with Session(house.engine) as session:
            assert kept(session, till) == (2 * done, done, done)
            assert books_are_of_each_paid_once(session, till)
    assert house.problems() == []


def test_without_the_accounts_lock_one_movement_pays_twice(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have looked for the other's telling before either writes its own."""
    gate, look = threading.Barrier(2), intake._book

    def look_together(*asked: object) -> intake._Book:
        found = look(*asked)  # type: ignore[arg-type]
        gate.wait(timeout=30)
        return found

    till = unlocked.write(make_till)
    acts = both_roads(unlocked, till, "")
    monkeypatch.setattr(
        intake, "locked_account", lambda session, id_: session.get_one(BankAccount, id_)
    )
    monkeypatch.setattr(intake, "_book", look_together)
    assert unlocked.at_once(acts) == {"done": 2}
    with Session(unlocked.engine) as session:
        assert kept(session, till) == (2, 2, 1)
        (code,) = session.scalars(select(Payment.code).where(Payment.seller_id == till.seller_id))
        assert payments.facts_by_code(session, code).surplus_vnd == DUE_VND
        assert not books_are_of_each_paid_once(session, till)
