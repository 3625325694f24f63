"""Followers hear of a show and of a harvest: each once, at a fitting hour, unnamed to the seller."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.events import HarvestOpened
from core import clock
from core.clock import FixedClock
from core.outbox import OutboxRow
from livestream import reactions as live
from livestream.shows import sessions
from livestream.shows.show_news import ShowMoved
from shop.notices import call_desk, ladder, notice_facts
from shop.notices.models import Notice
from shop.reviews import follow_news, follows, reactions
from shop.reviews.follow_news import FollowersDue
from tests.factories.catalog import make_listing
from tests.factories.identity import make_person, make_seller
from tests.factories.livestream import Show, make_show
from tests.factories.offers import make_forecast

HOUR_MS = 3_600_000


def hear(session: Session) -> None:
    """Give each event that followers hear of to its handler, and what those publish, until none is left."""
    known = {
        "ShowMoved": lambda said: live.show_moved(session, ShowMoved(**said)),
        "HarvestOpened": lambda said: reactions.harvest_opened(session, HarvestOpened(**said)),
        "FollowersDue": lambda said: reactions.followers_due(session, FollowersDue(**said)),
    }
    query = select(OutboxRow).where(OutboxRow.state == "waiting", OutboxRow.event.in_(known))
    session.flush()
    while rows := session.scalars(query.order_by(OutboxRow.id)).all():
        for row in rows:
            row.state = "done"
            known[row.event](json.loads(row.payload))
        session.flush()


def followed(session: Session, seller_id: str, many: int = 1) -> list[str]:
    people = [make_person(session) for _each in range(many)]
    for person in people:
        follows.follow(session, person, seller_id)
    return people


def heard(session: Session, person: str) -> list[str]:
    query = select(Notice).where(Notice.person_id == person).order_by(Notice.made_ms, Notice.kind)
    return [row.kind for row in session.scalars(query)]


def planned(session: Session, in_hours: int = 3) -> Show:
    show = make_show(session, started=False)
    start_ms = clock.now_ms() + in_hours * HOUR_MS
    sessions.replan(session, show.id, start_ms, start_ms + HOUR_MS)
    return show


def test_a_follower_hears_of_the_plan_and_of_the_beginning_each_once(session: Session) -> None:
    show = planned(session)
    (person,) = followed(session, show.seller_id)
    stranger = make_person(session)
    hear(session)
    sessions.rehearse(session, show.id)
    sessions.leave_rehearsal(session, show.id)
    hear(session)
    assert heard(session, person) == [follow_news.SHOW_PLANNED]
    sessions.start(session, show.id)
    sessions.interrupt(session, show.id)
    sessions.resume(session, show.id)
    hear(session)
    assert sorted(heard(session, person)) == [follow_news.SHOW_BEGAN, follow_news.SHOW_PLANNED]
    assert heard(session, stranger) == []


def test_a_show_that_begins_at_once_is_told_of_as_begun_alone(session: Session) -> None:
    show = make_show(session)
    (person,) = followed(session, show.seller_id)
    hear(session)
    assert heard(session, person) == [follow_news.SHOW_BEGAN]


def test_a_show_without_an_hour_or_called_off_is_no_plan(session: Session) -> None:
    show, off = make_show(session, started=False), planned(session)
    people = [*followed(session, show.seller_id), *followed(session, off.seller_id)]
    sessions.cancel(session, off.id)
    hear(session)
    assert [heard(session, one) for one in people] == [[], []]


def test_a_show_begun_at_night_is_old_news_in_the_morning(
    session: Session, time_at: FixedClock
) -> None:
    in_vietnam = (time_at.at_ms + 7 * HOUR_MS) % (24 * HOUR_MS)
    time_at.advance(24 * HOUR_MS - in_vietnam + 21 * HOUR_MS)
    show = make_show(session)
    (person,) = followed(session, show.seller_id)
    hear(session)
    time_at.advance(11 * HOUR_MS)
    ladder.climb(session)
    session.flush()
    assert session.scalars(select(Notice.state).where(Notice.person_id == person)).all() == [
        "stale"
    ]


def test_a_new_harvest_is_told_of_until_its_day(session: Session) -> None:
    seller = make_seller(session)
    (person,) = followed(session, seller)
    listing = make_listing(session, seller)
    make_forecast(session, seller, 10_000, listing)
    hear(session)
    row = session.scalars(select(Notice).where(Notice.person_id == person)).one()
    assert (row.kind, row.path) == (follow_news.HARVEST, f"/products/{listing}")
    assert row.stale_ms is not None


@pytest.mark.parametrize("many", [1, 2, 3, 5])
def test_all_are_told_however_many_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(follow_news, "_AT_ONCE", 2)
    show = make_show(session)
    people = followed(session, show.seller_id, many)
    hear(session)
    assert [heard(session, one) for one in people] == [[follow_news.SHOW_BEGAN]] * many


def test_who_follows_two_sellers_of_one_show_hears_once(session: Session) -> None:
    show, other = make_show(session), make_seller(session)
    (person,) = followed(session, show.seller_id)
    follows.follow(session, person, other)
    hear(session)
    facts = json.dumps({"seller": "B", "title": "Chè", "at": ""})
    again = FollowersDue(follow_news.SHOW_BEGAN, show.id, other, "/live/x", facts, None)
    for _twice in range(2):
        reactions.followers_due(session, again)
    assert heard(session, person) == [follow_news.SHOW_BEGAN]


def test_the_seller_does_not_learn_who_follows(session: Session, app: Flask) -> None:
    show = make_show(session)
    (person,) = followed(session, show.seller_id)
    hear(session)
    assert call_desk.book_of(session, show.seller_id) == ()
    with app.test_request_context():
        (mine,) = notice_facts.of_person(session, person)
    assert (mine.followed, mine.path) == (show.seller_id, f"/live/{show.id}")


def test_who_follows_no_more_hears_no_more(session: Session) -> None:
    show = make_show(session)
    (person,) = followed(session, show.seller_id)
    follows.unfollow(session, person, show.seller_id)
    hear(session)
    assert heard(session, person) == []
