"""The ledger takes each fact once, in a chain of its seller's own, and nothing out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

import wsgi
from core import factory, fsck
from core.errors import NotFound
from payments import payments
from payments.ledger import chart, posting
from payments.ledger.errors import EntryConflict, NotReversible
from payments.ledger.models import LedgerEntry
from payments.ledger.posting import Entry, Line, Posted
from tests.factories.identity import make_seller
from tests.factories.payments import make_till, open_payment, pay
from tests.support.databases import settings_for

AT_MS = 1_795_600_000_000


def fee(seller_id: str, vnd: int = 5_000, key: str = "fee:2026-11", at_ms: int = AT_MS) -> Entry:
    lines = (Line(chart.PLATFORM_FEE, vnd), Line(chart.PLATFORM_FEE_PAYABLE, -vnd))
    return Entry(seller_id, key, "Phí sàn tháng 11", at_ms, lines)


def problems(session: Session) -> list[str]:
    session.flush()
    return [one for verdict in fsck.run_all(session) for one in verdict.problems]


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


def test_a_fact_is_booked_once(session: Session, seller: str) -> None:
    assert posting.post(session, fee(seller)) == Posted(1, is_new=True)
    assert posting.post(session, fee(seller)) == Posted(1, is_new=False)
    assert [row.amount_vnd for row in posting.balances(session, seller)] == [5_000, -5_000]


def test_the_same_fact_with_another_sum_is_a_conflict(session: Session, seller: str) -> None:
    posting.post(session, fee(seller))
    with pytest.raises(EntryConflict):
        posting.post(session, fee(seller, 6_000))
    assert len(posting.balances(session, seller)) == 2


def test_each_seller_has_numbers_of_its_own_and_the_same_keys(
    session: Session, seller: str
) -> None:
    other = make_seller(session)
    for number, month in enumerate(("fee:2026-11", "fee:2026-12"), start=1):
        for one in (seller, other):
            assert posting.post(session, fee(one, key=month)).number == number
    assert problems(session) == []


def test_a_correction_is_a_reversal_and_happens_once(session: Session, seller: str) -> None:
    posting.post(session, fee(seller))
    assert posting.reverse(session, seller, "fee:2026-11", "Nhầm tháng").is_new
    assert not posting.reverse(session, seller, "fee:2026-11", "Nhầm tháng").is_new
    assert posting.balances(session, seller) == ()
    assert problems(session) == []


def test_what_is_not_there_or_follows_from_money_cannot_be_reversed(session: Session) -> None:
    till = make_till(session)
    pay(session, till, open_payment(session, till), 130_000)
    key = session.query(LedgerEntry.key).filter(LedgerEntry.kind == "parts").scalar()
    with pytest.raises(NotReversible):
        posting.reverse(session, till.seller_id, key, "không thích")
    with pytest.raises(NotFound):
        posting.reverse(session, till.seller_id, "fee:never", "không có")


def test_balances_of_a_day_leave_out_what_is_dated_later(session: Session, seller: str) -> None:
    posting.post(session, fee(seller))
    assert posting.balances(session, seller, until_ms=AT_MS) == ()
    assert len(posting.balances(session, seller, until_ms=AT_MS + 1)) == 2


def test_the_worked_table_of_the_docs(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, 582_000)
    pay(session, till, code, 600_000)
    payments.mark_part_refund_due(session, f"order:{code}", 18_000)
    session.flush()
    kinds = [
        row.key.partition(":")[0] + row.key[-2:]
        for row in session.query(LedgerEntry).order_by(LedgerEntry.number)
    ]
    assert kinds[1:] == ["parts:0", "parts:2"]
    assert {row.account: row.amount_vnd for row in posting.balances(session, till.seller_id)} == {
        chart.bank(till.account_id): 600_000,
        chart.RECEIVED: -564_000,
        chart.SURPLUS: -18_000,
        chart.REFUND_DUE: -18_000,
    }


@pytest.fixture
def books(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A seller's two entries, committed, in each database."""
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with Session(app.extensions["write_engine"]) as opened, app.app_context():
        seller_id = make_seller(opened)
        posting.post(opened, fee(seller_id))
        posting.post(opened, fee(seller_id, key="fee:2026-12"))
        opened.commit()
        yield opened
        opened.rollback()
    app.extensions["write_engine"].dispose()


_NEW_ENTRY = (
    "INSERT INTO ledger_entries SELECT '{id}', seller_id, {number}, kind, '{key}', what, at_ms,"
    " happened_ms, booked_ms, previous_hash, hash FROM ledger_entries WHERE number = 1"
)
_NEW_LINE = (
    "INSERT INTO ledger_lines SELECT {entry}, 9, seller_id, account, subject, 5"
    " FROM ledger_lines WHERE amount_vnd > 0 LIMIT 1"
)
REFUSED = [
    "UPDATE ledger_entries SET what = 'x'",
    "UPDATE ledger_entries SET number = number + 10",
    "DELETE FROM ledger_entries WHERE number = 2",
    "UPDATE ledger_lines SET amount_vnd = amount_vnd * 2",
    "UPDATE ledger_lines SET account = 'other_in'",
    "DELETE FROM ledger_lines",
    _NEW_LINE.format(entry="entry_id"),
    _NEW_ENTRY.format(id="empty", number=3, key="fee:x"),
    _NEW_LINE.format(entry="'lame'") + ";" + _NEW_ENTRY.format(id="lame", number=3, key="fee:x"),
]


@pytest.mark.parametrize("statement", REFUSED)
def test_p4_the_database_itself_refuses(books: Session, statement: str) -> None:
    *before, last = statement.split(";")
    for each in before:
        books.execute(text(each))
    with pytest.raises(DatabaseError):
        books.execute(text(last))
    books.rollback()
    assert problems(books) == []


def test_p4_a_line_without_an_entry_does_not_pass_the_commit(books: Session) -> None:
    books.execute(text(_NEW_LINE.format(entry="'alone'")))
    with pytest.raises(DatabaseError):
        books.commit()


def test_p4_replacing_or_emptying_is_refused_like_changing(books: Session) -> None:
    bold = {
        "sqlite": _NEW_ENTRY.format(id="other", number=2, key="fee:x").replace(
            "INSERT", "INSERT OR REPLACE", 1
        ),
        "postgresql": "TRUNCATE ledger_entries, ledger_lines",
    }
    with pytest.raises(DatabaseError, match="never changed"):
        books.execute(text(bold[books.get_bind().dialect.name]))


def test_without_the_triggers_it_is_changed_and_fsck_names_it(books: Session) -> None:
    """The control."""
    names = {
        "sqlite": ["DROP TRIGGER ledger_lines_no_update"],
        "postgresql": ["DROP TRIGGER ledger_lines_no_change ON ledger_lines"],
    }
    for statement in names[books.get_bind().dialect.name]:
        books.execute(text(statement))
    books.execute(text("UPDATE ledger_lines SET amount_vnd = amount_vnd * 2"))
    assert any("was changed after it was booked" in one for one in problems(books))


def test_a_late_fact_of_a_closed_month_is_dated_where_it_is_open(books: Session) -> None:
    seller_id = books.query(LedgerEntry.seller_id).first()[0]
    books.execute(text(_CLOSE.format(until=AT_MS + 5)))
    posting.post(books, fee(seller_id, key="fee:late"))
    late = books.query(LedgerEntry).filter(LedgerEntry.key == "fee:late").one()
    assert (late.at_ms, late.happened_ms) == (AT_MS + 5, AT_MS)
    assert problems(books) == []


_CLOSE = (
    "INSERT INTO ledger_closings SELECT seller_id, {until}, 'p:acc', 0, number, hash, ''"
    " FROM ledger_entries WHERE number = 2"
)


def test_p4_the_database_refuses_an_entry_dated_in_a_closed_month(books: Session) -> None:
    books.execute(text(_CLOSE.format(until=AT_MS + 5)))
    entry = _NEW_ENTRY.format(id="late", number=3, key="fee:x")
    books.execute(text(_NEW_LINE.format(entry="'late'")))
    books.execute(
        text(_NEW_LINE.format(entry="'late'").replace(" 9,", " 8,").replace(" 5 ", " -5 "))
    )
    with pytest.raises(DatabaseError, match="month is closed"):
        books.execute(text(entry))
