"""A lesson: made without papers and goods, practised in like a sale, and touching neither stock nor money."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.models import Movement, Stock, StockHold
from core import clock, fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.outbox import OutboxRow
from livestream.desk import waitlist
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import PracticeOnly
from livestream.figures import reports
from livestream.figures.reports import SESSION, Scope
from livestream.lessons import lessons
from livestream.lessons.lessons import NewLesson
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import sessions, show_cards, show_news
from livestream.stops import stops
from livestream.stops.stops import StopOrder
from shop.models import Order
from shop.notices.models import Notice
from shop.reliability.models import ReliabilityFact
from tests.factories.catalog import make_listing
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    order_basket,
    pin_row,
)
from tests.factories.payments import make_till
from tests.unit.livestream.test_stops import make_officer


def make_lesson(session: Session, *, practises: bool = True, started: bool = True) -> Show:
    till = make_till(session)
    new = NewLesson(
        till.seller_id, "Tập live", "Cô Thu", "Nhà văn hóa xóm", 90, practises=practises
    )
    session_id = lessons.create(session, new)
    if started:
        sessions.start(session, session_id)
    return Show(session_id, till.seller_id, till)


def counted(session: Session) -> dict[str, int]:
    """How many rows there are of what a real sale would leave behind."""
    session.flush()
    kinds = (Stock, StockHold, Movement, Order, ReliabilityFact)
    return {
        one.__tablename__: session.scalar(select(func.count()).select_from(one)) or 0
        for one in kinds
    }


def test_a_lesson_starts_without_papers_goods_or_a_confirmed_host(session: Session) -> None:
    show = make_lesson(session, practises=False)
    facts = view.facts(session, show.id)
    assert (facts.state, facts.kind, facts.guide) == ("live", "training", "Cô Thu")
    assert view.snapshot(session, show.id)["pins"] == []


def test_practice_claims_feel_like_real_ones(session: Session) -> None:
    show, learner = make_lesson(session), make_buyer(session)
    first = make_claim(session, show, 5, login=learner)
    assert (first.status, first.held, first.unit_price_vnd) == ("held", 5, 65_000)
    for _other in range(3):
        make_claim(session, show, 5)
    assert make_claim(session, show, 2).status == "waitlisted"
    assert pin_row(session, show).name == "Chè móc câu (hàng tập)"


def test_practice_touches_neither_stock_nor_orders_nor_anybodys_book(
    either: Session, time_at: FixedClock
) -> None:
    show = make_lesson(either)
    before = counted(either)
    make_claim(either, show, 5)
    pins.change_allotment(either, show.id, "A1", 6)
    make_claim(either, show, 3)
    sessions.end(either, show.id)
    time_at.advance(20 * MINUTE_MS)
    waitlist.settle_due(either)
    assert counted(either) == before
    assert [bad for one in fsck.run_all(either) for bad in one.problems] == []


def test_a_practice_basket_becomes_no_order(session: Session) -> None:
    show, learner = make_lesson(session), make_buyer(session)
    claimed = make_claim(session, show, 2, login=learner)
    with pytest.raises(PracticeOnly):
        order_basket(session, show, learner)
    assert claim_row(session, claimed.claim_id).state == "held"


def test_no_real_goods_are_pinned_in_a_lesson(session: Session) -> None:
    show = make_lesson(session)
    real = NewPin(make_listing(session, show.seller_id), 1, 60_000, 1)
    with pytest.raises(PracticeOnly):
        pins.add(session, show.id, real, {show.seller_id})


def test_a_lesson_is_listed_apart_and_is_in_no_report(session: Session) -> None:
    show = make_lesson(session)
    assert [card.id for card in show_cards.lessons(session)] == [show.id]
    assert show_cards.listed(session) == ()
    assert show_cards.rooms(session) == {}
    sessions.end(session, show.id)
    assert reports.listed(session, show.seller_id) == ()
    with pytest.raises(NotFound):
        reports.read(session, Scope(SESSION, show.id, show.seller_id))


def test_nobody_is_told_of_a_lesson_as_of_a_sale(session: Session) -> None:
    show = make_lesson(session)
    before = session.scalar(select(func.count()).select_from(OutboxRow))
    show_news.tell(session, show.id)
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == before
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_an_officer_may_stop_a_lesson_too(session: Session) -> None:
    show = make_lesson(session)
    claimed = make_claim(session, show, 2)
    stops.stop(session, show.id, StopOrder("harm", "Xúc phạm"), make_officer(session))
    assert claim_row(session, claimed.claim_id).state == "released"
    assert clock.now_ms() >= (view.facts(session, show.id).ended_ms or 0)
