"""The call list: whom to call and why, for each seller its own, and what a tick does."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from core.identity import people
from core.identity.logins import Login
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.shows import call_list
from livestream.shows.call_list import Tick, ToCall
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    order_basket,
)


def listed(session: Session, show: Show) -> list[ToCall]:
    return call_list.of_sellers(session, show.id, [show.seller_id])


def ticked(session: Session, show: Show, buyer: Login, reason: str, *, reached: bool) -> None:
    done = Tick(show.id, show.seller_id, str(buyer.person_id), reason, reached, "p:staff")
    call_list.tick(session, done)


def offered(session: Session) -> tuple[Show, Login, str]:
    """A show where a buyer was offered the one pack, with their claim."""
    show, first = make_show(session, 1, hold_rule="minutes"), make_buyer(session)
    held = make_claim(session, show, login=first)
    second = make_buyer(session, verified=False)
    waiting = make_claim(session, show, login=second)
    desk.change(session, ChangeRequest(show.id, held.claim_id, 0, first))
    return show, second, waiting.claim_id


def test_each_buyer_is_listed_once_for_each_reason(session: Session) -> None:
    show, buyer = make_show(session, 5, 5), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    make_claim(session, show, 1, login=buyer, code="A2")
    (one,) = listed(session, show)
    assert (one.reason, [(item.code, item.packs) for item in one.items]) == (
        "hold",
        [("A1", 2), ("A2", 1)],
    )
    code = order_basket(session, show, buyer)
    (one,) = listed(session, show)
    assert (one.reason, one.order_code) == ("order", code)


def test_a_call_that_reached_starts_the_clock_and_proves_the_number(
    session: Session, time_at: FixedClock
) -> None:
    show, buyer, claim_id = offered(session)
    time_at.advance(5 * MINUTE_MS)
    ticked(session, show, buyer, "offer", reached=True)
    row = claim_row(session, claim_id)
    assert (row.offered, row.expires_ms) == (0, time_at.at_ms + 15 * MINUTE_MS)
    assert people.facts(session, str(buyer.person_id)).verified
    assert [one.reason for one in listed(session, show)] == ["hold"]


def test_a_call_nobody_answered_is_counted_and_starts_nothing(session: Session) -> None:
    show, buyer, claim_id = offered(session)
    ticked(session, show, buyer, "offer", reached=False)
    ticked(session, show, buyer, "offer", reached=False)
    (one,) = listed(session, show)
    assert (one.missed, one.reached_ms) == (2, None)
    assert claim_row(session, claim_id).offered == 1


def test_who_was_reached_comes_last(session: Session) -> None:
    show = make_show(session, 5)
    buyers = [make_buyer(session) for _ in range(3)]
    for buyer in buyers:
        make_claim(session, show, login=buyer)
    ticked(session, show, buyers[0], "hold", reached=True)
    assert listed(session, show)[-1].person_id == buyers[0].person_id


def test_nobody_calls_for_another_seller_or_without_a_reason(session: Session) -> None:
    show, other, buyer = make_show(session, 5), make_show(session, 5), make_buyer(session)
    make_claim(session, show, login=buyer)
    assert call_list.of_sellers(session, show.id, [other.seller_id]) == []
    done = Tick(show.id, other.seller_id, str(buyer.person_id), "hold", True, "p:staff")
    with pytest.raises(NotFound):
        call_list.tick(session, done)
    with pytest.raises(NotFound):
        ticked(session, show, buyer, "order", reached=True)
