"""What officers see of shows: which run, come or are over, who watches and complains, what was stopped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login
from livestream import access
from livestream.figures import viewers
from livestream.models import LiveSession
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.states import BEFORE, RUNNING
from livestream.stops import replies, rulings, stops
from livestream.stops.replies import ReplyFacts
from livestream.stops.stop_models import SessionStop
from livestream.stops.stops import StopFacts
from shop.cases import case_facts
from shop.cases.case_rules import STREAM
from shop.ordering.freezes import FreezeFacts

_KEPT_MS = int(timedelta(days=30).total_seconds()) * 1000
_MOST = 60


@dataclass(frozen=True)
class ShowRow:
    """A show on the officer's list: devices that watched, complaints made, whether it was stopped."""

    show: SessionFacts
    viewers: int
    complaints: int
    stopped: bool


@dataclass(frozen=True)
class StopPage:
    """One show for the officer, or a stopped one for its seller: what stands and what waits."""

    row: ShowRow
    stop: StopFacts | None
    orders: tuple[FreezeFacts, ...]
    replies: tuple[ReplyFacts, ...]

    @property
    def waiting(self) -> int:
        """How many frozen orders wait for a ruling."""
        return sum(order.waits for order in self.orders)


def listed(session: Session) -> tuple[ShowRow, ...]:
    """What runs, what comes, and what ended within thirty days, each the newest first."""
    recent = LiveSession.ended_ms > clock.now_ms() - _KEPT_MS
    known = or_(LiveSession.state.in_([*RUNNING, *BEFORE - {"draft"}]), recent)
    query = select(LiveSession.id).where(known)
    newest = query.order_by(
        LiveSession.state.in_(RUNNING).desc(),
        LiveSession.ended_ms.is_(None).desc(),
        LiveSession.ended_ms.desc(),
        LiveSession.started_ms.desc(),
        LiveSession.id,
    )
    ids = session.scalars(newest.limit(_MOST)).all()
    return _rows(session, [view.facts(session, one) for one in ids])


def page(session: Session, session_id: str, seller_ids: Collection[str] | None = None) -> StopPage:
    """One show and its stop; with `seller_ids` only their orders and answers.

    Raises:
        NotFound: there is no such session.
    """
    (row,) = _rows(session, [view.facts(session, session_id)])
    stop = stops.of_session(session, session_id)
    return StopPage(
        row=row,
        stop=stop,
        orders=rulings.of_session(session, session_id, seller_ids) if stop else (),
        replies=replies.of_session(session, session_id, seller_ids) if stop else (),
    )


def works_there(session: Session, session_id: str, login: Login) -> bool:
    """Whether `login` works for one of the sellers concerned: then it judges nothing here."""
    return any(login.works_for(one) for one in access.sellers_concerned(session, session_id))


def _rows(session: Session, shows: Sequence[SessionFacts]) -> tuple[ShowRow, ...]:
    ids = [show.id for show in shows]
    watched = viewers.counts(session, ids)
    complained = case_facts.counts_about(session, STREAM, ids)
    query = select(SessionStop.session_id).where(SessionStop.session_id.in_(ids))
    stopped = set(session.scalars(query))
    return tuple(
        ShowRow(show, watched.get(show.id, 0), complained.get(show.id, 0), show.id in stopped)
        for show in shows
    )
