"""Who waits is told on their own device; their time begins when the device showed it, not before."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from livestream import reactions
from livestream.desk import desk, offer_news, offers
from livestream.desk.desk import ChangeRequest, Claimed
from livestream.desk.hold_rule import MINUTE_MS
from shop.notices import ladder
from shop.notices.models import Notice
from shop.notices.notice_events import NoticeHeard
from tests.factories.livestream import Show, claim_row, make_buyer, make_claim, make_show


def offered(session: Session) -> tuple[Show, Claimed]:
    """A show with one pack, given up by the first and offered to the second."""
    show = make_show(session, 1, hold_rule="minutes", minutes=15)
    first, second = make_buyer(session), make_buyer(session)
    claim, waits = (make_claim(session, show, 1, login=one) for one in (first, second))
    desk.change(session, ChangeRequest(show.id, claim.claim_id, 0, first))
    session.flush()
    return show, waits


def told(session: Session, claim: Claimed) -> Notice:
    offer_news.tell(session, claim.claim_id)
    session.flush()
    return session.scalars(select(Notice).where(Notice.kind == "offer")).one()


def event_of(notice: Notice) -> str:
    return notice.event_key.split(":")[1]


def test_an_offer_is_told_once_to_the_device_that_claimed_until_it_goes_on(
    session: Session,
) -> None:
    _show, claim = offered(session)
    row = claim_row(session, claim.claim_id)
    for _twice in range(2):
        notice = told(session, claim)
    assert (notice.person_id, notice.device_id) == (row.person_id, row.device_id)
    assert notice.stale_ms == row.reach_by_ms
    assert notice.path == f"/live/{row.session_id}"


def test_the_time_to_order_begins_when_the_device_showed_it(
    session: Session, time_at: FixedClock
) -> None:
    _show, claim = offered(session)
    event = event_of(told(session, claim))
    time_at.advance(3 * MINUTE_MS)
    assert claim_row(session, claim.claim_id).offered == 1
    for _twice in range(2):
        reactions.notice_heard(session, NoticeHeard("n", "offer", event))
    row = claim_row(session, claim.claim_id)
    assert (row.offered, row.held, row.reach_by_ms) == (0, 1, None)
    assert row.expires_ms == time_at.at_ms + 15 * MINUTE_MS


def test_what_was_heard_of_on_a_page_is_not_pushed(session: Session, time_at: FixedClock) -> None:
    show, claim = offered(session)
    notice = told(session, claim)
    offers.heard(session, show.id, claim_row(session, claim.claim_id).person_id)
    time_at.advance(MINUTE_MS)
    ladder.climb(session)
    session.flush()
    assert notice.state == "seen"


def test_a_notice_of_another_thing_begins_nothing(session: Session) -> None:
    _show, claim = offered(session)
    event = event_of(told(session, claim))
    reactions.notice_heard(session, NoticeHeard("n", "order_paid", event))
    for wrong in (f"{claim.claim_id}.1", "nobody.1", ""):
        reactions.notice_heard(session, NoticeHeard("n", "offer", wrong))
    assert claim_row(session, claim.claim_id).offered == 1
