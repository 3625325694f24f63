"""Comments from other channels: taken once, served like anybody's, late ones kept as leads."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity import people
from core.identity.logins import Login
from livestream.desk.intake import Commented
from livestream.errors import LimitReached, SessionNotLive
from livestream.models import Claim
from livestream.outside import channels, leads, outside, pasted_comments
from livestream.outside.channels import ChannelAdapter, ChannelComment
from livestream.outside.outside import Batch, Taken
from livestream.outside.outside_models import OutsideBuyer, OutsideComment
from livestream.shows import sessions
from livestream.talk import comments
from tests.factories.identity import make_login
from tests.factories.livestream import Show, make_show
from tests.support.fake_channel import FakeChannel


def staff(session: Session, show: Show) -> Login:
    return make_login(session, roles={show.seller_id: "moderator"})[1]


def paste(session: Session, show: Show, text: str, *chosen: int) -> list[Taken]:
    batch = Batch(
        show.id,
        "facebook",
        pasted_comments.comments_in(text),
        frozenset(chosen) if chosen else None,
    )
    return outside.take(session, batch, staff(session, show))


def claims_of(session: Session, show: Show) -> list[tuple[int, int, str]]:
    query = select(Claim).where(Claim.session_id == show.id).order_by(Claim.number)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return [(row.number, row.held + row.waiting, row.source) for row in rows]


def test_an_order_said_elsewhere_is_a_claim_for_its_nick(session: Session) -> None:
    show = make_show(session)
    paste(session, show, "Hoa Nguyễn: chốt A1 2 gói\nLan: đẹp quá\nDung: A1 còn không")
    assert claims_of(session, show) == [(1, 2, "import")]
    nick = session.scalars(select(OutsideBuyer)).one()
    assert (nick.nick, nick.taken_by) == ("Hoa Nguyễn", None)
    assert people.facts(session, nick.person_id).phone == ""


def test_one_nick_is_one_buyer_under_the_pins_limit(session: Session) -> None:
    show = make_show(session, 10, limit=3)
    first, second = paste(session, show, "Hoa: A1 2\nHoa: lấy A1 2 gói nữa")
    assert isinstance(first.outcome, Commented)
    assert claims_of(session, show)[0] == (1, 2, "import")
    kept = paste(session, show, "Hoa: chốt A1 3")[0].outcome
    assert isinstance(kept, Commented)
    assert [type(one) for one in kept.outcomes] == [LimitReached]
    assert second.look.comment.nick == "Hoa"


def test_the_same_paste_twice_claims_once(session: Session) -> None:
    show = make_show(session)
    for _ in range(2):
        taken = paste(session, show, "Hoa: chốt A1 1\nHoa: chốt A1 1\nLan: A1 2")
    assert [one.look.known for one in taken] == [True] * 3
    assert [packs for _, packs, _ in claims_of(session, show)] == [1, 1, 2]


def test_the_same_comment_by_two_roads_claims_once(session: Session) -> None:
    show, channel = make_show(session), FakeChannel()
    channel.write("Hoa", "chốt A1 2")
    adapter: ChannelAdapter = channel
    paste(session, show, "Hoa: Chốt a1  2\nLan: A1 1")
    for _ in range(2):
        batch = Batch(show.id, adapter.source, adapter.news("").comments)
        outside.take(session, batch, staff(session, show))
    paste(session, show, "nick\ttext\tid\nHoa\tchốt A1 2\tc0")
    assert [packs for _, packs, _ in claims_of(session, show)] == [2, 1]
    ids = {row.source_comment_id for row in session.scalars(select(OutsideComment))}
    assert ids == {"c0", None}


def test_the_same_words_said_again_elsewhere_are_another_claim(session: Session) -> None:
    show, channel = make_show(session), FakeChannel()
    for _ in range(2):
        channel.write("Hoa", "chốt A1 1")
    news = channel.news("")
    outside.take(session, Batch(show.id, "facebook", news.comments), staff(session, show))
    outside.take(session, Batch(show.id, "tiktok", news.comments), staff(session, show))
    assert len(claims_of(session, show)) == 4
    assert channel.news(news.after).comments == ()


def test_a_number_in_the_comment_says_who_buys(session: Session) -> None:
    show = make_show(session)
    (taken,) = paste(session, show, "Hoa: chốt A1 2, 0912 345 678")
    claim = session.scalars(select(Claim)).one()
    assert people.facts(session, claim.person_id).phone == "+84912345678"
    assert session.scalars(select(OutsideBuyer)).all() == []
    assert taken.look.reading.masked == "chốt A1 2, •••• ••• •••"


def test_an_unclear_order_waits_for_a_moderator(session: Session) -> None:
    show = make_show(session)
    paste(session, show, "Hoa: A1 300g")
    (line,) = comments.unclear(session, show.id)
    assert (line["name_masked"], line["why"]) == ("H***", "quantity")


def test_a_nick_takes_its_own_order_back(session: Session) -> None:
    show = make_show(session)
    paste(session, show, "Hoa: chốt A1 2\nLan: A1 1")
    paste(session, show, "Hoa: hủy A1")
    assert [packs for _, packs, _ in claims_of(session, show)] == [0, 1]


def test_only_what_a_person_ticked_is_taken(session: Session) -> None:
    show = make_show(session)
    paste(session, show, "Hoa: A1 1\nLan: A1 2\nDung: A1 3", 1)
    assert claims_of(session, show) == [(1, 2, "import")]
    assert [one.look.known for one in paste(session, show, "Hoa: A1 1\nLan: A1 2", 9)] == [
        False,
        True,
    ]


def test_after_the_end_an_order_is_a_lead_once_and_holds_nothing(session: Session) -> None:
    show = make_show(session)
    sessions.end(session, show.id)
    for _ in range(2):
        paste(session, show, "Hoa: chốt A1 2\nLan: hủy A1\nDung: A1 300g")
    (lead,) = leads.waiting(session, show.id)
    assert (lead.nick, lead.packs, claims_of(session, show)) == ("Hoa", 2, [])
    assert lead.path.startswith("/products/")
    leads.handle(session, show.id, lead.id)
    assert leads.waiting(session, show.id) == ()


def test_before_the_start_nothing_is_taken(session: Session) -> None:
    show = make_show(session, started=False)
    with pytest.raises((NotFound, SessionNotLive)):
        paste(session, show, "Hoa: A1 1")
    assert session.scalars(select(OutsideComment)).all() == []


def test_a_session_does_not_know_what_another_took(session: Session) -> None:
    one, other = make_show(session), make_show(session)
    said = (ChannelComment("Hoa", "A1 1", comment_id="7"),)
    for show in (one, other):
        outside.take(session, Batch(show.id, "zalo", said), staff(session, show))
        assert len(claims_of(session, show)) == 1


def test_no_more_than_a_batch_is_read_at_once() -> None:
    many = "\n".join(f"Nick{n}: A1 1" for n in range(channels.MOST_COMMENTS + 5))
    assert len(pasted_comments.comments_in(many)) == channels.MOST_COMMENTS
