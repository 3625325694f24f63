"""`flask fsck` on money: quiet on sound books, and each fault is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from payments import checks
from payments.receipts import voids
from payments.receipts.voids import Declaration
from tests.factories.payments import (
    Till,
    Transfer,
    make_till,
    open_payment,
    pay,
    sepay_body,
    settled_receipt,
    tell,
)

CHECKS = (
    checks.lines_equal_their_parts,
    checks.paid_equals_parts,
    checks.settled_has_receipt,
    checks.receipt_chains,
    checks.feeds_unseal,
    checks.voids_fit,
)


def problems(session: Session) -> list[str]:
    session.flush()
    session.expire_all()
    return [problem for check in CHECKS for problem in check(session)]


@pytest.fixture
def books(session: Session) -> Till:
    """A seller with settled, overpaid, part-paid and unknown money."""
    till = make_till(session)
    for _ in range(3):
        settled_receipt(session, till)
    pay(session, till, open_payment(session, till, 130_000), 150_000)
    pay(session, till, open_payment(session, till, 130_000), 20_000)
    tell(session, till, sepay_body(till, Transfer("tien che", 70_000)))
    voids.declare(session, till.seller_id, 1, Declaration("p:keeper", "phát nhầm"))
    return till


def test_sound_books_are_quiet(session: Session, books: Till) -> None:
    assert problems(session) == []


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE matched_parts SET amount_vnd = amount_vnd + 1 WHERE account = 'surplus'", "place"),
        ("DELETE FROM matched_parts WHERE account = 'unknown_code'", "have a place"),
        ("UPDATE payments SET paid_vnd = 19999 WHERE state = 'part_paid'", "its parts"),
        ("UPDATE payments SET state = 'settled' WHERE state = 'part_paid'", "receipt None"),
        ("DELETE FROM receipts WHERE number = 2", "2 is missing"),
        ("DELETE FROM receipts WHERE number = 4", "does not end"),
        ("UPDATE receipt_voids SET reason = ''", "number=1"),
        ("UPDATE receipt_voids SET number = 2", "number=2"),
        ("UPDATE feed_connections SET secret = 'x'", "another SECRET_KEY"),
        ("UPDATE feed_connections SET old_secret = 'x'", "another SECRET_KEY"),
        ("UPDATE receipt_series SET last_number = 9", "does not end"),
        ("UPDATE receipts SET token = token || 'A' WHERE number = 3", "malformed"),
        ("UPDATE receipts SET frozen = replace(frozen, '130000', '130001')", "says something else"),
        ("UPDATE receipts SET frozen = replace(frozen, 'đinh', 'búp')", "says something else"),
        (
            "UPDATE receipts SET token = (SELECT token FROM receipts WHERE number = 1) WHERE number = 2",
            "says something else",
        ),
    ],
)
def test_each_fault_is_named(session: Session, books: Till, damage: str, named: str) -> None:
    session.flush()
    if "receipt_voids" in damage:  # what a fault has to get past
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        guard = (
            "receipt_voids_no_update" if is_sqlite else "receipt_voids_no_change ON receipt_voids"
        )
        session.execute(text(f"DROP TRIGGER {guard}"))
    session.execute(text(damage))
    assert any(named in problem for problem in problems(session))
