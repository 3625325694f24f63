"""The link that finds a nick's owner: once, whole, within the limit."""

from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.errors import LoginRequired, NotFound
from core.identity.logins import Login
from livestream.delivery import boards
from livestream.models import Claim
from livestream.outside import nick_links, outside
from livestream.outside.channels import ChannelComment
from livestream.outside.nick_links import NickLink
from livestream.outside.outside import Batch
from livestream.outside.outside_errors import LinkTaken, TooMuchTogether
from livestream.talk import comments, moderation
from livestream.talk.moderation import Wanted
from tests.factories.identity import make_login
from tests.factories.livestream import Show, make_buyer, make_claim, make_show


def say(session: Session, show: Show, text: str, nick: str = "Hoa") -> NickLink:
    """Somebody orders on Facebook; their link, as it stands then."""
    staff = make_login(session, roles={show.seller_id: "moderator"})[1]
    outside.take(session, Batch(show.id, "facebook", (ChannelComment(nick, text),)), staff)
    links = nick_links.of_session(session, show.id)
    return next(link for link in links if link.nick == nick)


def owners(session: Session, show: Show) -> list[tuple[str, str | None]]:
    query = select(Claim.person_id, Claim.device_id).where(Claim.session_id == show.id)
    return [(person, device) for person, device in session.execute(query.order_by(Claim.number))]


def test_the_first_to_open_it_gets_the_claims_and_the_second_reads_so(session: Session) -> None:
    show = make_show(session)
    link = say(session, show, "chốt A1 2")
    say(session, show, "A1 1", "Lan")
    first, second = make_buyer(session, verified=False), make_buyer(session)
    assert nick_links.take_over(session, link.key, first) == show.id
    assert owners(session, show)[0] == (first.person_id, first.device_id)
    assert owners(session, show)[1][0] != first.person_id
    with pytest.raises(LinkTaken):
        nick_links.take_over(session, link.key, second)
    told = nick_links.of_key(session, link.key, second)
    assert (told.taken, told.is_mine, told.lines) == (True, False, ())


def test_taking_it_twice_is_taking_it_once(session: Session) -> None:
    show = make_show(session)
    link, buyer = say(session, show, "chốt A1 2"), make_buyer(session)
    for _ in range(2):
        assert nick_links.take_over(session, link.key, buyer) == show.id
    assert nick_links.of_key(session, link.key, buyer).is_mine


def test_its_owner_finds_a_basket(session: Session) -> None:
    show = make_show(session)
    link, buyer = say(session, show, "chốt A1 2"), make_buyer(session, verified=False)
    nick_links.take_over(session, link.key, buyer)
    mine = boards.mine(session, show.id, str(buyer.person_id), buyer.unproved_device_id)
    (basket,) = cast(list[JsonObject], mine["baskets"])
    assert (basket["seller"], basket["amount_vnd"]) == (show.seller_id, 120_000)


def test_what_the_nick_says_later_is_its_owners(session: Session) -> None:
    show = make_show(session)
    link, buyer = say(session, show, "chốt A1 1"), make_buyer(session)
    nick_links.take_over(session, link.key, buyer)
    say(session, show, "lấy A1 2 gói")
    assert {person for person, _ in owners(session, show)} == {buyer.person_id}


def test_an_unclear_comment_resolved_later_is_its_owners(session: Session) -> None:
    show = make_show(session)
    link, buyer = say(session, show, "chốt A1 1"), make_buyer(session)
    say(session, show, "A1 300g")
    nick_links.take_over(session, link.key, buyer)
    (line,) = comments.unclear(session, show.id)
    staff = make_login(session, roles={show.seller_id: "moderator"})[1]
    moderation.claim_for_writer(session, show.id, str(line["comment"]), Wanted("A1", 2), staff)
    assert {person for person, _ in owners(session, show)} == {buyer.person_id}


def test_nobody_gets_more_of_a_pin_by_two_roads(session: Session) -> None:
    show = make_show(session, limit=3)
    link, buyer = say(session, show, "chốt A1 2"), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    with pytest.raises(TooMuchTogether):
        nick_links.take_over(session, link.key, buyer)
    assert not nick_links.of_key(session, link.key, None).taken


def test_a_guest_and_a_wrong_link_get_nothing(session: Session) -> None:
    show = make_show(session)
    link = say(session, show, "chốt A1 2")
    guest = Login("device", None, "", "", verified=False, person_verified=False)
    with pytest.raises(LoginRequired):
        nick_links.take_over(session, link.key, guest)
    with pytest.raises(NotFound):
        nick_links.take_over(session, "no-such-link", make_buyer(session))
