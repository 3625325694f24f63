"""One transfer that was two refunds: each takes its part, and no đồng of the line counts twice."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import fsck
from core.errors import NotFound
from payments.models import MatchedPart
from payments.refunds import owed, sending
from payments.refunds.owed import RefundFacts
from tests.factories.payments import Till, make_till
from tests.factories.refunds import bank_sends, begin, now, paid

FIRST_VND, SECOND_VND = 100_000, 50_000


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


@pytest.fixture
def two(session: Session, till: Till) -> tuple[RefundFacts, RefundFacts]:
    """Refunds of two orders of one buyer, sent as one transfer that names both."""
    first, second = (
        begin(session, till, paid(session, till, back_vnd=vnd), vnd)
        for vnd in (FIRST_VND, SECOND_VND)
    )
    bank_sends(session, till, f"{first.code} {second.code}", FIRST_VND + SECOND_VND)
    return first, second


def confirm(session: Session, till: Till, refund: RefundFacts) -> int:
    """Confirm the one line proposed for the refund; returns how much of it was proposed."""
    (line,) = owed.candidates(session, till.seller_id, refund.id)
    sending.confirm(session, till.seller_id, refund.id, line.id)
    session.flush()
    return line.amount_vnd


def went_out(session: Session) -> list[tuple[str, int]]:
    query = select(MatchedPart.account, MatchedPart.amount_vnd).where(
        MatchedPart.payment_id.is_(None)
    )
    return sorted((account, vnd) for account, vnd in session.execute(query))


def problems(session: Session) -> list[str]:
    session.flush()
    return [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def test_each_refund_takes_its_part_of_the_line(
    session: Session, till: Till, two: tuple[RefundFacts, RefundFacts]
) -> None:
    assert confirm(session, till, two[0]) == FIRST_VND + SECOND_VND
    assert went_out(session) == [("outgoing", SECOND_VND), ("refunded", FIRST_VND)]
    assert confirm(session, till, two[1]) == SECOND_VND
    assert went_out(session) == [("refunded", SECOND_VND), ("refunded", FIRST_VND)]
    assert [now(session, one.reference).proved_vnd for one in two] == [FIRST_VND, SECOND_VND]
    assert problems(session) == []


def test_a_part_too_small_for_the_second_leaves_the_rest_owed(session: Session, till: Till) -> None:
    first, second = (
        begin(session, till, paid(session, till, back_vnd=FIRST_VND), FIRST_VND) for _ in range(2)
    )
    bank_sends(session, till, f"{first.code} {second.code}", FIRST_VND + SECOND_VND)
    for one in (first, second):
        confirm(session, till, one)
    told = now(session, second.reference)
    assert (told.proved_vnd, told.left_vnd, problems(session)) == (SECOND_VND, SECOND_VND, [])


def test_a_line_used_up_is_proposed_to_nobody_and_proves_nothing_more(
    session: Session, till: Till, two: tuple[RefundFacts, RefundFacts]
) -> None:
    line_id = owed.candidates(session, till.seller_id, two[0].id)[0].id
    for one in two:
        confirm(session, till, one)
    third = begin(session, till, paid(session, till, back_vnd=SECOND_VND), SECOND_VND)
    assert owed.candidates(session, till.seller_id, third.id) == ()
    with pytest.raises(NotFound):
        sending.confirm(session, till.seller_id, third.id, line_id)


def test_fsck_misses_the_part_that_proved_the_second(
    session: Session, till: Till, two: tuple[RefundFacts, RefundFacts]
) -> None:
    for one in two:
        confirm(session, till, one)
    session.execute(delete(MatchedPart).where(MatchedPart.note.like("refund:%")))
    assert any(two[1].code in problem for problem in problems(session))
