"""Claims typed in for nicks of other channels, and what the sheet tells of who made claims for others."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.db import write
from core.identity.logins import Login
from core.ids import new_id
from livestream.errors import LimitReached
from livestream.outside import nick_links, nicks
from livestream.outside.nicks import Nick
from livestream.shows import day_sheet
from livestream.talk import moderation
from livestream.talk.moderation import Caller, Wanted
from tests.factories.identity import bearer, make_login, make_person, new_phone
from tests.factories.livestream import Show, claim_row, make_buyer, make_claim, make_show

NA = Nick("zalo", "Bếp nhà Na")


def moderator_of(session: Session, show: Show, name: str = "Cô Lý") -> Login:
    person_id = make_person(session, name)
    return make_login(session, person_id, roles={show.seller_id: "moderator"})[1]


def test_a_nick_has_a_claim_and_a_link_that_finds_its_owner(session: Session) -> None:
    show, owner = make_show(session), make_buyer(session)
    made = nicks.claim(session, show.id, NA, Wanted("a1", 2), moderator_of(session, show))
    row = claim_row(session, made.claim_id)
    assert (row.source, row.name_masked, row.held) == ("keypad", "B***", 2)
    (link,) = nick_links.of_session(session, show.id)
    nick_links.take_over(session, link.key, owner)
    assert claim_row(session, made.claim_id).person_id == owner.person_id


def test_what_is_typed_in_later_for_the_nick_is_its_owners(session: Session) -> None:
    show, owner = make_show(session), make_buyer(session)
    staff = moderator_of(session, show)
    nicks.claim(session, show.id, NA, Wanted("A1", 1), staff)
    (link,) = nick_links.of_session(session, show.id)
    nick_links.take_over(session, link.key, owner)
    made = nicks.claim(session, show.id, NA, Wanted("A1", 1), staff)
    assert claim_row(session, made.claim_id).person_id == owner.person_id


def test_a_nick_is_one_buyer_under_the_pins_limit(session: Session) -> None:
    show = make_show(session, 20, limit=3)
    staff = moderator_of(session, show)
    nicks.claim(session, show.id, NA, Wanted("A1", 2), staff)
    with pytest.raises(LimitReached):
        nicks.claim(session, show.id, NA, Wanted("A1", 2), staff)
    nicks.claim(session, show.id, Nick("facebook", NA.name), Wanted("A1", 2), staff)


def test_the_sheet_tells_what_each_moderator_claimed_for_others(session: Session) -> None:
    show = make_show(session, 20)
    ly, tam = moderator_of(session, show), moderator_of(session, show, "Anh Tám")
    nicks.claim(session, show.id, NA, Wanted("A1", 2), ly)
    moderation.claim_for_caller(session, show.id, Caller(new_phone(), "Bác"), Wanted("A1", 1), ly)
    nicks.claim(session, show.id, Nick("zalo", "Tí"), Wanted("A1", 4), tam)
    make_claim(session, show, 3)
    sheet = day_sheet.of_sellers(session, show.id, [show.seller_id])
    told = {line.name: (line.sums.claims, line.sums.claimed) for line in sheet.by_helper}
    assert told == {"Cô Lý": (2, 3), "Anh Tám": (1, 4)}
    assert (sheet.total.claims, sheet.total.claimed) == (4, 10)


def test_the_screen_claims_for_a_nick_and_gives_the_message_to_send(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        show = write(make_show)
        token = write(lambda s: make_login(s, roles={show.seller_id: "moderator"}))[0]
    form = {"client_id": new_id(), "source": "zalo", "nick": NA.name, "code": "A1", "packs": 2}
    path = f"/moderate/{show.id}/nicks"
    screen = client.post(path, data=form, headers=bearer(token)).text
    assert "Đã giữ 2 × A1 cho Bếp nhà Na, số 1" in screen
    assert "Chào Bếp nhà Na, bạn đã chốt 2 × A1" in screen
    assert "/nick/" in screen
    assert 'value="zalo" required checked' in screen


def test_a_refused_form_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        show = write(make_show)
        token = write(lambda s: make_login(s, roles={show.seller_id: "moderator"}))[0]
    form = {"client_id": new_id(), "source": "zalo", "nick": NA.name, "code": "C9", "packs": 2}
    answer = client.post(f"/moderate/{show.id}/nicks", data=form, headers=bearer(token))
    assert (answer.status_code, 'value="Bếp nhà Na"' in answer.text) == (404, True)
