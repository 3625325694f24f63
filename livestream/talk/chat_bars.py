"""Who may not speak or order in a session: muted and banned people, for this session alone.

A bar set on somebody who only typed a number holds for everybody who types it, not for its proved owner
(ADR 0004). Refuses to bar the organiser's own people. A session without bars costs its claims nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity.logins import Login
from core.ids import new_id
from livestream import log
from livestream.errors import Banned
from livestream.log import Turn
from livestream.models import Comment, LiveSession
from livestream.talk.chat_models import ChatBar
from livestream.talk.chat_rules import BANNED

Kind = Literal["muted", "banned"]


@dataclass(frozen=True)
class Bars:
    """The bars of a session by person: kind, and whether it holds on proved devices too."""

    by_person: Mapping[str, tuple[str, bool]] = field(default_factory=dict)

    def of(self, login: Login) -> str:
        """`muted`, `banned` or ""."""
        kind, everywhere = self.by_person.get(login.person_id or "", ("", True))
        return kind if everywhere or not login.verified else ""

    def require_welcome(self, login: Login) -> None:
        """Go on only if this buyer's orders are taken.

        Raises:
            Banned: they are not.
        """
        if self.of(login) == BANNED:
            raise Banned()


@dataclass(frozen=True)
class BarredPerson:
    """A bar as moderators see it; `at_ms` is UTC ms."""

    id: str
    name_masked: str
    kind: str
    at_ms: int


_NOBODY = Bars()


def load(session: Session, turn: Turn, logins: Iterable[Login]) -> Bars:
    """The bars of the people behind `logins`; asks nothing while the session has none."""
    if not turn.barred:
        return _NOBODY
    people = {login.person_id for login in logins if login.person_id}
    query = select(ChatBar.person_id, ChatBar.kind, ChatBar.everywhere)
    here = query.where(ChatBar.session_id == turn.session_id, ChatBar.person_id.in_(people))
    return Bars({who: (kind, everywhere) for who, kind, everywhere in session.execute(here)})


def listed(session: Session, session_id: str) -> tuple[BarredPerson, ...]:
    """Who is muted or banned in a session, the newest first."""
    query = select(ChatBar).where(ChatBar.session_id == session_id).order_by(ChatBar.at_ms.desc())
    return tuple(
        BarredPerson(row.id, row.name_masked, row.kind, row.at_ms) for row in session.scalars(query)
    )


def bar(session: Session, session_id: str, comment_id: str, kind: Kind, actor: str) -> str:
    """Mute or ban who wrote a comment, until it is lifted or the session is over; returns the person.

    A second bar of the same person takes the first one's place.

    Raises:
        NotFound: no such comment in the session, or one of the organiser's own people wrote it.
    """
    turn = log.begin(session, session_id)
    said = session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.session_id == session_id)
    )
    if said is None or said.staff:
        raise NotFound()
    found = session.scalar(_of_person(session_id, said.person_id))
    row = found or ChatBar(id=new_id(), session_id=session_id, person_id=said.person_id)
    row.kind, row.actor, row.at_ms = kind, actor, clock.now_ms()
    row.everywhere = said.proved or (found is not None and found.everywhere)
    row.name_masked = said.name_masked
    session.add(row)
    _count(session, turn)
    return said.person_id


def lift(session: Session, session_id: str, bar_id: str) -> None:
    """Let somebody speak and order again; one who is free already stays so.

    Raises:
        NotFound: there is no such session.
    """
    turn = log.begin(session, session_id)
    session.execute(delete(ChatBar).where(ChatBar.id == bar_id, ChatBar.session_id == session_id))
    _count(session, turn)


def _of_person(session_id: str, person_id: str) -> Select[ChatBar]:
    here = ChatBar.session_id == session_id
    return select(ChatBar).where(here, ChatBar.person_id == person_id)


def _count(session: Session, turn: Turn) -> None:
    session.flush()
    mine = select(func.count()).where(ChatBar.session_id == turn.session_id).scalar_subquery()
    session.execute(
        update(LiveSession).where(LiveSession.id == turn.session_id).values(barred=mine)
    )
