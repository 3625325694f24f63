"""What can happen to a seller's money, in any sequence; after each step the books are looked at."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core import clock, fsck
from core.clock import FixedClock
from core.errors import DomainError
from core.fsck import Check
from payments import cash, payments
from payments.cash import COD, STALL, Cash
from payments.ledger import posting
from tests.conftest import START_MS
from tests.factories.payments import Transfer, make_till, sepay_body, tell
from tests.support.histories import ask, slipped

MONEY = ("ledger.", "payments.", "payouts.")
EDITS = (
    "UPDATE ledger_lines SET amount_vnd = -amount_vnd",
    "DELETE FROM ledger_lines",
    "UPDATE ledger_entries SET what = ''",
    "DELETE FROM ledger_entries",
)
amounts = st.sampled_from([40_000, 65_000, 130_000, 195_000])
some = st.integers(0, 5)


def checks() -> list[Check]:
    """Everything `flask fsck` knows of money."""
    return [look for name, look in sorted(fsck._checks.items()) if name.startswith(MONEY)]


class LedgerMachine(RuleBasedStateMachine):
    """Plays bank, buyers and staff against the real tables of either database."""

    engine: Engine

    @initialize()
    def open_till(self) -> None:
        self.session = Session(self.engine)
        self.time = FixedClock(START_MS)
        clock.use(self.time)
        self.till = make_till(self.session)
        self.codes: list[str] = []
        self.told: list[bytes] = []
        self.entries = 0
        self.prepare()

    def prepare(self) -> None:
        """What else a machine has before its first step."""

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def code(self, which: int) -> str:
        return self.codes[which % len(self.codes)]

    def hear(self, body: bytes) -> None:
        self.told.append(body)
        tell(self.session, self.till, body)

    def try_to(self, act: Callable[[], object]) -> bool:
        """Do what may be refused; whether it was done. Refused, it leaves nothing."""
        try:
            with self.session.begin_nested():
                act()
        except DomainError:
            return False
        return True

    @rule(amount_vnd=amounts)
    def ask(self, amount_vnd: int) -> None:
        self.codes.append(ask(self.session, self.till, amount_vnd))

    @rule(amount_vnd=amounts, more_vnd=st.sampled_from([0, 0, 20_000]))
    def sell(self, amount_vnd: int, more_vnd: int) -> None:
        self.ask(amount_vnd)
        self.hear(sepay_body(self.till, Transfer(self.codes[-1], amount_vnd + more_vnd)))

    @precondition(lambda self: self.codes)
    @rule(which=some, amount_vnd=amounts, minute=st.integers(0, 59), by_slip=st.booleans())
    def come(self, which: int, amount_vnd: int, minute: int, *, by_slip: bool) -> None:
        code = self.code(which)
        memo = str(slipped(code)) if by_slip else code
        at = f"2026-11-25 19:{minute:02d}:00"
        self.hear(sepay_body(self.till, Transfer(memo, amount_vnd, at=at)))

    @rule(amount_vnd=amounts, direction=st.sampled_from(["in", "out"]))
    def come_unnamed_or_go(self, amount_vnd: int, direction: str) -> None:
        self.hear(sepay_body(self.till, Transfer("tien", amount_vnd, direction=direction)))

    @precondition(lambda self: self.told)
    @rule(which=some)
    def repeat(self, which: int) -> None:
        before = posting.digest(self.session, self.till.seller_id)
        tell(self.session, self.till, self.told[which % len(self.told)])
        assert posting.digest(self.session, self.till.seller_id) == before

    @precondition(lambda self: self.codes)
    @rule(which=some, kind=st.sampled_from([STALL, COD]))
    def take_cash(self, which: int, kind: str) -> None:
        reference = f"order:{self.code(which)}"
        due_vnd = payments.facts(self.session, reference).due_vnd
        if due_vnd:
            cash.attest(self.session, reference, Cash(due_vnd, kind, "p:staff"))

    @precondition(lambda self: self.codes)
    @rule(which=some)
    def expire(self, which: int) -> None:
        payments.expire(self.session, f"order:{self.code(which)}")

    @precondition(lambda self: self.codes)
    @rule(which=some, part=st.booleans())
    def owe_back(self, which: int, *, part: bool) -> None:
        reference = f"order:{self.code(which)}"
        if part:
            self.try_to(lambda: payments.mark_part_refund_due(self.session, reference, 18_000))
        else:
            payments.mark_refund_due(self.session, reference, "goods_gone")

    @precondition(lambda self: self.told)
    @rule(edit=st.sampled_from(EDITS))
    def somebody_edits_the_books(self, edit: str) -> None:
        self.session.flush()
        with pytest.raises(DatabaseError), self.session.begin_nested():
            self.session.execute(text(edit))

    @invariant()
    def books_are_whole_and_only_grow(self) -> None:
        self.session.flush()
        problems = [bad for look in checks() for bad in look(self.session)]
        assert not problems, problems
        count = self.session.scalar(text("SELECT count(*) FROM ledger_entries")) or 0
        assert count >= self.entries
        self.entries = count
