"""Four ways of money: a statement taken in, a refund, a list of payees, a month's fee."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db, write
from core.tables import reading
from payments import payments
from payments.bank import accounts as bank_accounts
from payments.models import BankLine, Payment
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.models import PayRun
from payments.payouts.paying import Wanted
from payments.refunds import beginning, owed, sending
from payments.refunds.beginning import Asked
from payments.statements import shelf, taking
from payments.statements.shelf import NewStatement
from shop.fees import invoicing, monthly, months, reactions, ruling
from shop.fees.fee_rules import Rate
from shop.fees.models import FeeEntry, FeeInvoice
from shop.fees.ruling import NewRule
from shop.tax import modes
from tests.factories.payments import (
    Till,
    Transfer,
    make_till,
    pay,
)
from tests.factories.refunds import PAID_VND, give_account
from tests.factories.shop import make_stand, paid_order
from tests.support.money_story import BOSS, OTHER, Story, asked_for, books_of, count

BACK_VND, EACH_VND = 18_000, 3_000_000
PAYEES = ("member:a", "member:b")


@dataclass
class StatementImport(Story):
    """A file of five rows is sent, looked at and taken in, two rows a write: two orders are paid by it."""

    rows: str

    @classmethod
    def open(cls, app: Flask, session: Session) -> "StatementImport":
        till = make_till(session)
        codes = [asked_for(session, till) for _ in range(2)]
        rows = "".join(
            f"25/11/2026,FT{at},{out},{came},{text}\n"
            for at, (out, came, text) in enumerate(
                [
                    ("", PAID_VND, codes[0]),
                    ("", 9_000, "tien che"),
                    (3_300, "", "phi"),
                    ("", 60_000, codes[1]),
                    ("", 70_000, codes[1]),
                ]
            )
        )
        return cls(app, till, f"Ngay giao dich,So but toan,Ghi no,Ghi co,Noi dung\n{rows}")

    def steps(self) -> Sequence[Callable[[], object]]:
        return (self.send, self.take)

    def send(self) -> None:
        new = NewStatement("a.csv", self.till.account_id, reading.pasted(self.rows), "0" * 64)
        seller = self.till.seller_id
        sent = self.press("send", lambda one: {"id": shelf.keep(one, seller, new, BOSS)})
        self.statement = str(sent["id"])

    def take(self) -> None:
        write(self._take)

    def _take(self, session: Session) -> None:
        account = bank_accounts.facts(session, self.till.account_id)
        kept = shelf.get(session, self.till.seller_id, self.statement)
        shown = taking.preview(session, account, kept).shown
        taking.begin(session, account, self.statement, shown)

    def end(self, session: Session) -> object:
        states = select(Payment.state).where(Payment.seller_id == self.till.seller_id)
        facts = shelf.get(session, self.till.seller_id, self.statement).facts
        lines = count(session, BankLine, self.till)
        return list(session.scalars(states)), facts.state, facts.new_lines, lines


@dataclass
class RefundBack(Story):
    """18.000 đ go back: the buyer gives an account, staff begin and send, the bank tells that it went."""

    reference: str

    @classmethod
    def open(cls, app: Flask, session: Session) -> "RefundBack":
        till = make_till(session)
        code = asked_for(session, till)
        pay(session, till, code, PAID_VND)
        payments.mark_part_refund_due(session, f"story:{code}", BACK_VND)
        return cls(app, till, f"story:{code}")

    def steps(self) -> Sequence[Callable[[], object]]:
        return (
            lambda: write(lambda session: give_account(session, self.reference)),
            self.begin,
            self.send,
            self.goes_out,
        )

    def begin(self) -> None:
        asked = Asked(self.till.seller_id, self.reference, BACK_VND, "cân nhẹ hơn", BOSS)
        begun = self.press("begin", lambda one: {"id": beginning.begin(one, asked)})
        self.refund = str(begun["id"])

    def send(self) -> None:
        def act(session: Session) -> JsonObject:
            sending.say_sent(session, self.till.seller_id, self.refund, "FTBACK", BOSS)
            return {}

        self.press("send", act)

    def goes_out(self) -> None:
        code = owed.refund(db.session(), self.till.seller_id, self.refund).code
        self.bank_tells(self.till, Transfer(f"hoan {code}", BACK_VND, "FTBACK", direction="out"))

    def end(self, session: Session) -> object:
        (debt,) = owed.of_references(session, [self.reference])
        facts = payments.facts(session, self.reference)
        return facts.state, debt.still_vnd, debt.left_vnd, [one.state for one in debt.refunds]


@dataclass
class PayList(Story):
    """Two members are paid by a list that a second person agrees to; the bank pays one, then the other."""

    @classmethod
    def open(cls, app: Flask, session: Session) -> "PayList":
        till = make_till(session)
        for payee in PAYEES:
            said = Recorded(payee, "extra", EACH_VND, "chè", clock.now_ms())
            book.record(session, till.seller_id, said, BOSS)
            new = NewAccount(payee, "Agribank", "85001234", "Nguyễn Thị Nụ")
            accounts.put(session, till.seller_id, new, BOSS)
        return cls(app, till)

    def steps(self) -> Sequence[Callable[[], object]]:
        return (self.draft, self.agree, *(partial(self.pays, place) for place in range(2)))

    def draft(self) -> None:
        wanted = [Wanted(payee, "Bà Nụ", EACH_VND) for payee in PAYEES]
        made = self.press(
            "draft", lambda one: {"id": paying.draft(one, self.till.seller_id, wanted, BOSS)}
        )
        self.run = str(made["id"])

    def agree(self) -> None:
        def act(session: Session) -> JsonObject:
            paying.agree(session, self.till.seller_id, self.run, OTHER)
            return {}

        self.press("agree", act)

    def pays(self, place: int) -> None:
        (one, other) = sorted(self._run(db.session()).payouts, key=lambda paid: paid.id)
        code = (one, other)[place].code
        self.bank_tells(self.till, Transfer(code, EACH_VND, f"FT{code}", direction="out"))

    def _run(self, session: Session) -> lists.RunFacts:
        return lists.run(session, self.till.seller_id, self.run)

    def end(self, session: Session) -> object:
        run = self._run(session)
        lists = session.scalar(select(func.count()).where(PayRun.seller_id == self.till.seller_id))
        left = [book.owed(session, self.till.seller_id, payee) for payee in PAYEES]
        return run.state, run.paid_vnd, [one.state for one in run.payouts], left, lists


@dataclass
class FeeMonth(Story):
    """A month's fee is invoiced by the timer, and paid to the platform's own account."""

    office: Till

    @classmethod
    def open(cls, app: Flask, session: Session) -> "FeeMonth":
        stand, office = make_stand(session), make_till(session)
        seller = stand.seller_id
        rule = NewRule("phí", Rate(0, fixed_vnd=5_000), seller_id=seller)
        ruling.add(session, rule, "operator")
        modes.choose(session, seller, "off", BOSS)
        reactions.follow(session, paid_order(session, stand))
        last = months.this_month().before
        session.execute(
            update(FeeEntry).where(FeeEntry.seller_id == seller).values(at_ms=last.begins_ms)
        )
        invoicing.pay_to(session, office.seller_id)
        return cls(app, stand.till, office)

    def steps(self) -> Sequence[Callable[[], object]]:
        return (lambda: write(monthly.issue_due), self.comes)

    def comes(self) -> None:
        code = self._invoice(db.session()).code
        self.bank_tells(self.office, Transfer(f"tra phi {code}", 5_000, f"FT{code}"))

    def _invoice(self, session: Session) -> FeeInvoice:
        query = select(FeeInvoice).where(FeeInvoice.seller_id == self.till.seller_id)
        return session.scalars(query).one()

    def end(self, session: Session) -> object:
        invoice = self._invoice(session)
        facts = payments.facts_by_code(session, invoice.code)
        books = books_of(session, self.office)
        return invoice.paid_by, invoice.total_vnd, facts.state, facts.paid_vnd, books


STORIES: tuple[type[Story], ...] = (StatementImport, RefundBack, PayList, FeeMonth)
