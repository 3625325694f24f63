"""Claims a moderator makes for others: of an unclear comment, of a caller."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.errors import NotFound
from core.identity.logins import Login
from livestream.delivery import boards
from livestream.desk import intake
from livestream.desk.intake import Commented
from livestream.errors import AlreadyHandled, LimitReached, UnknownCode
from livestream.models import Claim
from livestream.pins import pins
from livestream.talk import comments, moderation
from livestream.talk.comments import CommentRequest
from livestream.talk.moderation import Caller, Wanted
from tests.factories.identity import make_login, new_phone
from tests.factories.livestream import Show, claim_row, make_buyer, make_show


def unclear(session: Session, show: Show, login: Login, text: str = "chốt A1 A1 2") -> str:
    (said,) = intake.serve(session, [CommentRequest(show.id, text, login, clock.now_ms())])
    assert isinstance(said, Commented)
    assert said.reading.why
    return said.comment_id


def moderator_of(session: Session, show: Show) -> Login:
    return make_login(session, roles={show.seller_id: "moderator"})[1]


def test_an_unclear_comment_becomes_its_writers_claim(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session, verified=False)
    said = unclear(session, show, buyer)
    staff = moderator_of(session, show)
    made = moderation.claim_for_writer(session, show.id, said, Wanted("A1", 2), staff)
    row = claim_row(session, made.claim_id)
    assert (row.person_id, row.device_id) == (buyer.person_id, buyer.device_id)
    assert (row.source, row.comment_id, row.held) == ("comment", said, 2)
    assert boards.mine(session, show.id, row.person_id, buyer.device_id)["claims"]
    assert comments.unclear(session, show.id) == []


def test_it_costs_what_stood_when_it_was_written(session: Session, time_at: FixedClock) -> None:
    show, buyer = make_show(session), make_buyer(session)
    said = unclear(session, show, buyer)
    time_at.advance(5_000)
    pins.change_price(session, show.id, "A1", 90_000)
    staff = moderator_of(session, show)
    made = moderation.claim_for_writer(session, show.id, said, Wanted("a1", 1), staff)
    assert made.unit_price_vnd == 60_000


def test_two_moderators_make_one_claim_of_one_comment(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    said, staff = unclear(session, show, buyer), moderator_of(session, show)
    moderation.claim_for_writer(session, show.id, said, Wanted("A1", 1), staff)
    with pytest.raises(AlreadyHandled):
        moderation.claim_for_writer(session, show.id, said, Wanted("A1", 1), staff)


@pytest.mark.parametrize(
    ("wanted", "refusal"), [(Wanted("C9", 1), UnknownCode), (Wanted("A1", 6), LimitReached)]
)
def test_a_refused_claim_leaves_the_comment_to_be_dealt_with(
    session: Session, wanted: Wanted, refusal: type[Exception]
) -> None:
    show, buyer = make_show(session), make_buyer(session)
    said = unclear(session, show, buyer)
    with pytest.raises(refusal), session.begin_nested():
        moderation.claim_for_writer(session, show.id, said, wanted, moderator_of(session, show))
    assert [line["comment"] for line in comments.unclear(session, show.id)] == [said]


def test_a_comment_that_is_left_goes_off_the_list_and_is_still_in_the_talk(
    session: Session,
) -> None:
    show = make_show(session)
    said = unclear(session, show, make_buyer(session))
    moderation.leave(session, show.id, said)
    moderation.leave(session, show.id, said)
    assert comments.unclear(session, show.id) == []
    assert len(comments.newest(session, show.id)) == 1


def test_a_comment_of_another_session_is_not_found(session: Session) -> None:
    show, other = make_show(session), make_show(session)
    said = unclear(session, show, make_buyer(session))
    staff = moderator_of(session, other)
    with pytest.raises(NotFound):
        moderation.claim_for_writer(session, other.id, said, Wanted("A1", 1), staff)
    with pytest.raises(NotFound):
        moderation.leave(session, other.id, said)


def test_a_caller_has_a_claim_under_the_number_and_the_pins_limit(session: Session) -> None:
    show = make_show(session, 20, limit=5)
    caller, staff = Caller(new_phone(), "Bác Tư"), moderator_of(session, show)
    for packs in (1, 1, 1, 1):
        made = moderation.claim_for_caller(session, show.id, caller, Wanted("A1", packs), staff)
    row = claim_row(session, made.claim_id)
    assert (row.name_masked, row.source) == ("B***", "keypad")
    with pytest.raises(LimitReached):
        moderation.claim_for_caller(session, show.id, caller, Wanted("A1", 2), staff)
    assert len(set(session.scalars(select(Claim.person_id)))) == 1


def test_a_caller_claim_is_nobodys_on_the_moderators_own_device(session: Session) -> None:
    show = make_show(session)
    staff = moderator_of(session, show)
    caller = Caller(new_phone(), "Bác Tư")
    moderation.claim_for_caller(session, show.id, caller, Wanted("A1", 1), staff)
    assert boards.mine(session, show.id, str(staff.person_id))["claims"] == []
