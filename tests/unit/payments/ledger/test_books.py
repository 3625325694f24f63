"""A month of the books: trial balance, journal, closing, and the tables for accounting programs."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from core import clock, fsck
from core.clock import FixedClock
from core.errors import BadRequest
from core.tables import sheets
from payments.ledger import books, chart, closing, journal, journal_sheets, months, posting
from payments.ledger.entries import Line, in_pairs
from payments.ledger.errors import MonthClosed, MonthNotOver
from payments.ledger.journal import Asked
from payments.ledger.months import Month
from payments.ledger.names import find_subject
from payments.ledger.posting import Entry
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
DECEMBER_MS = 1_796_500_000_000


@pytest.fixture
def till(session: Session) -> Till:
    """100.000 đ came in October, 150.000 đ for 130.000 in November, 40.000 đ went out."""
    till = make_till(session)
    told = (("2026-10-31 23:59:59", 100_000, 100_000), ("2026-11-01 00:00:00", 130_000, 150_000))
    for at, asked, came in told:
        code = open_payment(session, till, asked)
        tell(session, till, sepay_body(till, Transfer(f"{code} che", came, code, at=at)))
    out = Transfer("=cmd|hoan", 40_000, "OUT1", at="2026-11-02 08:00:00", direction="out")
    tell(session, till, sepay_body(till, out))
    return till


def test_a_month_opens_with_what_the_one_before_left(session: Session, till: Till) -> None:
    before = books.trial_balance(session, till.seller_id, OCTOBER)
    now = books.trial_balance(session, till.seller_id, NOVEMBER)
    (bank,) = now.money
    assert (before.money[0].closing_vnd, bank.opening_vnd) == (100_000, 100_000)
    assert (bank.debit_vnd, bank.credit_vnd, bank.closing_vnd) == (150_000, 40_000, 210_000)
    assert all(one[0] == one[1] for one in vars(now.totals).values())
    assert [row.named.number for row in now.rows] == sorted(row.named.number for row in now.rows)


def test_the_journal_of_an_account_says_what_stood_after_each(session: Session, till: Till) -> None:
    asked = Asked(NOVEMBER, chart.bank(till.account_id))
    page = journal.page(session, till.seller_id, asked)
    assert [(one.moved_vnd, one.after_vnd) for one in page.entries] == [
        (150_000, 250_000),
        (-40_000, 210_000),
    ]
    assert not page.more


def test_the_journal_is_read_page_by_page(
    session: Session, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PAGE", 3)
    pages = [journal.page(session, till.seller_id, Asked(NOVEMBER), n) for n in (1, 2)]
    assert [(len(page.entries), page.more) for page in pages] == [(3, True), (1, False)]
    assert journal.all_of(session, till.seller_id, NOVEMBER) == sum((p.entries for p in pages), ())


def test_a_code_finds_the_entries_of_its_payment(session: Session, till: Till) -> None:
    code = journal.all_of(session, till.seller_id, OCTOBER)[1].lines[1].about
    subject = find_subject(session, till.seller_id, f" {code.lower()}".strip())
    found = journal.page(session, till.seller_id, Asked(OCTOBER, "", subject)).entries
    assert [one.key.split(":")[0] for one in found] == ["parts"]
    assert find_subject(session, make_till(session).seller_id, code) == code


def test_pairs_of_debit_and_credit_sum_to_the_lines() -> None:
    lines = (Line("112", 100), Line("6421", 7), Line("131", -60, "a"), Line("131", -47, "b"))
    pairs = [(one.debit.account, one.credit.subject, one.amount_vnd) for one in in_pairs(lines)]
    assert pairs == [("112", "a", 60), ("112", "b", 40), ("6421", "b", 7)]


def test_accounting_programs_get_a_row_for_each_pair(session: Session, till: Till) -> None:
    entries = journal.all_of(session, till.seller_id, NOVEMBER)
    raw = sheets.as_xlsx(journal_sheets.for_import(NOVEMBER, entries))
    rows = list(load_workbook(BytesIO(raw)).active.values)
    assert rows[0][:3] == ("Ngày hạch toán (*)", "Ngày chứng từ (*)", "Số chứng từ (*)")
    assert [row[5:8] for row in rows[1:]] == [
        ("112", "3388", 150_000),
        ("3388", "131", 130_000),
        ("3388", "3388", 20_000),
        ("3388", "112", 40_000),
        ("1381", "3388", 40_000),
    ]


def test_the_file_of_every_line_starts_no_formula(session: Session, till: Till) -> None:
    lines = (Line(chart.BANK_FEES, 5, "=1+1"), Line(chart.OTHER_IN, -5))
    entry = Entry(till.seller_id, "hand:1", "=cmd", closing.begins_ms(NOVEMBER), lines)
    posting.post(session, entry)
    entries = journal.all_of(session, till.seller_id, NOVEMBER)
    text = sheets.as_csv(journal_sheets.every_line(NOVEMBER, entries)).decode()
    assert "'=cmd" in text
    assert ",=" not in text
    assert text.count("\r\n") == 1 + sum(len(one.lines) for one in entries)


def test_a_month_is_closed_once_and_only_when_it_is_over(session: Session, till: Till) -> None:
    with pytest.raises(MonthNotOver):
        closing.close(session, till.seller_id, NOVEMBER, "p:accountant")
    clock.use(FixedClock(DECEMBER_MS))
    closing.close(session, till.seller_id, NOVEMBER, "p:accountant")
    for month in (NOVEMBER, OCTOBER):
        with pytest.raises(MonthClosed):
            closing.close(session, till.seller_id, month, "p:accountant")
        closed = closing.closing_of(session, till.seller_id, month)
        assert closed is not None
        assert (closed.month, closed.actor) == (NOVEMBER, "p:accountant")
    assert closing.closing_of(session, till.seller_id, Month(2026, 12)) is None


def test_money_of_a_closed_month_told_late_stands_in_the_open_one(
    session: Session, till: Till
) -> None:
    clock.use(FixedClock(DECEMBER_MS))
    before = books.trial_balance(session, till.seller_id, NOVEMBER)
    closing.close(session, till.seller_id, NOVEMBER, "p:accountant")
    tell(session, till, sepay_body(till, Transfer("tien che", 70_000, at="2026-11-30 10:00:00")))
    late = journal.all_of(session, till.seller_id, Month(2026, 12))
    assert [one.is_late for one in late] == [True, True]
    assert books.trial_balance(session, till.seller_id, NOVEMBER) == before
    assert [one for verdict in fsck.run_all(session) for one in verdict.problems] == []


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-11", "2026-11-01", "x", "1999-12"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        months.read(text)


def test_months_follow_each_other_over_new_year() -> None:
    assert Month(2026, 12).after() == Month(2027, 1)
    assert Month(2027, 1).before() == months.read("2026-12")
