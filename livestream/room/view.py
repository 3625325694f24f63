"""The room read from its rows: the snapshot at one seq, and the list of what is live and comes next.

The snapshot here and the fold of the log must agree (the law in `snapshot`). Precondition: the session
reads one consistent state (SQLite always; PostgreSQL: the reading engine is REPEATABLE READ).
"""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity import sellers
from livestream.desk.claims import public_line
from livestream.models import Claim, LiveSession, Pin
from livestream.pins import pin_views
from livestream.room.snapshot import NEWEST, ClaimLine, Counters, Organiser, Snapshot
from livestream.states import LESSON, OVER, PUBLIC, RUNNING

_LISTED = ("live", "interrupted", "checked")
_MOST_LISTED = 50


@dataclass(frozen=True)
class SessionFacts:
    """A session as pages need it; times in UTC ms."""

    id: str
    seller_id: str
    seller_name: str
    title: str
    state: str
    hold_rule: str
    hold_minutes: int
    planned_start_ms: int | None
    planned_end_ms: int
    created_ms: int
    started_ms: int | None
    ended_ms: int | None
    announcement: str
    kind: str = "sale"
    guide: str = ""
    place: str = ""

    @property
    def is_lesson(self) -> bool:
        """Whether it sells nothing: `guide` teaches, learners come together at `place`."""
        return self.kind == LESSON

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def public(self) -> bool:
        return self.state in PUBLIC


def facts(session: Session, session_id: str) -> SessionFacts:
    """The facts of one session in whatever state.

    Raises:
        NotFound: there is none.
    """
    row = session.get(LiveSession, session_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return _facts_of_rows(session, [row])[0]


def public_facts(session: Session, session_id: str) -> SessionFacts:
    """The facts of a session that has a public page.

    Raises:
        NotFound: there is none, or it is a draft, a rehearsal or called off.
    """
    found = facts(session, session_id)
    if not found.public:
        raise NotFound()
    return found


def listed(session: Session, kind: str = "sale") -> tuple[SessionFacts, ...]:
    """What of a kind runs now, the newest first, then what comes, the soonest first; at most fifty."""
    running = (
        select(LiveSession)
        .where(LiveSession.state.in_(_LISTED), LiveSession.kind == kind)
        .order_by(
            LiveSession.state == "checked",
            LiveSession.started_ms.desc(),
            func.coalesce(LiveSession.planned_start_ms, LiveSession.planned_end_ms),
            LiveSession.id,
        )
        .limit(_MOST_LISTED)
    )
    return tuple(_facts_of_rows(session, list(session.scalars(running))))


def of_seller(session: Session, seller_id: str, limit: int = 50) -> tuple[SessionFacts, ...]:
    """The sessions a seller organises, the newest first."""
    query = select(LiveSession).where(LiveSession.seller_id == seller_id)
    newest = query.order_by(LiveSession.created_ms.desc(), LiveSession.id).limit(limit)
    return tuple(_facts_of_rows(session, list(session.scalars(newest))))


def snapshot(session: Session, session_id: str) -> Snapshot:
    """The session as the room sees it now, with the seq it stands at.

    Raises:
        NotFound: it has no public page.
    """
    found = public_facts(session, session_id)
    shown = select(Pin).where(Pin.session_id == session_id, Pin.on_screen)
    rows = list(session.scalars(shown.execution_options(populate_existing=True)))
    organiser = Organiser(id=found.seller_id, name=found.seller_name)
    last = select(LiveSession.last_seq, LiveSession.last_number)
    seq, number = session.execute(last.where(LiveSession.id == session_id)).one()
    return Snapshot(
        session=session_id,
        title=found.title,
        organiser=organiser,
        state=_state_told(found.state),
        seq=seq,
        announcement=found.announcement,
        pins=pin_views.views_of(session, rows),
        claims=_newest_claims(session, session_id),
        counters=_counters(session, session_id, number),
    )


def _state_told(state: str) -> str:
    """The state as the log tells it: for the room a show is over, whatever becomes of its recording."""
    return "ended" if state in OVER else state


def _newest_claims(session: Session, session_id: str) -> list[ClaimLine]:
    query = (
        select(Claim, Pin.code)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == session_id)
        .order_by(Claim.number.desc())
        .limit(NEWEST)
        .execution_options(populate_existing=True)
    )
    lines = [public_line(claim, code) for claim, code in session.execute(query)]
    return lines[::-1]


def _counters(session: Session, session_id: str, number: int) -> Counters:
    counted = {
        row.state: (int(row.held), int(row.waiting)) for row in session.execute(_sums(session_id))
    }
    held = {state: packs for state, (packs, _waiting) in counted.items()}
    return Counters(
        claims=number,
        held=held.get("held", 0),
        waiting=sum(waiting for _held, waiting in counted.values()),
        ordered=held.get("ordered", 0),
        paid=held.get("paid", 0),
    )


def _sums(session_id: str) -> Select[*tuple[str, int, int]]:
    return (
        select(
            Claim.state.label("state"),
            func.coalesce(func.sum(Claim.held), 0).label("held"),
            func.coalesce(func.sum(Claim.waiting), 0).label("waiting"),
        )
        .where(Claim.session_id == session_id)
        .group_by(Claim.state)
    )


def _facts_of_rows(session: Session, rows: list[LiveSession]) -> list[SessionFacts]:
    names = sellers.facts_of(session, {row.seller_id for row in rows})
    return [
        SessionFacts(
            id=row.id,
            seller_id=row.seller_id,
            seller_name=names[row.seller_id].name,
            title=row.title,
            state=row.state,
            hold_rule=row.hold_rule,
            hold_minutes=row.hold_minutes,
            planned_start_ms=row.planned_start_ms,
            planned_end_ms=row.planned_end_ms,
            created_ms=row.created_ms,
            started_ms=row.started_ms,
            ended_ms=row.ended_ms,
            announcement=row.announcement,
            kind=row.kind,
            guide=row.guide,
            place=row.place,
        )
        for row in rows
    ]
