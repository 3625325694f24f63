"""What can happen to a seller's money, in any sequence; after each step the books are looked at."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from payments import cash, payments
from payments.cash import COD, STALL, Cash
from payments.ledger import ledger_checks, posting
from tests.factories.payments import Transfer, make_till, open_payment, sepay_body, tell
from tests.support.histories import slipped

CHECKS = (
    ledger_checks.entries_sum_to_zero,
    ledger_checks.chain_is_whole,
    ledger_checks.bank_equals_its_lines,
    ledger_checks.cash_equals_its_lines,
    ledger_checks.placements_equal_the_parts,
)
EDITS = (
    "UPDATE ledger_lines SET amount_vnd = -amount_vnd",
    "DELETE FROM ledger_lines",
    "UPDATE ledger_entries SET what = ''",
    "DELETE FROM ledger_entries",
)
amounts = st.sampled_from([40_000, 65_000, 130_000, 195_000])
some = st.integers(0, 5)


class LedgerMachine(RuleBasedStateMachine):
    """Plays bank, buyers and staff against the real tables of either database."""

    engine: Engine

    @initialize()
    def open_till(self) -> None:
        self.session = Session(self.engine)
        self.till = make_till(self.session)
        self.codes: list[str] = []
        self.told: list[bytes] = []
        self.entries = 0

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def code(self, which: int) -> str:
        return self.codes[which % len(self.codes)]

    def hear(self, body: bytes) -> None:
        self.told.append(body)
        tell(self.session, self.till, body)

    @rule(amount_vnd=amounts)
    def ask(self, amount_vnd: int) -> None:
        self.codes.append(open_payment(self.session, self.till, amount_vnd))

    @precondition(lambda self: self.codes)
    @rule(which=some, amount_vnd=amounts, minute=st.integers(0, 59), by_slip=st.booleans())
    def come(self, which: int, amount_vnd: int, minute: int, *, by_slip: bool) -> None:
        code = self.code(which)
        memo = (slipped(code) if by_slip else None) or code
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
            payments.mark_part_refund_due(self.session, reference, 18_000)
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
        assert [bad for check in CHECKS for bad in check(self.session)] == []
        count = self.session.scalar(text("SELECT count(*) FROM ledger_entries")) or 0
        assert count >= self.entries
        self.entries = count


def play(engine: Engine, histories: int, steps: int) -> None:
    """Play so many histories of at most so many steps; they are the same ones each time."""
    machine = type("Machine", (LedgerMachine,), {"engine": engine})
    size = settings(max_examples=histories, stateful_step_count=steps)
    run_state_machine_as_test(machine, settings=settings(size, derandomize=True))
