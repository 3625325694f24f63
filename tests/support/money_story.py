"""A way of money in several commits that can be told from the start again after a kill, and how it ended.

Each step may be done again, as people, banks and timers do: staff under the client id of their first press,
the bank with the same reference, a timer as often as it likes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import outbox
from core.client_ids import JsonObject, key_of, once
from core.db import db, write
from payments import payments
from payments.ledger import chart, posting
from payments.ledger.entries import Balance, digest_of
from payments.ledger.models import LedgerEntry
from payments.models import BankLine, Payment, Receipt
from payments.payments import OpenPayment
from shop.fees.models import FeeEntry
from tests.factories.payments import (
    Till,
    Transfer,
    frozen,
    new_code,
    sepay_body,
    signed,
)
from tests.factories.refunds import PAID_VND

BOSS, OTHER = "p:boss", "p:other"


@dataclass
class Story(ABC):
    """A seller of its own whose money goes one way."""

    app: Flask
    till: Till

    @classmethod
    @abstractmethod
    def open(cls, app: Flask, session: Session) -> "Story":
        """The story's seller, before its first step."""

    @abstractmethod
    def steps(self) -> Sequence[Callable[[], object]]:
        """What happens, one after the other; each may happen again."""

    @abstractmethod
    def end(self, session: Session) -> object:
        """What came of it, without names that differ from one seller to the next."""

    def tell(self) -> None:
        """Every step, and what it sets off worked on to its end."""
        with self.app.app_context():
            for step in self.steps():
                step()
                outbox.run_pending()

    def press(self, what: str, act: Callable[[Session], JsonObject]) -> JsonObject:
        """A button of the desk: pressed again, it gives the first answer."""
        key = key_of(BOSS, f"{self.till.seller_id} {what}", what, {})
        return write(lambda session: once(session, key, lambda: act(session)))

    def bank_tells(self, till: Till, transfer: Transfer) -> None:
        body = sepay_body(till, transfer)
        path = f"/webhooks/sepay/{till.feed_id}"
        assert self.app.test_client().post(path, data=body, headers=signed(body)).status_code == 200

    def ended(self) -> tuple[object, ...]:
        """What came of it, and the seller's books: their digest, how many entries and receipts."""
        with self.app.app_context():
            session = db.session()
            return self.end(session), *books_of(session, self.till)


def asked_for(session: Session, till: Till) -> str:
    """A payment of 130.000 đ that is for no order, so that nobody else hears of it; its code."""
    code = new_code()
    wanted = OpenPayment(till.seller_id, f"story:{code}", code, PAID_VND, frozen(PAID_VND))
    payments.open(session, wanted)
    return code


def books_of(session: Session, till: Till) -> tuple[str, int, int]:
    """The digest of a seller's balances with ids made alike; how many entries and receipts there are."""
    lines = select(BankLine.id, BankLine.amount_vnd).where(BankLine.seller_id == till.seller_id)
    names = {id_: f"line of {vnd}" for id_, vnd in session.execute(lines)}
    asked = select(Payment.id, Payment.amount_vnd).where(Payment.seller_id == till.seller_id)
    names |= {id_: f"payment of {vnd}" for id_, vnd in session.execute(asked)}
    fees = select(FeeEntry.order_code, FeeEntry.amount_vnd).where(
        FeeEntry.seller_id == till.seller_id
    )
    names |= {code: f"fee of {vnd}" for code, vnd in session.execute(fees)}
    names[chart.bank(till.account_id)] = "bank"
    alike = [
        Balance(
            names.get(row.account, row.account), names.get(row.subject, row.subject), row.amount_vnd
        )
        for row in posting.balances(session, till.seller_id)
    ]
    return digest_of(alike), count(session, LedgerEntry, till), count(session, Receipt, till)


def count(session: Session, of: type[LedgerEntry | Receipt | BankLine], till: Till) -> int:
    query = select(func.count()).select_from(of).where(of.seller_id == till.seller_id)
    return session.scalar(query) or 0
