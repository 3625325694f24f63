"""Comments: kept masked, read, and done item by item."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.errors import DomainError, LoginRequired
from core.identity.logins import Login
from livestream.desk import intake
from livestream.desk.desk import Changed, Claimed, ClaimRequest
from livestream.desk.intake import Commented
from livestream.errors import LimitReached, PinClosed, SessionNotLive, UnknownCode
from livestream.pins import pins
from livestream.shows import sessions
from livestream.talk import comments
from livestream.talk.comments import CommentRequest
from tests.factories.identity import make_login
from tests.factories.livestream import Show, claim_row, make_buyer, make_claim, make_show


def say(session: Session, show: Show, text: str, login: Login | None = None) -> Commented:
    buyer = login or make_buyer(session)
    (outcome,) = intake.serve(session, [CommentRequest(show.id, text, buyer, clock.now_ms())])
    if isinstance(outcome, DomainError):
        raise outcome
    assert isinstance(outcome, Commented)
    return outcome


def test_an_order_in_a_comment_is_a_claim(session: Session) -> None:
    show = make_show(session)
    said = say(session, show, "chốt A1 2")
    (outcome,) = said.outcomes
    assert isinstance(outcome, Claimed)
    row = claim_row(session, outcome.claim_id)
    assert (row.held, row.source, row.comment_id) == (2, "comment", said.comment_id)


def test_two_codes_are_two_claims_and_one_refusal_blocks_no_other(session: Session) -> None:
    show = make_show(session, 5, 5, 5, limit=3)
    pins.close(session, show.id, "A2")
    said = say(session, show, "A1 1, A2 1, A3 9, C7 2")
    kinds = [type(outcome) for outcome in said.outcomes]
    assert kinds == [Claimed, PinClosed, LimitReached]


def test_an_item_left_to_a_person_is_on_the_moderators_list_though_the_rest_is_claimed(
    session: Session,
) -> None:
    show = make_show(session, 5, 5)
    said = say(session, show, "A1 1, A2 300g")
    assert [type(outcome) for outcome in said.outcomes] == [Claimed]
    assert [line["why"] for line in comments.unclear(session, show.id)] == ["quantity"]


def test_a_refused_item_uses_no_number(session: Session) -> None:
    show = make_show(session, 5, 5)
    pins.close(session, show.id, "A2")
    first, second = say(session, show, "A2 1, A1 1").outcomes
    assert isinstance(first, PinClosed)
    assert isinstance(second, Claimed)
    assert second.number == 1


def test_without_a_code_the_main_pin_is_meant(session: Session) -> None:
    show = make_show(session, 5, 5)
    pins.show(session, show.id, "A2")
    (outcome,) = say(session, show, "chốt 2 gói ạ").outcomes
    assert isinstance(outcome, Claimed)
    assert say(session, show, "chốt 1").reading.items[0].code == "A2"


def test_a_withdrawal_takes_back_the_claims_of_its_code(session: Session) -> None:
    show, buyer = make_show(session, 5, 5), make_buyer(session)
    one, other = (make_claim(session, show, login=buyer, code=code) for code in ("A1", "A2"))
    (outcome,) = say(session, show, "hủy A1", buyer).outcomes
    assert isinstance(outcome, Changed)
    assert (outcome.claim_id, outcome.status) == (one.claim_id, "withdrawn")
    assert claim_row(session, other.claim_id).held == 1


def test_a_withdrawal_without_a_code_means_the_only_claim_or_none(session: Session) -> None:
    show, buyer = make_show(session, 5, 5), make_buyer(session)
    make_claim(session, show, login=buyer)
    make_claim(session, show, login=buyer, code="A2")
    assert say(session, show, "hủy", buyer).outcomes == ()
    say(session, show, "hủy A1", buyer)
    assert len(say(session, show, "hủy", buyer).outcomes) == 1


def test_nobody_withdraws_for_another(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    claimed = make_claim(session, show, login=buyer)
    stranger = make_login(session, buyer.person_id, verified=False)[1]
    assert say(session, show, "hủy A1", stranger).outcomes == ()
    assert claim_row(session, claimed.claim_id).held == 1


@pytest.mark.parametrize("text", ["A1 còn không?", "chào cả nhà", "A1 300g"])
def test_what_is_no_clear_order_claims_nothing(session: Session, text: str) -> None:
    show = make_show(session)
    assert say(session, show, text).outcomes == ()
    assert make_claim(session, show).number == 1


def test_a_number_is_never_shown_or_kept(session: Session) -> None:
    show = make_show(session)
    say(session, show, "chốt A1 0912 345 678")
    (line,) = comments.newest(session, show.id)
    assert line["text"] == "chốt A1 •••• ••• •••"
    assert str(line["name_masked"]).endswith("***")


def test_a_guest_and_an_ended_show_hear_no(session: Session) -> None:
    show = make_show(session)
    guest = Login("device", None, "", "", verified=False, person_verified=False)
    with pytest.raises(LoginRequired):
        say(session, show, "A1", guest)
    sessions.end(session, show.id)
    with pytest.raises(SessionNotLive):
        say(session, show, "A1")


def test_the_room_hears_what_is_new_and_moderators_what_is_unclear(session: Session) -> None:
    show, other = make_show(session), make_show(session)
    say(session, show, "chào cả nhà")
    start = comments.last_position(session)
    for text in ("A1 còn không", "A1 300g", "A1"):
        say(session, show, text)
    say(session, other, "chợ khác")
    position, lines, unclear = comments.since(session, show.id, start)
    assert [line["kind"] for line in lines] == ["question", "ambiguous", "claim"]
    assert [(line["text"], line["why"]) for line in unclear] == [("A1 300g", "quantity")]
    assert comments.since(session, show.id, position) == (position, [], [])


def test_the_moderators_list_is_what_was_unclear(session: Session) -> None:
    show = make_show(session)
    for text in ("A1 300g", "xin chào", "A1 2 hộp"):
        say(session, show, text)
    assert [line["why"] for line in comments.unclear(session, show.id)] == ["quantity", "unit"]


def test_what_comes_together_is_served_in_the_order_it_came(session: Session) -> None:
    show, buyer, other = make_show(session, 1), make_buyer(session), make_buyer(session)
    claimed, withdrawn, next_one = intake.serve(
        session,
        [
            ClaimRequest(show.id, "A1", 1, buyer, 0),
            CommentRequest(show.id, "hủy A1", buyer, 0),
            ClaimRequest(show.id, "A1", 1, other, 0),
        ],
    )
    assert isinstance(claimed, Claimed)
    assert isinstance(withdrawn, Commented)
    assert isinstance(next_one, Claimed)
    assert (claimed.held, next_one.held) == (1, 1)
    assert [type(outcome) for outcome in withdrawn.outcomes] == [Changed]


def test_sessions_in_one_batch_do_not_mix(session: Session) -> None:
    one, other, ended = make_show(session, 2), make_show(session, 3), make_show(session, 1)
    sessions.end(session, ended.id)
    asked = [(one, "A1"), (other, "A1"), (ended, "A1"), (one, "A2"), (other, "A1")]
    outcomes = intake.serve(
        session, [ClaimRequest(show.id, code, 1, make_buyer(session), 0) for show, code in asked]
    )
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Claimed, Claimed, SessionNotLive, UnknownCode, Claimed]
    assert [claim.left for claim in outcomes if isinstance(claim, Claimed)] == [1, 2, 1]
