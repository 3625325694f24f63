"""Selling together: asked, answered, dated, taken back; and nothing sold for who has not agreed."""

from typing import cast

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from core.states import BadTransition
from livestream import access, checks
from livestream.delivery import boards
from livestream.errors import SessionNotLive
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.together import invitations, stall_page
from livestream.together.together_models import Invitation
from tests.factories.catalog import make_listing
from tests.factories.identity import make_seller
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    pin_row,
)
from tests.factories.payments import make_till

BY = "p:somebody"


def guest_of(session: Session, show: Show) -> str:
    """A seller with goods that was asked into the show."""
    seller_id = make_till(session).seller_id
    invitations.invite(session, show.id, seller_id, BY)
    return seller_id


def pin_for(session: Session, show: Show, seller_id: str, packs: int = 4) -> str:
    new = NewPin(make_listing(session, seller_id, on_hand=4000), packs, 50_000, 5)
    return invitations.pin(session, show.id, new, {seller_id})


def partner_of(session: Session, show: Show) -> str:
    """A seller that agreed and pinned A2."""
    seller_id = guest_of(session, show)
    invitations.accept(session, show.id, seller_id, BY)
    assert pin_for(session, show, seller_id) == "A2"
    return seller_id


def test_a_seller_pins_its_goods_under_the_date_of_its_consent(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session)
    seller_id = guest_of(session, show)
    invitations.accept(session, show.id, seller_id, BY)
    agreed_ms = time_at.at_ms
    time_at.advance(60_000)
    code = pin_for(session, show, seller_id)
    pin = pin_row(session, show, code)
    assert (pin.seller_id, pin.consent_ms) == (seller_id, agreed_ms)


@pytest.mark.parametrize("answer", ["none", "refused", "withdrawn", "cancelled"])
def test_nothing_is_pinned_without_consent(session: Session, answer: str) -> None:
    show = make_show(session)
    seller_id = guest_of(session, show)
    if answer == "refused":
        invitations.refuse(session, show.id, seller_id, BY)
    elif answer == "withdrawn":
        invitations.accept(session, show.id, seller_id, BY)
        invitations.withdraw(session, show.id, seller_id, BY)
    elif answer == "cancelled":
        invitations.cancel(session, show.id, seller_id, BY)
    with pytest.raises(NotFound):
        pin_for(session, show, seller_id)


def test_the_organiser_cannot_pin_what_is_its_partners(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    new = NewPin(make_listing(session, seller_id), 2, 50_000, 5)
    with pytest.raises(NotFound):
        invitations.pin(session, show.id, new, {show.seller_id})


def test_taking_consent_back_closes_the_pins_and_keeps_what_is_held(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    pins.show(session, show.id, "A2")
    held, waits = make_claim(session, show, 4, code="A2"), make_claim(session, show, code="A2")
    invitations.withdraw(session, show.id, seller_id, BY)
    assert pin_row(session, show, "A2").state == "closed"
    assert pin_row(session, show, "A1").state != "closed"
    assert claim_row(session, held.claim_id).held == 4
    assert claim_row(session, waits.claim_id).wait_state == "ended"


def test_who_was_called_off_may_be_asked_again(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    invitations.cancel(session, show.id, seller_id, BY)
    invitations.invite(session, show.id, seller_id, BY)
    again = invitations.get(session, show.id, seller_id)
    assert (again.state, again.answered_ms, again.pinned) == ("invited", None, 0)
    with pytest.raises(BadTransition):
        invitations.withdraw(session, show.id, seller_id, BY)


def test_an_answer_given_twice_is_one(session: Session, time_at: FixedClock) -> None:
    show = make_show(session)
    seller_id = guest_of(session, show)
    invitations.accept(session, show.id, seller_id, BY)
    first = invitations.get(session, show.id, seller_id)
    time_at.advance(1000)
    invitations.accept(session, show.id, seller_id, BY)
    invitations.invite(session, show.id, seller_id, BY)
    assert invitations.get(session, show.id, seller_id) == first
    with pytest.raises(BadTransition):
        invitations.refuse(session, show.id, seller_id, BY)


def test_only_a_seller_that_is_not_in_yet_is_asked_into_a_session_that_goes_on(
    session: Session,
) -> None:
    show, other = make_show(session), make_seller(session)
    with pytest.raises(BadRequest):
        invitations.invite(session, show.id, show.seller_id, BY)
    with pytest.raises(NotFound):
        invitations.invite(session, show.id, "nobody", BY)
    with pytest.raises(NotFound):
        invitations.accept(session, show.id, other, BY)
    sessions.end(session, show.id)
    with pytest.raises(SessionNotLive):
        invitations.invite(session, show.id, other, BY)


def test_invitations_are_listed_with_how_they_stand(session: Session) -> None:
    show = make_show(session)
    partner, asked = partner_of(session, show), guest_of(session, show)
    listed = {one.seller_id: (one.state, one.pinned) for one in _all(session, show)}
    assert listed == {partner: ("accepted", 1), asked: ("invited", 0)}
    (own,) = invitations.of_sellers(session, [asked])
    assert (own.session_id, own.organiser_id, own.agreed) == (show.id, show.seller_id, False)
    invitations.refuse(session, show.id, asked, BY)
    assert invitations.of_sellers(session, [asked]) == ()


def test_who_agreed_is_concerned_before_it_pins(session: Session) -> None:
    show = make_show(session)
    seller_id = guest_of(session, show)
    assert access.sellers_concerned(session, show.id) == {show.seller_id}
    invitations.accept(session, show.id, seller_id, BY)
    assert access.sellers_concerned(session, show.id) == {show.seller_id, seller_id}


def test_a_partner_sees_its_own_pins_money_and_buyers_alone(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    pins.show(session, show.id, "A2")
    buyer = make_buyer(session)
    make_claim(session, show, 2, code="A2", login=buyer)
    make_claim(session, show, 3, code="A1")
    stall = stall_page.page(session, show.id, seller_id)
    assert [(pin.code, pin.left) for pin in stall.pins] == [("A2", 2)]
    assert (stall.totals["claimed"], stall.totals["claimed_vnd"]) == (2, 100_000)
    (shown,) = stall.buyers
    assert (shown.phone, shown.codes, shown.held) == (buyer.phone, "A2", 2)


def test_the_organiser_sees_its_partners_packs_and_not_their_money(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    own, partners = _board(session, show, show.seller_id)
    assert {"claimed", "claimed_vnd"} <= own.keys()
    assert "claimed" in partners
    assert "claimed_vnd" not in partners
    assert [pin["code"] for pin in _board(session, show, seller_id)] == ["A2"]


def test_fsck_names_a_pin_whose_seller_does_not_agree(session: Session) -> None:
    show = make_show(session)
    seller_id = partner_of(session, show)
    assert list(checks.pins_have_consent(session)) == []
    session.execute(update(Invitation).values(state="refused"))
    assert seller_id in str(list(checks.pins_have_consent(session)))


def _board(session: Session, show: Show, seller_id: str) -> list[JsonObject]:
    return cast(list[JsonObject], boards.host_view(session, show.id, (seller_id,))["pins"])


def _all(session: Session, show: Show) -> tuple[invitations.Invited, ...]:
    return invitations.of_session(session, show.id)
