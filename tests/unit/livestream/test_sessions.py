"""A session from draft to end."""

import pytest
from sqlalchemy.orm import Session

from catalog import listings, stock
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from core.states import BadTransition
from livestream import log
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import NotReady, SessionNotLive
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import going_live, sessions
from livestream.shows.sessions import NewSession
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller
from tests.factories.livestream import claim_row, make_buyer, make_claim, make_show, pin_row


def types(session: Session, session_id: str) -> list[str]:
    return [event["type"] for event in log.entries(session, session_id, 0, None)]


def available(session: Session, listing_id: str) -> int:
    return listings.get(session, listing_id).available_packs


def test_a_new_session_is_checked_and_sets_its_packs_aside(session: Session) -> None:
    show = make_show(session, 4, started=False)
    assert view.facts(session, show.id).state == "checked"
    pin = pin_row(session, show)
    assert (pin.code, pin.state) == ("A1", "queued")
    assert stock.allotment_left(session, [pin.allotment_id]) == {pin.allotment_id: 800}


def test_a_session_without_pins_stays_a_draft_and_cannot_start(session: Session) -> None:
    seller_id = make_seller(session)
    session_id = sessions.create(session, NewSession(seller_id, "Chợ", 1), [])
    assert view.facts(session, session_id).state == "draft"
    with pytest.raises(NotReady):
        sessions.start(session, session_id)


def test_a_hidden_listing_keeps_a_session_from_starting(session: Session) -> None:
    seller_id = make_seller(session)
    pin = NewPin(make_listing(session, seller_id, state="hidden"), 2, 50_000, 1)
    session_id = sessions.create(session, NewSession(seller_id, "Chợ", 1), [pin])
    (open_point,) = going_live.open_points(session, session_id)
    assert open_point.text().startswith("A1: món này đang ẩn khỏi cửa hàng.")
    assert view.facts(session, session_id).state == "draft"


def test_another_sellers_listing_needs_its_consent(session: Session) -> None:
    organiser, other = make_seller(session), make_seller(session)
    pin = NewPin(make_listing(session, other), 2, 50_000, 1)
    with pytest.raises(NotFound):
        sessions.create(session, NewSession(organiser, "Chợ", 1), [pin])
    session_id = sessions.create(session, NewSession(organiser, "Chợ", 1), [pin], {other})
    assert view.facts(session, session_id).state == "checked"


def test_a_pin_cannot_have_more_than_the_shop(session: Session) -> None:
    seller_id = make_seller(session)
    pin = NewPin(make_listing(session, seller_id, on_hand=400), 3, 50_000, 1)
    with pytest.raises(OutOfStock):
        sessions.create(session, NewSession(seller_id, "Chợ", 1), [pin])


def test_starting_shows_the_first_pin_and_three_beside_it(session: Session) -> None:
    show = make_show(session, 1, 1, 1, 1, 1)
    states = [pin_row(session, show, f"A{number}").state for number in range(1, 6)]
    assert states == ["showing", "side", "side", "side", "queued"]
    assert types(session, show.id) == ["session_live", "pinned", "pinned", "pinned", "pinned"]


def test_a_session_starts_once(session: Session) -> None:
    show = make_show(session)
    with pytest.raises(BadTransition):
        sessions.start(session, show.id)


def test_the_picture_may_be_lost_and_come_back(session: Session) -> None:
    show = make_show(session)
    sessions.interrupt(session, show.id)
    assert view.facts(session, show.id).state == "interrupted"
    sessions.resume(session, show.id)
    assert types(session, show.id)[-2:] == ["session_interrupted", "session_live"]


def test_only_a_lost_picture_comes_back(session: Session) -> None:
    with pytest.raises(SessionNotLive):
        sessions.resume(session, make_show(session, started=False).id)


def test_the_end_returns_what_nobody_took_and_ends_waiting(session: Session) -> None:
    show = make_show(session, 3, 1)
    before = available(session, pin_row(session, show).listing_id)
    make_claim(session, show, 1)
    make_claim(session, show, code="A2")
    waiting = make_claim(session, show, code="A2")
    sessions.end(session, show.id)
    assert available(session, pin_row(session, show).listing_id) == before + 2
    assert claim_row(session, waiting.claim_id).wait_state == "ended"
    assert view.snapshot(session, show.id)["counters"]["waiting"] == 0


def test_what_is_held_at_the_end_is_kept_half_an_hour_longer(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 3, minutes=60)
    claimed = make_claim(session, show)
    time_at.advance(70 * MINUTE_MS)
    sessions.end(session, show.id)
    assert claim_row(session, claimed.claim_id).expires_ms == time_at.at_ms + 30 * MINUTE_MS


def test_an_early_end_shortens_no_hold(session: Session) -> None:
    show = make_show(session, 3)
    claimed = make_claim(session, show)
    sessions.end(session, show.id)
    assert claim_row(session, claimed.claim_id).expires_ms == claimed.expires_ms


def test_what_is_given_up_after_the_end_goes_to_the_shop(session: Session) -> None:
    show, buyer = make_show(session, 3), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    sessions.end(session, show.id)
    before = available(session, pin_row(session, show).listing_id)
    desk.change(session, ChangeRequest(show.id, claimed.claim_id, 0, buyer))
    assert available(session, pin_row(session, show).listing_id) == before + 2


def test_an_ended_session_cannot_end_again(session: Session) -> None:
    show = make_show(session)
    sessions.end(session, show.id)
    with pytest.raises(BadTransition):
        sessions.end(session, show.id)


def test_a_session_called_off_gives_everything_back(session: Session) -> None:
    show = make_show(session, 4, started=False)
    before = available(session, pin_row(session, show).listing_id)
    sessions.cancel(session, show.id)
    assert available(session, pin_row(session, show).listing_id) == before + 4
    with pytest.raises(NotFound):
        view.snapshot(session, show.id)


def test_an_announcement_stands_until_it_is_taken_away(session: Session) -> None:
    show = make_show(session)
    sessions.announce(session, show.id, "Nghỉ 5 phút")
    assert view.snapshot(session, show.id)["announcement"] == "Nghỉ 5 phút"
    sessions.announce(session, show.id, "")
    assert view.snapshot(session, show.id)["announcement"] == ""


def test_what_runs_is_listed_before_what_comes(session: Session) -> None:
    comes, runs = make_show(session, started=False), make_show(session)
    draft = sessions.create(session, NewSession(comes.seller_id, "Nháp", 1), [])
    listed = [facts.id for facts in view.listed(session)]
    assert listed == [runs.id, comes.id]
    assert draft in [facts.id for facts in view.of_seller(session, comes.seller_id)]


@pytest.mark.parametrize(
    "step", [sessions.start, sessions.interrupt, sessions.end, sessions.cancel]
)
def test_a_session_that_is_not_there_is_not_found(session: Session, step: object) -> None:
    with pytest.raises(NotFound):
        step(session, "nowhere")  # type: ignore[operator]
