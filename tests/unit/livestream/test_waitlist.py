"""The waiting list: served in number order, by whoever settles the pin."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from core.clock import FixedClock
from livestream.desk import waitlist
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import pins
from livestream.room import view
from livestream.shows import sessions
from tests.factories.livestream import (
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
    pin_row,
)


def standing(session: Session, claim_id: str) -> tuple[int, int, str]:
    row = claim_row(session, claim_id)
    return row.held, row.waiting, row.state


def test_a_tick_ends_what_ran_out_and_serves_who_waits(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 1, hold_rule="minutes")
    first, second = make_claim(session, show), make_claim(session, show)
    time_at.advance(15 * MINUTE_MS)
    waitlist.settle_due(session)
    assert standing(session, first.claim_id) == (0, 0, "expired")
    assert standing(session, second.claim_id) == (1, 0, "held")


def test_a_tick_with_nothing_due_writes_nothing(session: Session) -> None:
    show = make_show(session, 1)
    make_claim(session, show)
    make_claim(session, show)
    before = view.snapshot(session, show.id)
    waitlist.settle_due(session)
    assert view.snapshot(session, show.id) == before


def test_who_waited_has_at_least_ten_minutes(session: Session, time_at: FixedClock) -> None:
    show = make_show(session, 1, hold_rule="minutes", minutes=60)
    make_claim(session, show)
    waiting = make_claim(session, show)
    time_at.advance(15 * MINUTE_MS)
    waitlist.settle_due(session)
    expires_ms = claim_row(session, waiting.claim_id).expires_ms or 0
    assert expires_ms >= time_at.at_ms + 10 * MINUTE_MS


def test_part_of_what_waits_is_served(session: Session, time_at: FixedClock) -> None:
    show = make_show(session, 2, hold_rule="minutes")
    make_claim(session, show, 2)
    first, second = make_claim(session, show, 3), make_claim(session, show, 1)
    time_at.advance(15 * MINUTE_MS)
    waitlist.settle_due(session)
    assert standing(session, first.claim_id) == (2, 1, "held")
    assert standing(session, second.claim_id) == (0, 1, "none")


def test_who_let_their_packs_expire_leaves_the_list(session: Session, time_at: FixedClock) -> None:
    show = make_show(session, 2, hold_rule="minutes")
    split = make_claim(session, show, 3)
    time_at.advance(15 * MINUTE_MS)
    waitlist.settle_due(session)
    assert standing(session, split.claim_id) == (0, 0, "expired")


def test_packs_for_one_whose_part_is_ordered_become_a_claim_of_their_own(session: Session) -> None:
    show, buyer = make_show(session, 2), make_buyer(session)
    split = make_claim(session, show, 3, login=buyer)
    order_basket(session, show, buyer)
    pins.change_allotment(session, show.id, "A1", 3)
    assert standing(session, split.claim_id) == (2, 0, "ordered")
    newest = view.snapshot(session, show.id)["claims"][-1]
    assert newest[0] == 2
    assert newest[3:6] == [1, 0, "held"]


def test_nobody_is_served_from_a_closed_pin_or_an_ended_show(session: Session) -> None:
    show = make_show(session, 1, 1)
    for code in ("A1", "A2"):
        make_claim(session, show, code=code)
    waiting = [make_claim(session, show, code=code) for code in ("A1", "A2")]
    pins.close(session, show.id, "A1")
    sessions.end(session, show.id)
    assert [claim_row(session, one.claim_id).wait_state for one in waiting] == ["ended", "ended"]


def test_a_hold_that_runs_out_after_the_end_goes_to_the_shop(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 1, minutes=10)
    claimed = make_claim(session, show)
    sessions.end(session, show.id)
    time_at.advance(60 * MINUTE_MS)
    waitlist.settle_due(session)
    assert standing(session, claimed.claim_id) == (0, 0, "expired")
    assert pin_row(session, show).state == "closed"


def test_a_tick_looks_only_at_what_is_due_and_never_through_all_claims_there_were(
    session: Session,
) -> None:
    """It runs every second under the one writer's lock, and claims are kept for years."""
    make_claim(session, make_show(session))
    asked: list[tuple[str, object]] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *sent: asked.append(sent[2:4]))
    waitlist.settle_due(session)
    plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)  # type: ignore[arg-type]
             for text, values in list(asked)]  # fmt: skip
    steps = [str(step[3]) for plan in plans for step in plan]
    assert len([step for step in steps if step.startswith("SEARCH claims")]) == 3
    assert [step for step in steps if step.startswith("SCAN claims")] == []
