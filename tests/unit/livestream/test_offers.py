"""Packs offered to who waited: the clock starts when they hear of it, and nobody blocks the line."""

import pytest
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.identity.logins import Login
from livestream.desk import desk, offers, waitlist
from livestream.desk.desk import ChangeRequest, Claimed
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import pins
from livestream.shows import sessions
from tests.factories.identity import make_login
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
)

REACH_MIN = 10


def line_of(session: Session, *packs: int) -> tuple[Show, list[tuple[Login, Claimed]]]:
    """A show with one pack and buyers who claim so many each; the first has it, the others wait."""
    show = make_show(session, 1, hold_rule="minutes", minutes=240)
    buyers = [make_buyer(session) for _ in packs]
    return show, [
        (buyer, make_claim(session, show, qty, login=buyer))
        for buyer, qty in zip(buyers, packs, strict=True)
    ]


def withdraw(session: Session, show: Show, buyer: Login, claim: Claimed) -> None:
    desk.change(session, ChangeRequest(show.id, claim.claim_id, 0, buyer))


def parts(session: Session, claim: Claimed) -> tuple[int, int, int, str]:
    row = claim_row(session, claim.claim_id)
    return row.held, row.offered, row.waiting, row.wait_state


def after(session: Session, time_at: FixedClock, minutes: int) -> None:
    time_at.advance(minutes * MINUTE_MS)
    waitlist.settle_due(session)


OFFERED, WAITS, HEARD = (1, 1, 0, "offered"), (0, 0, 1, "waiting"), (1, 0, 0, "none")


def test_who_waits_is_offered_what_another_gives_up(session: Session) -> None:
    show, [(first, one), (_, two), (_, three)] = line_of(session, 1, 1, 1)
    withdraw(session, show, first, one)
    assert [parts(session, claim) for claim in (two, three)] == [OFFERED, WAITS]


def test_the_time_to_order_begins_when_they_hear_of_it(
    session: Session, time_at: FixedClock
) -> None:
    show, [(first, one), (second, two)] = line_of(session, 1, 1)
    withdraw(session, show, first, one)
    time_at.advance(9 * MINUTE_MS)
    offers.heard(session, show.id, str(second.person_id))
    assert parts(session, two) == HEARD
    after(session, time_at, 14)
    assert parts(session, two) == HEARD
    after(session, time_at, 1)
    assert claim_row(session, two.claim_id).state == "expired"


def test_who_is_not_reached_in_time_waits_again_and_the_next_is_asked(
    session: Session, time_at: FixedClock
) -> None:
    show, [(first, one), (_, two), (_, three)] = line_of(session, 1, 1, 1)
    withdraw(session, show, first, one)
    after(session, time_at, REACH_MIN - 1)
    assert parts(session, two) == OFFERED
    after(session, time_at, 1)
    assert [parts(session, claim) for claim in (two, three)] == [WAITS, OFFERED]


def test_who_was_passed_over_and_comes_back_has_their_old_place(
    session: Session, time_at: FixedClock
) -> None:
    show, [(first, one), (second, two), (third, three), (_, four)] = line_of(session, 1, 1, 1, 1)
    withdraw(session, show, first, one)
    after(session, time_at, REACH_MIN)
    offers.heard(session, show.id, str(second.person_id))
    withdraw(session, show, third, three)
    assert [parts(session, claim) for claim in (two, four)] == [OFFERED, WAITS]


def test_who_was_passed_over_comes_after_those_not_asked_yet(
    session: Session, time_at: FixedClock
) -> None:
    show, [(first, one), (_, two), (third, three), (_, four)] = line_of(session, 1, 1, 1, 1)
    withdraw(session, show, first, one)
    after(session, time_at, REACH_MIN)
    withdraw(session, show, third, three)
    assert [parts(session, claim) for claim in (two, four)] == [WAITS, OFFERED]


def test_a_server_that_was_down_over_it_asks_the_next_once(
    session: Session, time_at: FixedClock
) -> None:
    show, [(first, one), (_, two), (_, three), (_, four)] = line_of(session, 1, 1, 1, 1)
    withdraw(session, show, first, one)
    after(session, time_at, 60)
    assert [parts(session, claim) for claim in (two, three, four)] == [WAITS, OFFERED, WAITS]


def test_part_of_an_offer_is_taken_and_the_rest_goes_on(session: Session) -> None:
    show = make_show(session, 3)
    holder, second = make_buyer(session), make_buyer(session)
    one = make_claim(session, show, 3, login=holder)
    two = make_claim(session, show, 3, login=second)
    three = make_claim(session, show, 2)
    withdraw(session, show, holder, one)
    desk.change(session, ChangeRequest(show.id, two.claim_id, 1, second))
    assert parts(session, two) == HEARD
    assert parts(session, three) == (2, 2, 0, "offered")


def test_who_leaves_while_offered_leaves_it_to_the_next(session: Session) -> None:
    show, [(first, one), (second, two), (_, three)] = line_of(session, 1, 1, 1)
    withdraw(session, show, first, one)
    withdraw(session, show, second, two)
    assert parts(session, two) == (0, 0, 0, "none")
    assert parts(session, three) == OFFERED


def test_what_is_offered_can_be_ordered_at_once(session: Session) -> None:
    show, [(first, one), (second, two)] = line_of(session, 1, 1)
    withdraw(session, show, first, one)
    order_basket(session, show, second)
    row = claim_row(session, two.claim_id)
    assert (row.state, row.offered, row.reach_by_ms) == ("ordered", 0, None)


@pytest.mark.parametrize("step", ["end", "close"])
def test_at_the_end_an_offer_stays_as_long_as_it_holds(
    session: Session, time_at: FixedClock, step: str
) -> None:
    show, [(first, one), (_, two), (_, three)] = line_of(session, 1, 1, 1)
    withdraw(session, show, first, one)
    if step == "end":
        sessions.end(session, show.id)
    else:
        pins.close(session, show.id, "A1")
    after(session, time_at, REACH_MIN)
    assert parts(session, two) == HEARD
    assert parts(session, three) == (0, 0, 0, "ended")
    assert not any(verdict.problems for verdict in fsck.run_all(session))


def test_a_device_that_only_typed_the_number_hears_for_itself_alone(session: Session) -> None:
    show, [(first, one), (second, two)] = line_of(session, 1, 1)
    stranger = make_login(session, second.person_id, verified=False)[1]
    withdraw(session, show, first, one)
    offers.heard(session, show.id, str(second.person_id), stranger.device_id)
    assert parts(session, two) == OFFERED
