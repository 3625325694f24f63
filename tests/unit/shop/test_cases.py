"""A complaint from its first word to its outcome: the clock, the three sides, money, one running case."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from payments import payments
from shop.cases import case_facts, handling, remedies
from shop.cases.case_errors import (
    CaseOver,
    NothingToRefund,
    NotYoursToReject,
    SellerHasTime,
    SumNeeded,
    TooLateToDispute,
)
from shop.cases.case_facts import CaseFacts
from shop.cases.case_rules import DISPUTE_MS, HOUR_MS, ORDER
from shop.cases.handling import Outcome
from shop.cases.opening import OFFICER, REPORTER, SELLER, Words
from shop.ordering import changes, fulfilment, order_facts
from shop.ordering.changes import Delivered
from shop.ordering.order_facts import reference_of
from tests.factories.cases import listing_case, make_case
from tests.factories.identity import make_login
from tests.factories.shop import PRICE_VND, make_stand, paid_order

STAFF = Words("p:staff", "Xin lỗi bạn, bên mình hoàn tiền phần dập.")
BUYER = Words("p:buyer", "Chưa đúng, tôi gửi ảnh rồi.")


def on_order(session: Session, packs: int = 2) -> tuple[str, str]:
    """A complaint about a paid order, and the order's code."""
    code = paid_order(session, make_stand(session), packs)
    return make_case(session, ORDER, code), code


def now(session: Session, case_id: str) -> CaseFacts:
    session.flush()
    return case_facts.facts(session, case_id)


def pass_time(session: Session, time_at: FixedClock, hours: int) -> None:
    """Let time go by, and let the clock's work be done once."""
    time_at.advance(hours * HOUR_MS)
    handling.warn_due(session)
    handling.escalate_due(session)
    session.flush()


def settle(kind: str, amount_vnd: int = 0, words: Words = STAFF) -> Outcome:
    return Outcome(kind, amount_vnd, words)


def escalated(session: Session, time_at: FixedClock) -> str:
    case_id, _code = on_order(session)
    pass_time(session, time_at, 24)
    pass_time(session, time_at, 24)
    return case_id


def test_a_refund_is_owed_back_by_payments_and_the_rest_stands(session: Session) -> None:
    case_id, code = on_order(session, packs=2)
    handling.settle(session, case_id, SELLER, settle("refund", 30_000))
    assert now(session, case_id).state == "settled"
    assert payments.facts(session, reference_of(code)).refund_vnd == 30_000
    assert remedies.left_to_refund_vnd(session, ORDER, code) == 2 * PRICE_VND - 30_000


def test_two_refunds_add_up_and_never_exceed_what_was_paid(session: Session) -> None:
    first, code = on_order(session, packs=1)
    handling.settle(session, first, SELLER, settle("refund", 40_000))
    second = make_case(session, ORDER, code)
    with pytest.raises(NothingToRefund) as refused:
        handling.settle(session, second, SELLER, settle("refund", 40_000))
    assert refused.value.data["most"] == PRICE_VND - 40_000
    handling.settle(session, second, SELLER, settle("refund", PRICE_VND - 40_000))
    assert payments.facts(session, reference_of(code)).refund_vnd == PRICE_VND


def test_a_refund_stays_when_the_order_becomes_smaller_afterwards(session: Session) -> None:
    case_id, code = on_order(session, packs=3)
    handling.settle(session, case_id, SELLER, settle("refund", 10_000))
    (line,) = order_facts.facts(session, code).lines
    fulfilment.start_packing(session, code, "p:staff")
    changes.shorten(session, code, Delivered(line.id, 2, "p:staff", "hết hàng"))
    session.flush()
    assert payments.facts(session, reference_of(code)).refund_vnd == PRICE_VND + 10_000


def test_what_was_given_back_stays_owed_when_an_officer_looks_again(session: Session) -> None:
    case_id, code = on_order(session, packs=3)
    handling.settle(session, case_id, SELLER, settle("refund", 10_000))
    handling.dispute(session, case_id, BUYER)
    (line,) = order_facts.facts(session, code).lines
    changes.shorten(session, code, Delivered(line.id, 2, "p:staff", "hết hàng"))
    handling.settle(session, case_id, OFFICER, settle("refund", 5_000))
    changes.shorten(session, code, Delivered(line.id, 1, "p:staff", "hết hàng"))
    session.flush()
    assert payments.facts(session, reference_of(code)).refund_vnd == 2 * PRICE_VND + 15_000


@pytest.mark.parametrize("kind", ["refund", "credit"])
def test_a_sum_is_asked_for_where_the_outcome_names_one(session: Session, kind: str) -> None:
    case_id, _ = on_order(session)
    with pytest.raises(SumNeeded):
        handling.settle(session, case_id, SELLER, settle(kind))


@pytest.mark.parametrize("kind", ["replace", "reject"])
def test_an_outcome_without_a_sum_keeps_none(session: Session, kind: str) -> None:
    case_id, code = on_order(session)
    handling.settle(session, case_id, SELLER, settle(kind, 5_000))
    assert now(session, case_id).amount_vnd == 0
    assert payments.facts(session, reference_of(code)).refund_vnd == 0


def test_the_seller_is_told_after_a_day_and_an_officer_has_it_after_two(
    session: Session, time_at: FixedClock
) -> None:
    case_id, _ = on_order(session)
    pass_time(session, time_at, 23)
    assert [note.what for note in case_facts.thread(session, case_id)] == ["opened"]
    pass_time(session, time_at, 1)
    assert [note.what for note in case_facts.thread(session, case_id)][-1] == "warned"
    pass_time(session, time_at, 23)
    assert now(session, case_id).state == "open"
    pass_time(session, time_at, 1)
    assert now(session, case_id).state == "escalated"
    assert [note.what for note in case_facts.thread(session, case_id)][-1] == "escalated"


def test_a_market_that_was_down_gives_the_notice_first_and_a_day_after_it(
    session: Session, time_at: FixedClock
) -> None:
    case_id, _ = on_order(session)
    pass_time(session, time_at, 100)
    assert now(session, case_id).state == "open"
    pass_time(session, time_at, 23)
    assert now(session, case_id).state == "open"
    pass_time(session, time_at, 1)
    assert now(session, case_id).state == "escalated"


def test_the_clocks_work_done_twice_is_done_once(session: Session, time_at: FixedClock) -> None:
    case_id, _ = on_order(session)
    for _twice in range(2):
        pass_time(session, time_at, 24)
        handling.warn_due(session)
        handling.escalate_due(session)
    said = [note.what for note in case_facts.thread(session, case_id)]
    assert said == ["opened", "warned", "escalated"]


def test_an_answered_case_still_needs_its_outcome(session: Session, time_at: FixedClock) -> None:
    case_id, _ = on_order(session)
    handling.say(session, case_id, SELLER, STAFF)
    pass_time(session, time_at, 24)
    pass_time(session, time_at, 24)
    assert now(session, case_id).state == "escalated"


def test_with_an_officer_the_seller_may_give_but_not_refuse(
    session: Session, time_at: FixedClock
) -> None:
    case_id = escalated(session, time_at)
    with pytest.raises(NotYoursToReject):
        handling.settle(session, case_id, SELLER, settle("reject"))
    handling.settle(session, case_id, SELLER, settle("replace"))
    assert now(session, case_id).outcome == "replace"


def test_an_officer_decides_only_what_is_theirs(session: Session, time_at: FixedClock) -> None:
    case_id, _ = on_order(session)
    with pytest.raises(SellerHasTime):
        handling.settle(session, case_id, OFFICER, settle("reject"))
    late = escalated(session, time_at)
    handling.settle(session, late, OFFICER, settle("refund", 10_000))
    assert now(session, late).by_officer
    with pytest.raises(TooLateToDispute):
        handling.dispute(session, late, BUYER)


def test_a_refusal_goes_to_an_officer_once(session: Session, time_at: FixedClock) -> None:
    case_id, _ = on_order(session)
    handling.settle(session, case_id, SELLER, settle("reject"))
    assert now(session, case_id).may_dispute
    handling.dispute(session, case_id, BUYER)
    assert now(session, case_id).state == "escalated"
    handling.settle(session, case_id, SELLER, settle("credit", 5_000))
    with pytest.raises(TooLateToDispute):
        handling.dispute(session, case_id, BUYER)


def test_after_a_week_an_outcome_stands(session: Session, time_at: FixedClock) -> None:
    case_id, _ = on_order(session)
    handling.settle(session, case_id, SELLER, settle("reject"))
    time_at.advance(DISPUTE_MS)
    assert not now(session, case_id).may_dispute
    with pytest.raises(TooLateToDispute):
        handling.dispute(session, case_id, BUYER)


def _say(session: Session, case_id: str) -> None:
    handling.say(session, case_id, REPORTER, BUYER)


def _take(session: Session, case_id: str) -> None:
    handling.take(session, case_id, "p:staff")


def _settle(session: Session, case_id: str) -> None:
    handling.settle(session, case_id, SELLER, settle("replace"))


@pytest.mark.parametrize("step", [_say, _take, _settle])
def test_nothing_is_done_to_a_case_that_is_over(
    session: Session, step: Callable[[Session, str], None]
) -> None:
    case_id, _ = on_order(session)
    handling.withdraw(session, case_id, "p:buyer")
    handling.withdraw(session, case_id, "p:buyer")
    with pytest.raises(CaseOver):
        step(session, case_id)
    assert len(case_facts.thread(session, case_id)) == 2


def test_the_same_person_has_one_running_case_about_a_thing(session: Session) -> None:
    stand = make_stand(session)
    _token, login = make_login(session)
    first = listing_case(session, stand.listing_id, login)
    assert listing_case(session, stand.listing_id, login) == first
    assert [note.what for note in case_facts.thread(session, first)] == ["opened", "said"]
    assert listing_case(session, stand.listing_id) != first
    handling.withdraw(session, first, login.actor)
    assert listing_case(session, stand.listing_id, login) != first


def test_whoever_answers_first_has_it_until_another_takes_it(session: Session) -> None:
    case_id, _ = on_order(session)
    _token, staff = make_login(session)
    handling.say(session, case_id, SELLER, Words(staff.actor, "Bạn gửi ảnh giúp nhé"))
    assert now(session, case_id).owner == staff.name
    _token, other = make_login(session)
    handling.take(session, case_id, other.actor)
    handling.take(session, case_id, other.actor)
    assert [note.what for note in case_facts.thread(session, case_id)] == ["opened", "said", "took"]


def test_a_case_opens_for_its_person_and_its_link_and_nobody_else(session: Session) -> None:
    case_id, _code = on_order(session)
    found = now(session, case_id)
    _token, stranger = make_login(session)
    case_facts.of_reporter(session, case_id, None, found.capability)
    for login, key in ((None, ""), (stranger, ""), (stranger, "x" * 43)):
        with pytest.raises(NotFound):
            case_facts.of_reporter(session, case_id, login, key)
    with pytest.raises(NotFound):
        case_facts.of_seller(session, case_id, make_stand(session).seller_id)


def test_officers_see_what_waits_for_them_first(session: Session, time_at: FixedClock) -> None:
    late = escalated(session, time_at)
    fresh, _ = on_order(session)
    done, _ = on_order(session)
    handling.settle(session, done, SELLER, settle("replace"))
    session.flush()
    assert [case.id for case in case_facts.for_officers(session)] == [late, fresh, done]


def test_on_time_counts_outcomes_within_two_days(session: Session, time_at: FixedClock) -> None:
    start = time_at.at_ms
    first, code = on_order(session)
    seller = now(session, first).seller_id
    handling.settle(session, first, SELLER, settle("replace"))
    second = make_case(session, ORDER, code)
    pass_time(session, time_at, 24)
    pass_time(session, time_at, 25)
    handling.settle(session, second, SELLER, settle("replace"))
    session.flush()
    counted = case_facts.on_time(session, [seller], start, start + 1)
    assert (counted.ended, counted.on_time) == (2, 1)
