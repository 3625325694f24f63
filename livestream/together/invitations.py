"""Selling together: the organiser of a session asks other sellers in, and each answers for its own goods.

A seller that agreed pins its own listings, at its own price and out of its own stock; the organiser only
shows them. Refuses to pin for a seller without its dated consent, and to keep selling once it is taken back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import BadRequest, NotFound
from core.identity import sellers
from core.states import Table
from livestream import log
from livestream.errors import SessionNotLive
from livestream.log import Turn
from livestream.models import LiveSession, Pin
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.together.together_models import Invitation

INVITATION = Table(
    "invitation",
    {
        ("invited", "accepted"),
        ("invited", "refused"),
        ("invited", "cancelled"),
        ("accepted", "withdrawn"),
        ("accepted", "cancelled"),
        ("refused", "invited"),
        ("withdrawn", "invited"),
        ("cancelled", "invited"),
    },
)
"""An invitation; `withdrawn` is the seller's doing, `cancelled` the organiser's. It can be made again."""

OPEN = frozenset({"draft", "checked", "rehearsal", "live", "interrupted"})
"""The states of a session into which somebody may be asked, and in which a seller may pin."""


_MOST_SHOWN = 50


@dataclass(frozen=True)
class Invited:
    """One seller asked into one session: the session's title, state and organiser, and the answer.

    `answered_ms` (UTC ms) is None while there is no answer; while `accepted` it dates the consent.
    `pinned` counts the seller's open pins there.
    """

    session_id: str
    title: str
    session_state: str
    organiser_id: str
    organiser_name: str
    seller_id: str
    seller_name: str
    state: str
    asked_ms: int
    answered_ms: int | None
    pinned: int = 0

    @property
    def agreed(self) -> bool:
        return self.state == "accepted"

    @property
    def open(self) -> bool:
        """Whether the session still takes goods."""
        return self.session_state in OPEN


def invite(session: Session, session_id: str, seller_id: str, actor: str) -> None:
    """Ask a seller into the session; asking one who was asked already, or agreed, changes nothing.

    Raises:
        NotFound: no such session or seller. SessionNotLive: it is over.
        BadRequest: the seller is the organiser itself.
    """
    turn = _open_turn(session, session_id)
    sellers.facts(session, seller_id)
    if seller_id == turn.seller_id:
        raise BadRequest(field="seller", why="the organiser is in already")
    known = session.get(Invitation, (session_id, seller_id), populate_existing=True)
    if known is None:
        session.add(_asked(session_id, seller_id, actor))
    elif known.state not in {"invited", "accepted"}:
        known.state = INVITATION.move(known.state, "invited")
        known.asked_by, known.asked_ms = actor, clock.now_ms()
        known.answered_by, known.answered_ms = "", None
    session.flush()


def accept(session: Session, session_id: str, seller_id: str, actor: str) -> None:
    """The seller agrees, from now on, to sell in this session; agreeing twice changes nothing.

    Raises:
        NotFound: nobody asked it. SessionNotLive: the session is over. BadTransition: it was called off.
    """
    _open_turn(session, session_id)
    row = _row(session, session_id, seller_id)
    if row.state != "accepted":
        _answer(row, "accepted", actor)


def refuse(session: Session, session_id: str, seller_id: str, actor: str) -> None:
    """The seller says no before it ever agreed; saying it twice changes nothing.

    Raises:
        NotFound: nobody asked it. BadTransition: it has agreed (then it withdraws), or was called off.
    """
    log.begin(session, session_id)
    row = _row(session, session_id, seller_id)
    if row.state != "refused":
        _answer(row, "refused", actor)


def withdraw(session: Session, session_id: str, seller_id: str, actor: str) -> None:
    """The seller takes its consent back: its pins close now; what buyers hold stays theirs to pay.

    Raises:
        NotFound: nobody asked it. BadTransition: it had not agreed.
    """
    _leave(session, session_id, seller_id, ("withdrawn", actor))


def cancel(session: Session, session_id: str, seller_id: str, actor: str) -> None:
    """The organiser calls an invitation off, answered or not; the seller's pins close as if it withdrew.

    Raises:
        NotFound: nobody asked that seller. BadTransition: it said no, or has left.
    """
    _leave(session, session_id, seller_id, ("cancelled", actor))


def pin(session: Session, session_id: str, new: NewPin, hosted: Collection[str]) -> str:
    """Pin a listing for one of the sellers `hosted` by whoever asks; returns the code.

    The organiser pins its own; another seller pins its own once it agreed, and the pin carries that date.

    Raises:
        NotFound: none of `hosted` sells here, or the listing is not one of those sellers'.
        and what `pins.add` raises.
    """
    turn = log.begin(session, session_id)
    dates = consents(session, session_id)
    selling = {turn.seller_id, *dates} & set(hosted)
    if not selling:
        raise NotFound()
    code = pins.add(session, session_id, new, selling)
    query = select(Pin).where(Pin.session_id == session_id, Pin.code == code)
    made = session.scalars(query).one()
    made.consent_ms = dates.get(made.seller_id, made.consent_ms)
    session.flush()
    return code


def consents(session: Session, session_id: str) -> dict[str, int]:
    """The sellers that agree now to sell in the session, each with the date (UTC ms) of its consent."""
    query = select(Invitation.seller_id, Invitation.answered_ms).where(
        Invitation.session_id == session_id, Invitation.state == "accepted"
    )
    return {seller_id: at_ms or 0 for seller_id, at_ms in session.execute(query)}


def of_session(session: Session, session_id: str) -> tuple[Invited, ...]:
    """Who was asked into a session, in the order of asking."""
    return _read(session, _rows().where(Invitation.session_id == session_id))


def of_sellers(session: Session, seller_ids: Iterable[str]) -> tuple[Invited, ...]:
    """What some sellers may answer, sell or still be paid in, the newest first; at most fifty."""
    may_answer = Invitation.state.in_(("invited", "accepted")) & LiveSession.state.in_(OPEN)
    has_sold = (Invitation.state == "accepted") & (LiveSession.state == "ended")
    theirs = _rows().where(Invitation.seller_id.in_(set(seller_ids)), or_(may_answer, has_sold))
    newest = theirs.order_by(None).order_by(Invitation.asked_ms.desc(), Invitation.seller_id)
    return _read(session, newest.limit(_MOST_SHOWN))


def get(session: Session, session_id: str, seller_id: str) -> Invited:
    """One seller's invitation to one session.

    Raises:
        NotFound: there is none.
    """
    query = _rows().where(Invitation.session_id == session_id, Invitation.seller_id == seller_id)
    found = _read(session, query)
    if not found:
        raise NotFound()
    return found[0]


def _open_turn(session: Session, session_id: str) -> Turn:
    turn = log.begin(session, session_id)
    if turn.state not in OPEN:
        raise SessionNotLive()
    return turn


def _asked(session_id: str, seller_id: str, actor: str) -> Invitation:
    return Invitation(
        session_id=session_id,
        seller_id=seller_id,
        state="invited",
        asked_by=actor,
        asked_ms=clock.now_ms(),
        answered_by="",
        answered_ms=None,
    )


def _row(session: Session, session_id: str, seller_id: str) -> Invitation:
    row = session.get(Invitation, (session_id, seller_id), populate_existing=True)
    if row is None:
        raise NotFound()
    return row


def _answer(row: Invitation, state: str, actor: str) -> None:
    row.state = INVITATION.move(row.state, state)
    row.answered_by, row.answered_ms = actor, clock.now_ms()


def _leave(session: Session, session_id: str, seller_id: str, how: tuple[str, str]) -> None:
    """End an invitation in the state and by the actor of `how`, and close what it had pinned."""
    state, actor = how
    log.begin(session, session_id)
    row = _row(session, session_id, seller_id)
    if row.state == state:
        return
    _answer(row, state, actor)
    session.flush()
    query = select(Pin.code).where(
        Pin.session_id == session_id, Pin.seller_id == seller_id, Pin.state != "closed"
    )
    for code in session.scalars(query.order_by(Pin.position)).all():
        pins.close(session, session_id, code)


def _rows() -> Select[*tuple[Invitation, LiveSession]]:
    return (
        select(Invitation, LiveSession)
        .join(LiveSession, LiveSession.id == Invitation.session_id)
        .order_by(Invitation.asked_ms, Invitation.seller_id)
        .execution_options(populate_existing=True)
    )


def _read(session: Session, query: Select[*tuple[Invitation, LiveSession]]) -> tuple[Invited, ...]:
    rows = session.execute(query).all()
    named = {row.seller_id for row, _show in rows} | {show.seller_id for _row, show in rows}
    names = {key: seller.name for key, seller in sellers.facts_of(session, named).items()}
    found = [_invited(row, show, names) for row, show in rows]
    counted = _pinned(session, {one.session_id for one in found})
    return tuple(
        replace(one, pinned=counted.get((one.session_id, one.seller_id), 0)) for one in found
    )


def _invited(row: Invitation, show: LiveSession, names: dict[str, str]) -> Invited:
    return Invited(
        session_id=show.id,
        title=show.title,
        session_state=show.state,
        organiser_id=show.seller_id,
        organiser_name=names[show.seller_id],
        seller_id=row.seller_id,
        seller_name=names[row.seller_id],
        state=row.state,
        asked_ms=row.asked_ms,
        answered_ms=row.answered_ms,
    )


def _pinned(session: Session, session_ids: Collection[str]) -> dict[tuple[str, str], int]:
    query = (
        select(Pin.session_id, Pin.seller_id, func.count())
        .where(Pin.session_id.in_(session_ids), Pin.state != "closed")
        .group_by(Pin.session_id, Pin.seller_id)
    )
    return {(show, seller): int(count) for show, seller, count in session.execute(query)}
