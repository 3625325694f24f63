"""The verify desk and the list that gates a show."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from core.states import BadTransition
from livestream import wiring
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import (
    FoodPaperEnded,
    FoodPaperMissing,
    HostNotConfirmed,
    NotYourself,
    SellerNotConfirmed,
)
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import confirmations, going_live, sessions
from livestream.shows.confirmations import NewConfirmation
from livestream.shows.sessions import NewSession
from tests.factories.catalog import make_listing
from tests.factories.identity import confirm, make_login, make_seller
from tests.factories.livestream import make_show, pin_row

_DAY_MS = 24 * 60 * MINUTE_MS


def show_of(session: Session, organiser: str, *others: str) -> str:
    """A session with a pin of the organiser and one of each of the others."""
    pinned = [
        NewPin(make_listing(session, seller), 2, 50_000, 1) for seller in (organiser, *others)
    ]
    return sessions.create(session, NewSession(organiser, "Chợ", 1), pinned, others)


def withdraw_all(session: Session, seller_id: str, kind: str) -> None:
    for one in confirmations.of_sellers(session, [seller_id])[seller_id]:
        if one.kind == kind:
            confirmations.withdraw(session, seller_id, one.id)


def test_a_seller_nobody_confirmed_cannot_start(session: Session) -> None:
    session_id = show_of(session, make_seller(session, confirmed=False))
    assert view.facts(session, session_id).state == "draft"
    with pytest.raises(SellerNotConfirmed):
        sessions.start(session, session_id)


def test_without_a_food_paper_nothing_is_shown(session: Session) -> None:
    seller_id = make_seller(session)
    withdraw_all(session, seller_id, "food")
    with pytest.raises(FoodPaperMissing):
        sessions.start(session, show_of(session, seller_id))


def test_a_confirmed_seller_turns_its_drafts_into_sessions_that_may_start(session: Session) -> None:
    seller_id = make_seller(session, confirmed=False)
    session_id = show_of(session, seller_id)
    confirm(session, "seller", seller_id)
    confirm(session, "food", seller_id)
    sessions.recheck_of_seller(session, seller_id)
    assert view.facts(session, session_id).state == "checked"


def test_a_blocked_pin_stays_behind_and_the_rest_starts(session: Session) -> None:
    fine, unknown = make_seller(session), make_seller(session, confirmed=False)
    session_id = show_of(session, fine, unknown)
    sessions.start(session, session_id)
    shown = {pin["code"] for pin in view.snapshot(session, session_id)["pins"]}
    assert shown == {"A1"}
    for show in (pins.show, pins.show_beside):
        with pytest.raises(SellerNotConfirmed):
            show(session, session_id, "A2")


def test_a_paper_counts_through_its_last_day(session: Session, time_at: FixedClock) -> None:
    seller_id = make_seller(session)
    confirm(session, "food", seller_id, days=1)
    session_id = show_of(session, seller_id)
    time_at.advance(_DAY_MS)
    assert going_live.open_points(session, session_id) == ()
    time_at.advance(_DAY_MS)
    (reason,) = going_live.open_points(session, session_id)
    assert isinstance(reason, FoodPaperEnded)


def test_a_paper_that_ends_in_the_middle_closes_its_pin(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 3, minutes=3 * 24 * 60)
    confirm(session, "food", show.seller_id, days=0)
    sessions.close_unpapered(session)
    assert pin_row(session, show).state == "showing"
    time_at.advance(_DAY_MS)
    sessions.close_unpapered(session)
    assert pin_row(session, show).state == "closed"


def test_the_server_looks_at_papers_while_shows_run() -> None:
    assert sessions.close_unpapered in wiring.TICKS


def test_only_a_confirmed_host_starts(session: Session) -> None:
    show = make_show(session, started=False)
    _token, host = make_login(session, roles={show.seller_id: "host"})
    going_live.require_host(session, show.id, host)
    withdraw_all(session, show.seller_id, "host")
    with pytest.raises(HostNotConfirmed):
        going_live.require_host(session, show.id, host)


def test_nobody_confirms_themselves(session: Session) -> None:
    seller_id = make_seller(session)
    _token, host = make_login(session, roles={seller_id: "host"})
    assert host.person_id is not None
    new = NewConfirmation("host", seller_id, "CCCD", clock.today(), host.person_id)
    with pytest.raises(NotYourself):
        confirmations.confirm(session, new, host.person_id)


def test_a_host_must_work_for_the_seller(session: Session) -> None:
    seller_id = make_seller(session)
    _token, stranger = make_login(session)
    assert stranger.person_id is not None
    with pytest.raises(NotFound):
        confirm(session, "host", seller_id, stranger.person_id)


def test_a_paper_that_is_over_is_not_confirmed(session: Session) -> None:
    with pytest.raises(BadRequest):
        confirm(session, "food", make_seller(session), days=-1)


def test_confirming_again_puts_the_newer_in_its_place(session: Session) -> None:
    seller_id = make_seller(session)
    newest = confirm(session, "food", seller_id, days=9)
    standing = confirmations.of_sellers(session, [seller_id])[seller_id]
    assert [one.id for one in standing if one.kind == "food"] == [newest]


def test_a_confirmation_of_another_seller_is_not_found(session: Session) -> None:
    ours, theirs = make_seller(session), make_seller(session)
    (one, *_) = confirmations.of_sellers(session, [theirs])[theirs]
    with pytest.raises(NotFound):
        confirmations.withdraw(session, ours, one.id)


def test_a_rehearsal_hides_the_session_from_buyers(session: Session) -> None:
    show = make_show(session, started=False)
    sessions.rehearse(session, show.id)
    with pytest.raises(NotFound):
        view.public_facts(session, show.id)
    sessions.leave_rehearsal(session, show.id)
    assert view.public_facts(session, show.id).state == "checked"


def test_a_show_that_runs_has_no_rehearsal(session: Session) -> None:
    show = make_show(session)
    for step in (sessions.rehearse, sessions.leave_rehearsal):
        with pytest.raises(BadTransition):
            step(session, show.id)


def test_a_rehearsal_may_go_live(session: Session) -> None:
    show = make_show(session, started=False)
    sessions.rehearse(session, show.id)
    sessions.start(session, show.id)
    assert view.facts(session, show.id).state == "live"
