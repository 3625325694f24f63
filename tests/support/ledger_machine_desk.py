"""What staff do about money, for the machine of the ledger: refunds to their end, decisions about lines."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import func, select

from payments import payments
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.desk.models import LineDecision
from payments.models import BankLine
from payments.refunds import beginning, buyers_account, owed, sending
from payments.refunds.beginning import Asked
from payments.refunds.rules import Source
from payments.states import Account
from tests.factories.payments import Transfer, sepay_body
from tests.factories.refunds import ACCOUNT, BUYER, STAFF
from tests.support.ledger_machine import LedgerMachine, amounts, some

STEPS = st.sampled_from(["sent", "not_sent", "drop", "confirm"])
MUCH = st.sampled_from(["some", "all", "extra"])
WAYS = st.sampled_from(["pay", "split", "not_ours", "back"])


class LedgerDesk(LedgerMachine):
    """Plays those who give money back and who say what a line is for; much of it is refused."""

    def prepare(self) -> None:
        self.refunds: list[str] = []

    def one(self, which: int) -> owed.RefundFacts:
        """One of the refunds that were begun."""
        refund_id = self.refunds[which % len(self.refunds)]
        return owed.refund(self.session, self.till.seller_id, refund_id)

    def lines(self) -> list[BankLine]:
        query = select(BankLine).where(BankLine.seller_id == self.till.seller_id)
        return list(self.session.scalars(query.order_by(BankLine.reference)))

    @precondition(lambda self: self.codes)
    @rule(which=some, much=MUCH, back=st.booleans())
    def give_back_to_the_end(self, which: int, much: str, *, back: bool) -> None:
        before = len(self.refunds)
        facts = payments.facts_by_code(self.session, self.code(which))
        vnd, source = {
            "some": (18_000, Source.PAID),
            "all": (facts.paid_vnd - facts.begun_vnd, Source.PAID),
            "extra": (facts.surplus_vnd, Source.EXTRA),
        }[much]
        self.begin_refund(which, vnd, source, named=True)
        for direction in ("out", "in") if back else ("out",):
            for one in range(before, len(self.refunds)):
                self.bank_tells_of_a_refund(one, direction, exact=True)

    @precondition(lambda self: self.codes)
    @rule(which=some, amount_vnd=amounts, source=st.sampled_from(Source), named=st.booleans())
    def begin_refund(self, which: int, amount_vnd: int, source: Source, *, named: bool) -> None:
        reference = f"order:{self.code(which)}"
        asked = Asked(self.till.seller_id, reference, amount_vnd, "hộp móp", STAFF, source)
        begun: list[str] = []
        if self.try_to(lambda: begun.append(beginning.begin(self.session, asked))):
            self.refunds += begun
        if named:
            self.try_to(lambda: buyers_account.give(self.session, reference, ACCOUNT, BUYER))

    @precondition(lambda self: self.refunds)
    @rule(which=some, step=STEPS, line=some)
    def go_on_with_a_refund(self, which: int, step: str, line: int) -> None:
        seller, refund = self.till.seller_id, self.one(which)
        ids = [one.id for one in self.lines()] or ["none came"]
        steps = {
            "sent": lambda: sending.say_sent(self.session, seller, refund.id, "FT77", STAFF),
            "not_sent": lambda: sending.take_back(self.session, seller, refund.id),
            "drop": lambda: beginning.drop(self.session, seller, refund.id, STAFF),
            "confirm": lambda: sending.confirm(
                self.session, seller, refund.id, ids[line % len(ids)]
            ),
        }
        self.try_to(steps[step])

    @precondition(lambda self: self.refunds)
    @rule(which=some, direction=st.sampled_from(["out", "in"]), exact=st.booleans())
    def bank_tells_of_a_refund(self, which: int, direction: str, *, exact: bool) -> None:
        refund = self.one(which)
        much = refund.amount_vnd + (0 if exact else 1_000)
        self.hear(sepay_body(self.till, Transfer(refund.code, much, direction=direction)))

    @precondition(lambda self: self.codes and self.told)
    @rule(which=some, line=some, way=WAYS)
    def decide_about_a_line(self, which: int, line: int, way: str) -> None:
        found = self.lines()
        chosen = found[line % len(found)]
        first, second = (
            payments.facts_by_code(self.session, self.code(one)).id for one in (which, which + 1)
        )
        half = chosen.amount_vnd // 2
        shares = {
            "pay": [Share(chosen.amount_vnd, first)],
            "split": [Share(half, first), Share(chosen.amount_vnd - half, second)],
            "not_ours": [Share(chosen.amount_vnd, None, Account.NOT_OURS)],
            "back": [Share(chosen.amount_vnd, None, Account.REFUND_DUE)],
        }[way]
        self.try_to(lambda: decisions.place(self.session, self.word(chosen), shares))

    @precondition(lambda self: self.codes)
    @rule(which=some)
    def unnamed_money_is_placed(self, which: int) -> None:
        facts = payments.facts_by_code(self.session, self.code(which))
        if facts.due_vnd:
            self.hear(sepay_body(self.till, Transfer("tien che", facts.due_vnd)))
            shares = [Share(facts.due_vnd, facts.id)]
            line = self.lines()[-1]
            self.try_to(lambda: decisions.place(self.session, self.word(line), shares))

    @precondition(lambda self: self.told)
    @rule(line=some)
    def take_a_decision_back(self, line: int) -> None:
        found = self.lines()
        chosen = found[line % len(found)]
        self.try_to(lambda: decisions.take_back(self.session, self.word(chosen)))

    def word(self, line: BankLine) -> Word:
        query = select(func.count()).where(LineDecision.bank_line_id == line.id)
        seen = self.session.scalar(query) or 0
        return Word(self.till.seller_id, line.id, seen, STAFF, "xem lại")
