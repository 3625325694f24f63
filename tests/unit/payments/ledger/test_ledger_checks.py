"""`flask fsck` on the ledger: quiet on sound books, each fault named; old money is booked by `prepare`."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import fsck
from payments import cash, payments
from payments.bank import remitted
from payments.cash import COD, STALL, Cash
from payments.ledger import chart, ledger_checks, opening, posting
from tests.factories.payments import Till, Transfer, make_till, open_payment, pay, sepay_body, tell

CHECKS = (
    ledger_checks.entries_sum_to_zero,
    ledger_checks.chain_is_whole,
    ledger_checks.bank_equals_its_lines,
    ledger_checks.cash_equals_its_lines,
    ledger_checks.placements_equal_the_parts,
    ledger_checks.closed_months_stay,
)
_OTHER = "(SELECT id FROM sellers WHERE id NOT IN (SELECT seller_id FROM bank_lines))"
_CLOSING = "INSERT INTO ledger_closings SELECT seller_id, {at}, 'p:x', 0, number, {hash}, ''"
_CLOSING += " FROM ledger_entries WHERE number = 1"
_TABLES = ("ledger_entries", "ledger_lines", "ledger_closings")


def problems(session: Session) -> list[str]:
    session.flush()
    session.expire_all()
    return [problem for check in CHECKS for problem in check(session)]


@pytest.fixture
def books(session: Session) -> Till:
    """Settled, overpaid, late, unknown, remitted, outgoing and cash money of one seller."""
    till = make_till(session)
    pay(session, till, open_payment(session, till), 150_000)
    late = open_payment(session, till)
    pay(session, till, late, 20_000)
    payments.expire(session, f"order:{late}")
    for kind in (STALL, COD):
        code = open_payment(session, till)
        cash.attest(session, f"order:{code}", Cash(130_000, kind, "p:driver"))
    tell(session, till, sepay_body(till, Transfer("THU HO", 100_000)))
    remitted.take_line(session, till.seller_id, remitted.waiting(session, till.seller_id)[0].id)
    tell(session, till, sepay_body(till, Transfer("tien che", 70_000)))
    tell(session, till, sepay_body(till, Transfer("tra lai", 40_000, direction="out")))
    return till


def standing(session: Session, till: Till) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in posting.balances(session, till.seller_id):
        sums[row.account] = sums.get(row.account, 0) + row.amount_vnd
    return {account: vnd for account, vnd in sums.items() if vnd}


def test_sound_books_are_quiet_and_every_dong_stands_twice(session: Session, books: Till) -> None:
    assert problems(session) == []
    assert standing(session, books) == {
        chart.bank(books.account_id): 150_000 + 20_000 + 100_000 + 70_000 - 40_000,
        chart.CASH_STALL: 130_000,
        chart.CASH_COD: 130_000 - 100_000,
        chart.OUTGOING: 40_000,
        chart.RECEIVED: -3 * 130_000,
        chart.SURPLUS: -20_000,
        chart.REFUND_DUE: -20_000,
        chart.UNKNOWN_CODE: -70_000,
    }


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE ledger_lines SET amount_vnd = amount_vnd + 1 WHERE place = 0", "sums to 1"),
        ("DELETE FROM ledger_lines WHERE amount_vnd = 70000", "sums to"),
        (f"UPDATE ledger_lines SET seller_id = {_OTHER}", "another seller"),
        ("DELETE FROM ledger_entries WHERE number = 3", "has no entry"),
        ("DELETE FROM ledger_entries WHERE number = 3", "3 is missing"),
        ("DELETE FROM ledger_entries", "none is there"),
        ("UPDATE ledger_entries SET what = 'x' WHERE number = 2", "was changed"),
        ("UPDATE ledger_entries SET previous_hash = hash WHERE number = 2", "does not follow"),
        ("UPDATE ledger_series SET last_number = 99", "does not end"),
        ("UPDATE bank_lines SET amount_vnd = amount_vnd + 1 WHERE direction = 'out'", "bank:"),
        ("UPDATE cash_lines SET amount_vnd = amount_vnd + 1 WHERE kind = 'stall'", "cash:stall"),
        ("UPDATE matched_parts SET account = 'payment' WHERE account = 'surplus'", "received"),
        ("UPDATE matched_parts SET payment_id = NULL WHERE account = 'surplus'", "surplus"),
        ("UPDATE ledger_lines SET subject = 'x' WHERE account = 'suspense:surplus'", "surplus"),
        (
            "UPDATE ledger_lines SET account = 'clearing:unplaced' WHERE account = 'cash:stall'",
            "have no place",
        ),
        (_CLOSING.format(at=5, hash="previous_hash"), "the chain is another one"),
        (_CLOSING.format(at="at_ms + 1", hash="hash"), "dated in a month that was closed"),
    ],
)
def test_each_fault_is_named(session: Session, books: Till, damage: str, named: str) -> None:
    make_till(session)
    session.flush()
    unseal(session)
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    session.execute(text(damage))
    assert any(named in problem for problem in problems(session))


def unseal(session: Session) -> None:
    """What a fault has to get past."""
    for table in _TABLES:
        for what in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{what}"))


def test_money_from_before_the_ledger_is_booked_once(session: Session, books: Till) -> None:
    before = posting.digest(session, books.seller_id)
    unseal(session)
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in ("ledger_lines", "ledger_entries", "ledger_series"):
        session.execute(text(f"DELETE FROM {table}"))
    session.expire_all()
    assert problems(session)
    for _ in range(2):
        opening.book(session)
        assert posting.digest(session, books.seller_id) == before
    assert [one for verdict in fsck.run_all(session) for one in verdict.problems] == []
