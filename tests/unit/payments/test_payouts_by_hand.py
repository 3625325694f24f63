"""A person says what the bank paid where its line does not: fees, no code, sent back; and takes it back."""

import pytest
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_errors import LineDecided, LineNotWaiting, RestUnsaid
from payments.desk.desk_rules import Share
from payments.ledger import chart, posting
from payments.payouts import lists
from payments.payouts.errors import BackTooMuch, LineTooSmall, PayoutMoved, PayoutNotWaiting
from payments.states import Account
from tests.factories.payments import make_till
from tests.factories.payouts import BOSS, BOTH, Coop, clean, make_coop

FEE = Account.BANK_FEE


@pytest.fixture
def coop(session: Session) -> Coop:
    return make_coop(session)


def stands_on(coop: Coop, account: str) -> int:
    rows = posting.balances(coop.session, coop.till.seller_id)
    return sum(row.amount_vnd for row in rows if row.account == account)


def test_a_line_with_the_banks_fee_pays_and_the_fee_is_booked_as_one(coop: Coop) -> None:
    _, rows = coop.run(*BOTH)
    line = coop.line(f"CT {rows[0].code}", 303_300)
    coop.tie(line, rows[0].id, rest=FEE)
    assert coop.owed() == (0, 200_000)
    assert (stands_on(coop, chart.BANK_FEES), stands_on(coop, chart.OUTGOING)) == (3_300, 0)
    assert clean(coop.session)


def test_one_line_without_a_code_pays_those_who_are_chosen(coop: Coop) -> None:
    run, rows = coop.run(*BOTH)
    coop.tie(coop.line("CHI LUONG THANG", 500_000), *[row.id for row in rows])
    assert coop.owed() == (0, 0)
    assert lists.run(coop.session, coop.till.seller_id, run.id).paid_vnd == 500_000
    assert clean(coop.session)


def test_who_got_less_is_owed_the_rest(coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    coop.tie(coop.line("CK BA NU", 295_000), rows[0].id)
    assert coop.owed() == (5_000, 200_000)
    assert clean(coop.session)


def test_what_is_left_of_a_line_needs_a_name(coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    with pytest.raises(RestUnsaid):
        coop.tie(coop.line("CK", 303_300), rows[0].id)


def test_a_word_is_taken_back_by_another_and_may_be_said_again(coop: Coop) -> None:
    _, rows = coop.run(*BOTH)
    line = coop.line("CK", 303_300)
    coop.tie(line, rows[0].id, rest=FEE)
    coop.take_back(line)
    assert (coop.owed(), stands_on(coop, chart.OUTGOING)) == ((300_000, 200_000), 303_300)
    assert clean(coop.session)
    coop.tie(line, rows[1].id, rest=Account.NOT_OURS, seen=2)
    assert coop.owed() == (300_000, 0)
    assert clean(coop.session)


def test_a_returned_transfer_without_a_code_is_owed_again(coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    coop.line(rows[0].code, 300_000)
    back = coop.line("HOAN TRA SAI STK", 297_000, "in")
    coop.tie(back, rows[0].id)
    assert coop.owed() == (297_000, 200_000)
    assert clean(coop.session)
    coop.take_back(back)
    assert coop.owed() == (0, 200_000)
    assert clean(coop.session)


def test_what_was_sent_back_is_not_taken_back_as_if_never_paid(coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    line = coop.line("CK", 300_000)
    coop.tie(line, rows[0].id)
    coop.line(f"HOAN TRA {rows[0].code}", 300_000, "in")
    with pytest.raises(PayoutMoved):
        coop.take_back(line)


def test_more_than_a_line_or_than_was_paid_is_refused(coop: Coop) -> None:
    _, rows = coop.run(*BOTH)
    with pytest.raises(LineTooSmall):
        coop.tie(coop.line("CK", 499_999), *[row.id for row in rows])
    coop.line(rows[0].code, 300_000)
    with pytest.raises(BackTooMuch):
        coop.tie(coop.line("HOAN", 300_001, "in"), rows[0].id)
    with pytest.raises(PayoutNotWaiting):
        coop.tie(coop.line("HOAN", 200_000, "in"), rows[1].id)


def test_a_line_with_a_place_and_a_paid_payout_are_not_tied(coop: Coop) -> None:
    _, rows = coop.run(*BOTH)
    line = coop.line("CK", 303_300)
    coop.tie(line, rows[0].id, rest=FEE)
    with pytest.raises(LineDecided):
        coop.tie(line, rows[1].id, rest=FEE)
    with pytest.raises(LineNotWaiting):
        coop.tie(line, rows[1].id, rest=FEE, seen=1)
    with pytest.raises(PayoutNotWaiting):
        coop.tie(coop.line("CK LAN HAI", 300_000), rows[0].id)


def test_a_list_nobody_agreed_to_was_not_sent(coop: Coop) -> None:
    coop.owe(6_000_000)
    _, rows = coop.run(coop.wants(6_000_000))
    with pytest.raises(PayoutNotWaiting):
        coop.tie(coop.line("CK", 6_000_000), rows[0].id)


def test_nobody_ties_anothers_line_or_payout(coop: Coop) -> None:
    _, rows = coop.run(BOTH[0])
    line, other = coop.line("CK", 300_000), Coop(coop.session, make_till(coop.session))
    with pytest.raises(NotFound):
        other.tie(line, rows[0].id)
    with pytest.raises(NotFound):
        other.tie(other.line("CK", 300_000), rows[0].id)


def test_money_set_aside_by_hand_stays_as_it_was(coop: Coop) -> None:
    line = coop.line("MUA BAO BI", 50_000)
    word = Word(coop.till.seller_id, line, 0, BOSS, "bao bì")
    decisions.place(coop.session, word, [Share(50_000, None, Account.NOT_OURS)])
    coop.take_back(line)
    assert clean(coop.session)
