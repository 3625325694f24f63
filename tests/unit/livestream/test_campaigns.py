"""Campaigns: sessions of several sellers under one name, what comes next, and where else it is shown."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from livestream.errors import SessionNotLive
from livestream.outside import elsewhere
from livestream.shows import sessions
from livestream.together import campaigns
from livestream.together.campaigns import NewCampaign
from livestream.together.together_errors import DaysTurned, ElsewhereUnknown
from tests.conftest import START_MS
from tests.factories.identity import make_seller
from tests.factories.livestream import make_show

DAY_MS = 86_400_000


def new(seller_id: str, *partners: str, days: int = 3) -> NewCampaign:
    title, ends_ms = "Nông sản Thái Nguyên lên phố", START_MS + days * DAY_MS
    return NewCampaign(seller_id, title, "Bốn hợp tác xã", START_MS, ends_ms, partners)


def listed(session: Session, campaign_id: str, state: str = "listed") -> list[str]:
    return [show.id for show in campaigns.shows(session, campaign_id, state)]


def test_a_campaign_tells_its_days_and_names_its_partners_in_order(session: Session) -> None:
    seller_id = make_seller(session)
    campaign_id = campaigns.make(session, new(seller_id, "Sở Công Thương", "Bưu điện"))
    made = campaigns.facts(session, campaign_id)
    assert (made.seller_id, made.partners) == (seller_id, ("Sở Công Thương", "Bưu điện"))
    campaigns.change(session, campaign_id, new(seller_id, "Bưu điện"))
    assert campaigns.facts(session, campaign_id).partners == ("Bưu điện",)


def test_a_campaign_ends_after_it_begins_and_is_its_own_sellers_to_change(session: Session) -> None:
    seller_id = make_seller(session)
    with pytest.raises(DaysTurned):
        campaigns.make(session, new(seller_id, days=0))
    campaign_id = campaigns.make(session, new(seller_id))
    with pytest.raises(NotFound):
        campaigns.change(session, campaign_id, new(make_seller(session)))


def test_another_sellers_session_waits_for_the_consent(session: Session) -> None:
    own, other = make_show(session), make_show(session)
    campaign_id = campaigns.make(session, new(own.seller_id))
    for show in (own, other):
        campaigns.join(session, show.id, campaign_id)
    assert listed(session, campaign_id) == [own.id]
    assert listed(session, campaign_id, "asked") == [other.id]
    with pytest.raises(NotFound):
        campaigns.answer(session, (other.seller_id, campaign_id), other.id, agrees=True)
    campaigns.answer(session, (own.seller_id, campaign_id), other.id, agrees=True)
    assert set(listed(session, campaign_id)) == {own.id, other.id}
    campaigns.answer(session, (own.seller_id, campaign_id), other.id, agrees=False)
    assert listed(session, campaign_id) == [own.id]


def test_a_session_is_in_one_campaign_and_leaves_it(session: Session) -> None:
    show = make_show(session)
    first, second = (campaigns.make(session, new(show.seller_id)) for _ in range(2))
    for campaign_id in (first, second, second):
        campaigns.join(session, show.id, campaign_id)
    assert (listed(session, first), listed(session, second)) == ([], [show.id])
    found = campaigns.of_session(session, show.id)
    assert found is not None
    assert found.id == second
    campaigns.leave(session, show.id)
    assert campaigns.of_session(session, show.id) is None


def test_a_session_that_is_over_joins_nothing(session: Session) -> None:
    show = make_show(session)
    campaign_id = campaigns.make(session, new(show.seller_id))
    sessions.end(session, show.id)
    with pytest.raises(SessionNotLive):
        campaigns.join(session, show.id, campaign_id)
    with pytest.raises(NotFound):
        campaigns.join(session, make_show(session).id, "nothing")


def test_viewers_go_on_to_what_runs_else_to_what_comes(session: Session) -> None:
    ending, running, coming = (
        make_show(session),
        make_show(session),
        make_show(session, started=False),
    )
    campaign_id = campaigns.make(session, new(ending.seller_id))
    for show in (ending, coming, running):
        campaigns.join(session, show.id, campaign_id)
        campaigns.answer(session, (ending.seller_id, campaign_id), show.id, agrees=True)
    sessions.end(session, ending.id)
    assert listed(session, campaign_id) == [running.id, coming.id, ending.id]
    first = campaigns.next_show(session, campaign_id, ending.id)
    assert first is not None
    assert first.id == running.id
    sessions.end(session, running.id)
    second = campaigns.next_show(session, campaign_id, running.id)
    assert second is not None
    assert second.id == coming.id
    assert campaigns.next_show(session, campaign_id, coming.id) is None


def test_a_campaign_that_is_over_is_not_named_among_the_current(
    session: Session, time_at: FixedClock
) -> None:
    campaign_id = campaigns.make(session, new(make_seller(session)))
    assert [one.id for one in campaigns.current(session)] == [campaign_id]
    time_at.advance(3 * DAY_MS)
    assert campaigns.current(session) == ()


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.facebook.com/htx/videos/1", "Facebook"),
        ("https://fb.watch/abc", "Facebook"),
        ("https://m.tiktok.com/@htx/live", "TikTok"),
        ("https://youtu.be/abc", "YouTube"),
        ("https://zalo.me/0912", "Zalo"),
    ],
)
def test_a_place_is_known_by_its_address(url: str, place: str) -> None:
    assert elsewhere.place_of(url) == place


@pytest.mark.parametrize(
    "url",
    [
        "http://facebook.com/x",
        "https://facebook.com.evil.example/x",
        "https://evilfacebook.com/x",
        "https://facebook.com@evil.example/",
        "https://facebook.com:8443/",
        "javascript:alert(1)//facebook.com",
        "https://[facebook.com/",
        "facebook.com/x",
        "https://facebook.com/a b",
    ],
)
def test_no_other_address_stands_on_our_pages(session: Session, url: str) -> None:
    show = make_show(session)
    with pytest.raises(ElsewhereUnknown):
        elsewhere.tell(session, show.id, url)
    assert elsewhere.of_session(session, show.id) == ""


def test_where_else_it_is_shown_is_told_changed_and_taken_back(session: Session) -> None:
    show = make_show(session)
    for url in ("https://fb.watch/a", "https://fb.watch/b", ""):
        elsewhere.tell(session, show.id, url)
        assert elsewhere.of_session(session, show.id) == url
