"""A refund from the first press to the bank's word, and everything that may go otherwise."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.states import BadTransition
from payments import payments
from payments.errors import RefundAccountLocked, RefundRests, RefundTooMuch
from payments.models import MatchedPart, Payment
from payments.refunds import account_rules, beginning, buyers_account, owed, sending
from payments.refunds.beginning import Asked
from payments.refunds.rules import Source
from tests.factories.payments import (
    Till,
    Transfer,
    make_till,
    open_payment,
    pay,
    sepay_body,
    tell,
)
from tests.factories.refunds import (
    ACCOUNT,
    BUYER,
    PAID_VND,
    STAFF,
    bank_sends,
    begin,
    give_account,
    now,
    paid,
)

OTHER = account_rules.read("970405", "1500205123456", "TRAN VAN BINH")
HOUR_MS = 3_600_000


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


def problems(session: Session) -> list[str]:
    session.flush()
    return [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def standing(session: Session, reference: str) -> tuple[str, int, int, int]:
    """The payment's state; đồng owed back in all, begun, proved."""
    told = payments.facts(session, reference)
    return told.state, told.owed_vnd, told.begun_vnd, told.proved_vnd


def accounts(session: Session) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in session.scalars(select(MatchedPart)):
        found[part.account] = found.get(part.account, 0) + part.amount_vnd
    return found


def test_a_refund_goes_from_the_buyers_account_to_the_banks_word(
    session: Session, till: Till
) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    assert refund.state == "due"
    give_account(session, reference)
    assert owed.refund(session, till.seller_id, refund.id).state == "asked"
    bank_sends(session, till, f"hoan tien {refund.code.lower()} cho khach", 18_000)
    assert owed.refund(session, till.seller_id, refund.id).state == "proved"
    assert standing(session, reference) == ("part_refunded", 18_000, 18_000, 18_000)
    assert accounts(session) == {"payment": 112_000, "refunded": 2 * 18_000}
    assert problems(session) == []


def test_all_that_was_paid_goes_back(session: Session, till: Till) -> None:
    reference = paid(session, till)
    payments.mark_refund_due(session, reference, "cancelled")
    refund = begin(session, till, reference, PAID_VND)
    bank_sends(session, till, refund.code, PAID_VND)
    assert standing(session, reference) == ("refunded", *(PAID_VND,) * 3)
    assert (now(session, reference).still_vnd, problems(session)) == (0, [])


def test_a_surplus_goes_back_and_the_payment_stands(session: Session, till: Till) -> None:
    reference = paid(session, till, more_vnd=20_000)
    refund = begin(session, till, reference, 20_000, Source.EXTRA)
    bank_sends(session, till, refund.code, 20_000)
    assert standing(session, reference) == ("settled", 20_000, 20_000, 20_000)


@pytest.mark.parametrize("source", list(Source))
def test_more_than_came_is_refused(session: Session, till: Till, source: Source) -> None:
    reference = paid(session, till, more_vnd=20_000)
    most_vnd = {Source.PAID: PAID_VND, Source.EXTRA: 20_000}[source]
    with pytest.raises(RefundTooMuch) as refused:
        begin(session, till, reference, most_vnd + 1, source)
    assert (refused.value.data, standing(session, reference)[2]) == ({"left_vnd": most_vnd}, 0)
    begin(session, till, reference, most_vnd, source)
    with pytest.raises(RefundTooMuch):
        begin(session, till, reference, 1, source)


def test_the_database_itself_refuses_more_than_came(session: Session, till: Till) -> None:
    reference = paid(session, till)
    with pytest.raises(IntegrityError):
        session.execute(
            update(Payment).where(Payment.reference == reference).values(back_vnd=PAID_VND + 1)
        )


def test_a_part_nobody_owed_is_given_with_its_lines(session: Session, till: Till) -> None:
    reference = paid(session, till)
    asked = Asked(till.seller_id, reference, 0, "hộp móp", STAFF, lines=[(0, 1)])
    refund = owed.refund(session, till.seller_id, beginning.begin(session, asked))
    assert (refund.amount_vnd, refund.lines) == (PAID_VND, (("Chè đinh Tân Cương", 1),))
    with pytest.raises(RefundTooMuch):
        beginning.begin(session, asked)
    assert standing(session, reference) == ("settled", PAID_VND, PAID_VND, 0)


def test_what_shop_owes_and_what_staff_give_add_up(session: Session, till: Till) -> None:
    reference = paid(session, till)
    begin(session, till, reference, 10_000)
    payments.mark_part_refund_due(session, reference, 18_000)
    assert (now(session, reference).owed_vnd, now(session, reference).left_vnd) == (28_000, 18_000)


def test_what_is_on_its_way_stays_owed(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    begin(session, till, reference, 18_000)
    payments.mark_part_refund_due(session, reference, 0)
    assert payments.facts(session, reference).refund_vnd == 18_000


def test_a_dropped_refund_is_owed_as_before(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 30_000)
    for _ in range(2):
        beginning.drop(session, till.seller_id, refund.id, STAFF)
    assert (standing(session, reference), problems(session)) == (("settled", 18_000, 0, 0), [])


def test_a_transfer_the_bank_sent_back_is_owed_again(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    bank_sends(session, till, refund.code, 18_000)
    bank_sends(session, till, f"HOAN TRA {refund.code}", 18_000, "in")
    assert owed.refund(session, till.seller_id, refund.id).state == "returned"
    assert standing(session, reference) == ("settled", 18_000, 0, 0)
    assert (begin(session, till, reference, 18_000).state, problems(session)) == ("due", [])


def test_another_sum_waits_for_a_person(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    bank_sends(session, till, refund.code, 10_000)
    (line,) = owed.candidates(session, till.seller_id, refund.id)
    assert (line.has_code, accounts(session)["outgoing"]) == (True, 10_000)
    sending.confirm(session, till.seller_id, refund.id, line.id)
    told = now(session, reference)
    assert (told.proved_vnd, told.left_vnd, problems(session)) == (10_000, 8_000, [])


def test_too_much_sent_takes_what_was_owed_and_the_rest_stays_in_suspense(
    session: Session, till: Till
) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 10_000)
    bank_sends(session, till, "chuyen khoan", 10_000)
    bank_sends(session, till, refund.code, 25_000)
    coded, plain = owed.candidates(session, till.seller_id, refund.id)
    assert {coded.has_code, plain.has_code} == {True, False}
    line = coded if coded.has_code else plain
    sending.confirm(session, till.seller_id, refund.id, line.id)
    assert now(session, reference).proved_vnd == 18_000
    assert (accounts(session)["outgoing"], problems(session)) == (10_000 + 7_000, [])
    with pytest.raises(BadTransition):
        sending.confirm(session, till.seller_id, refund.id, plain.id)


def test_money_sent_twice_under_one_code_does_not_count_twice(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    for _ in range(2):
        bank_sends(session, till, refund.code, 18_000)
    assert (now(session, reference).proved_vnd, accounts(session)["outgoing"]) == (18_000, 18_000)


def test_a_persons_word_is_shown_as_such_and_closed_by_the_statement(
    session: Session, till: Till
) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    give_account(session, reference)
    for _ in range(2):
        sending.say_sent(session, till.seller_id, refund.id, "FT26326001", STAFF)
    assert standing(session, reference)[0] == "settled"
    with pytest.raises(RefundAccountLocked):
        buyers_account.give(session, reference, OTHER, BUYER)
    tell_statement(session, till, "FT26326001", 18_000)
    assert standing(session, reference)[0] == "part_refunded"


def tell_statement(session: Session, till: Till, bank_reference: str, amount_vnd: int) -> None:
    """A line of a statement without the code, known by the reference that was attested."""
    line = Transfer("chuyen tien", amount_vnd, bank_reference, direction="out")
    tell(session, till, sepay_body(till, line))


def test_a_wrong_word_is_taken_back(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    refund = begin(session, till, reference, 18_000)
    give_account(session, reference)
    sending.say_sent(session, till.seller_id, refund.id, "FT1234", STAFF)
    for _ in range(2):
        sending.take_back(session, till.seller_id, refund.id)
    told = owed.refund(session, till.seller_id, refund.id)
    assert (told.state, told.sent_by) == ("asked", "")


def test_an_account_is_sealed_and_masked(session: Session, till: Till) -> None:
    reference = paid(session, till, back_vnd=18_000)
    for _ in range(2):
        give_account(session, reference)
    account = now(session, reference).account
    assert account is not None
    assert (account.bank_name, account.tail, account.replaced) == ("Vietcombank", "3456", False)
    refund = begin(session, till, reference, 18_000)
    assert owed.account_of(session, till.seller_id, refund.id) == ACCOUNT


def test_a_large_sum_rests_after_its_account_was_changed(
    session: Session, till: Till, time_at: FixedClock
) -> None:
    code = open_payment(session, till, 6_000_000)
    pay(session, till, code, 6_000_000)
    give_account(session, f"order:{code}")
    time_at.advance(HOUR_MS)
    buyers_account.give(session, f"order:{code}", OTHER, BUYER)
    refund = begin(session, till, f"order:{code}", 6_000_000)
    with pytest.raises(RefundRests):
        sending.say_sent(session, till.seller_id, refund.id, "FT1234", STAFF)
    time_at.advance(72 * HOUR_MS)
    sending.say_sent(session, till.seller_id, refund.id, "FT1234", STAFF)


def test_money_after_an_expired_part_went_back_goes_back_too(session: Session, till: Till) -> None:
    code = open_payment(session, till, PAID_VND)
    pay(session, till, code, 60_000)
    payments.expire(session, f"order:{code}")
    refund = begin(session, till, f"order:{code}", 60_000)
    pay(session, till, code, 70_000)
    assert standing(session, f"order:{code}") == ("expired", 130_000, 60_000, 0)
    bank_sends(session, till, refund.code, 60_000)
    assert (now(session, f"order:{code}").left_vnd, problems(session)) == (70_000, [])


def test_the_oldest_debt_stands_first_and_is_overdue_after_three_days(
    session: Session, till: Till, time_at: FixedClock
) -> None:
    first = paid(session, till, back_vnd=1_000)
    time_at.advance(72 * HOUR_MS)
    second = paid(session, till, more_vnd=5_000)
    told = owed.of_seller(session, till.seller_id)
    assert [one.reference for one in told] == [first, second]
    assert [one.is_overdue for one in told] == [True, False]
    assert owed.still_vnd(session, [first, second]) == {first: 1_000, second: 5_000}


def test_a_stranger_cannot_touch_a_refund(session: Session, till: Till) -> None:
    other = make_till(session)
    reference = paid(session, till, back_vnd=18_000)
    with pytest.raises(NotFound):
        begin(session, other, reference, 18_000)
    refund = begin(session, till, reference, 18_000)
    bank_sends(session, other, refund.code, 18_000)
    with pytest.raises(NotFound):
        beginning.drop(session, other.seller_id, refund.id, STAFF)
    assert owed.refund(session, till.seller_id, refund.id).state == "due"
