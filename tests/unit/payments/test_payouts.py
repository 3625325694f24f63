"""Payees are paid once, by the bank's own word: one by one, as a list, sent back, or by hand."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.clock import FixedClock
from core.errors import BadRequest
from payments.bank.change_errors import PayoutRests, SecondPersonNeeded
from payments.events import PayoutPaid
from payments.ledger import chart, posting
from payments.ledger.entries import Entry, Line
from payments.models import MatchedPart
from payments.payouts import accounts, book, checks, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.errors import MoreThanOwed, NoPayeeAccount
from payments.payouts.paying import Wanted
from tests.factories.payouts import BOSS, BOTH, OTHER, A, B, Coop, clean, make_coop

HOURS_72_MS = 72 * 3_600_000


@pytest.fixture
def coop(session: Session) -> Coop:
    return make_coop(session)


def test_a_payout_is_paid_when_the_bank_says_so_and_once(session: Session, coop: Coop) -> None:
    _, rows = coop.run(*BOTH)
    assert coop.owed() == (300_000, 200_000)
    for _ in range(2):
        coop.line(f"CT DEN {rows[0].code} TIEN CHE", rows[0].amount_vnd)
    assert coop.owed() == (0, 200_000)
    places = session.scalars(select(MatchedPart.account).order_by(MatchedPart.account)).all()
    assert places == ["outgoing", "paid_out"]
    assert clean(session)


def test_whom_the_bank_paid_is_told_of_once(coop: Coop, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(outbox, "publish", lambda _, event: said.append(event))
    _, rows = coop.run(*BOTH)
    for _ in range(2):
        coop.line(f"CT DEN {rows[0].code} TIEN CHE", rows[0].amount_vnd)
    where = (coop.till.seller_id, rows[0].id, A, 300_000, rows[0].account_id)
    assert [one for one in said if isinstance(one, PayoutPaid)] == [PayoutPaid(*where)]


def test_one_line_pays_the_whole_list(session: Session, coop: Coop) -> None:
    run, _ = coop.run(*BOTH)
    coop.line(f"CHI LUONG {run.code}", 500_000)
    assert coop.owed() == (0, 0)
    assert clean(session)


def ledger_owes(session: Session, coop: Coop) -> dict[str, int]:
    """What stands on the members' account, by whom it is owed to."""
    rows = posting.balances(session, coop.till.seller_id)
    return {one.subject: -one.amount_vnd for one in rows if one.account == chart.MEMBER_PAYABLE}


def test_the_ledger_owes_each_payee_what_the_book_does(session: Session, coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    coop.line(rows[0].code, 300_000)
    assert ledger_owes(session, coop) == {B: 200_000}
    coop.line(f"HOAN TRA {rows[0].code}", 300_000, "in")
    assert ledger_owes(session, coop) == {A: 300_000, B: 200_000}
    run, _ = coop.run(*BOTH)
    coop.line(run.code, 500_000)
    assert ledger_owes(session, coop) == {}
    assert clean(session)


def test_fsck_finds_a_payee_whom_the_ledger_owes_what_is_anothers(
    session: Session, coop: Coop
) -> None:
    lines = Line(chart.MEMBER_PAYABLE, 1_000, A), Line(chart.MEMBER_PAYABLE, -1_000, B)
    posting.post(session, Entry(coop.till.seller_id, "by-hand:x", "nhầm", clock.now_ms(), lines))
    assert len(list(checks.book_equals_ledger(session))) == 2


def test_another_sum_pays_nobody(session: Session, coop: Coop) -> None:
    run, rows = coop.run(*BOTH)
    coop.line(rows[0].code, 299_999)
    coop.line(run.code, 499_999)
    assert coop.owed() == (300_000, 200_000)


def test_a_transfer_sent_back_is_owed_again(session: Session, coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    coop.line(rows[0].code, 300_000)
    coop.line(f"HOAN TRA {rows[0].code} SAI STK", 300_000, "in")
    assert coop.owed() == (300_000, 200_000)
    assert clean(session)
    coop.run(BOTH[0])


def test_what_is_on_its_way_is_not_paid_again(coop: Coop) -> None:
    coop.run(BOTH[0])
    with pytest.raises(MoreThanOwed):
        coop.run(Wanted(A, "Bà Nụ", 1))


def test_a_cancelled_list_is_owed_as_before(session: Session, coop: Coop) -> None:
    run, _ = coop.run(*BOTH)
    paying.cancel(session, coop.till.seller_id, run.id, BOSS)
    assert coop.owed() == (300_000, 200_000)
    coop.run(*BOTH)


def test_what_the_bank_paid_after_a_cancel_is_paid(session: Session, coop: Coop) -> None:
    run, rows = coop.run(*BOTH)
    paying.cancel(session, coop.till.seller_id, run.id, BOSS)
    coop.line(rows[0].code, 300_000)
    assert coop.owed() == (0, 200_000)
    assert lists.run(session, coop.till.seller_id, run.id).paid_vnd == 300_000
    with pytest.raises(MoreThanOwed):
        coop.run(BOTH[0])
    assert clean(session)


def test_a_list_that_the_bank_ran_after_a_cancel_is_paid(session: Session, coop: Coop) -> None:
    run, _ = coop.run(*BOTH)
    paying.cancel(session, coop.till.seller_id, run.id, BOSS)
    coop.line(run.code, 500_000)
    assert coop.owed() == (0, 0)
    assert clean(session)


def test_a_changed_account_rests_72_hours(
    session: Session, coop: Coop, time_at: FixedClock
) -> None:
    new = NewAccount(A, "BIDV", "21510001", "NGUYEN THI NU")
    accounts.put(session, coop.till.seller_id, new, OTHER)
    with pytest.raises(PayoutRests):
        coop.run(BOTH[0])
    session.expire_all()
    time_at.advance(HOURS_72_MS)


def test_a_large_list_needs_a_second_person(session: Session, coop: Coop) -> None:
    said = Recorded(A, "extra", 6_000_000, "chè", clock.now_ms())
    book.record(session, coop.till.seller_id, said, BOSS)
    run, rows = coop.run(Wanted(A, "Bà Nụ", 6_000_000))
    coop.line(rows[0].code, 6_000_000)
    assert coop.owed()[0] == 6_300_000
    with pytest.raises(SecondPersonNeeded):
        paying.agree(session, coop.till.seller_id, run.id, BOSS)
    paying.agree(session, coop.till.seller_id, run.id, OTHER)
    coop.line(run.code, 6_000_000)
    assert coop.owed()[0] == 300_000


def test_who_has_no_account_is_named(session: Session, coop: Coop) -> None:
    said = Recorded("member:c", "extra", 1_000, "chè", clock.now_ms())
    book.record(session, coop.till.seller_id, said, BOSS)
    with pytest.raises(NoPayeeAccount):
        coop.run(Wanted("member:c", "Chị Sương", 1_000))


def test_cash_needs_the_payees_word_and_is_paid_at_once(session: Session, coop: Coop) -> None:
    with pytest.raises(BadRequest):
        paying.give_cash(session, coop.till.seller_id, BOTH[0], " ", BOSS)
    paying.give_cash(session, coop.till.seller_id, BOTH[0], "ký nhận", BOSS)
    assert coop.owed() == (0, 200_000)
    assert clean(session)
