"""The room's talk under its rules: who has the floor now, what is kept out of sight, what is shown again.

A batch of lines is judged together, in order, with a few reads that do not grow with it; the verdicts are
`chat_rules.judged`. Rules are the session's, muted words the organiser's for all sessions. Refuses to
touch claims: hiding a line changes nothing that was ordered by it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.errors import NotFound
from core.identity.logins import Login
from livestream import log
from livestream.access import MODERATORS
from livestream.log import Turn
from livestream.models import Comment, LiveSession
from livestream.talk import chat_bars
from livestream.talk.chat_bars import Bars
from livestream.talk.chat_models import ChatRemoval, MutedWord
from livestream.talk.chat_rules import REMOVED, SHOWN, ChatRules, Line, judged
from livestream.talk.chat_text import plain

SLOW_STEPS_S = (0, 5, 10, 30, 60, 300)
"""The paces of talk a moderator chooses from, in seconds."""

MOST_WORDS = 200
WORD_LENGTH = 40
_CLEARED_AT_ONCE = 50


@dataclass
class Floor:
    """Who may speak in a session's batch, and when each spoke last (UTC ms by `Login.actor`)."""

    rules: ChatRules
    bars: Bars
    staff_of: str
    spoke_ms: dict[str, int] = field(default_factory=dict)

    def judge(self, login: Login, kind: str, text: str, received_ms: int) -> str:
        """Why this line is kept out of sight ("": it is shown), judged after those before it.

        Raises:
            NotAllowed, SlowMode: as `chat_rules.judged`.
        """
        free_ms = self.spoke_ms.get(login.actor, 0) + self.rules.slow_s * 1000
        wait_ms = max(0, free_ms - received_ms) if self.rules.slow_s else 0
        line = Line(kind, text, self.is_staff(login), self.bars.of(login), wait_ms)
        hidden = judged(self.rules, line)
        if not hidden:
            self.spoke_ms[login.actor] = received_ms
        return hidden

    def is_staff(self, login: Login) -> bool:
        """Whether one of the organiser's people speaks."""
        return login.works_for(self.staff_of, *MODERATORS)


def floor(session: Session, turn: Turn, logins: Sequence[Login], now_ms: int) -> Floor:
    """The floor of a session for the people behind `logins`, at `now_ms` (UTC ms)."""
    rules = ChatRules(turn.slow_s, turn.staff_only, _words(session, turn.seller_id))
    spoke = _spoke(session, turn, logins, now_ms) if turn.slow_s else {}
    return Floor(rules, chat_bars.load(session, turn, logins), turn.seller_id, spoke)


def rules_of(session: Session, session_id: str) -> ChatRules:
    """A session's rules of talk.

    Raises:
        NotFound: there is no such session.
    """
    columns = LiveSession.slow_s, LiveSession.staff_only, LiveSession.seller_id
    found = session.execute(select(*columns).where(LiveSession.id == session_id)).one_or_none()
    if found is None:
        raise NotFound()
    return ChatRules(found.slow_s, found.staff_only, _words(session, found.seller_id))


def told_rules(session: Session, session_id: str) -> JsonObject:
    """The rules everybody in the room is told: `{slow_s, staff_only}`; muted words are not.

    Raises:
        NotFound: there is no such session.
    """
    columns = LiveSession.slow_s, LiveSession.staff_only
    found = session.execute(select(*columns).where(LiveSession.id == session_id)).one_or_none()
    if found is None:
        raise NotFound()
    return {"slow_s": found.slow_s, "staff_only": found.staff_only}


def set_rules(session: Session, session_id: str, rules: ChatRules) -> None:
    """Talk by `rules` from now on; the words, in whatever form, hold in all sessions of the organiser.

    At most 200 words of at most 40 letters count.

    Raises:
        NotFound: there is no such session.
    """
    turn = log.begin(session, session_id)
    values = {"slow_s": rules.slow_s, "staff_only": rules.staff_only}
    session.execute(update(LiveSession).where(LiveSession.id == session_id).values(**values))
    words = {plain(word)[:WORD_LENGTH].strip() for word in rules.words} - {""}
    if words == _words(session, turn.seller_id):
        return
    session.execute(delete(MutedWord).where(MutedWord.seller_id == turn.seller_id))
    rows = [{"seller_id": turn.seller_id, "word": word} for word in sorted(words)[:MOST_WORDS]]
    if rows:
        session.execute(insert(MutedWord), rows)


def remove(session: Session, session_id: str, comment_id: str) -> None:
    """Take one line out of everybody's sight; what was ordered by it stays.

    Raises:
        NotFound: no such comment in the session.
    """
    turn = log.begin(session, session_id)
    _hide(session, turn, [_comment(session, session_id, comment_id).id])


def remove_all_of(session: Session, session_id: str, person_id: str) -> None:
    """Take the newest fifty lines of one person out of sight."""
    turn = log.begin(session, session_id)
    query = select(Comment.id).where(
        Comment.session_id == session_id, Comment.person_id == person_id, Comment.hidden == SHOWN
    )
    newest = query.order_by(Comment.position.desc()).limit(_CLEARED_AT_ONCE)
    _hide(session, turn, list(session.scalars(newest)))


def put_back(session: Session, session_id: str, comment_id: str) -> None:
    """Show a hidden line again, to whoever comes or looks again from now on.

    Raises:
        NotFound: no such comment in the session.
    """
    log.begin(session, session_id)
    _comment(session, session_id, comment_id).hidden = SHOWN


def last_removal(session: Session) -> int:
    """The position of the newest removal of all sessions; 0 when there is none."""
    return session.scalar(select(func.max(ChatRemoval.position))) or 0


def removed_since(session: Session, session_id: str, position: int) -> tuple[int, list[str]]:
    """The comments taken out of sight after `position`, and the new position."""
    columns = select(ChatRemoval.position, ChatRemoval.comment_id)
    here = columns.where(ChatRemoval.session_id == session_id, ChatRemoval.position > position)
    rows = session.execute(here.order_by(ChatRemoval.position).limit(_CLEARED_AT_ONCE)).all()
    return (rows[-1].position if rows else position), [row.comment_id for row in rows]


def _hide(session: Session, turn: Turn, comment_ids: Sequence[str]) -> None:
    if not comment_ids:
        return
    session.execute(update(Comment).where(Comment.id.in_(comment_ids)).values(hidden=REMOVED))
    rows = [{"session_id": turn.session_id, "comment_id": one} for one in comment_ids]
    session.execute(insert(ChatRemoval), rows)


def _comment(session: Session, session_id: str, comment_id: str) -> Comment:
    query = select(Comment).where(Comment.id == comment_id, Comment.session_id == session_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def _words(session: Session, seller_id: str) -> frozenset[str]:
    query = select(MutedWord.word).where(MutedWord.seller_id == seller_id)
    return frozenset(session.scalars(query))


def _spoke(session: Session, turn: Turn, logins: Iterable[Login], now_ms: int) -> dict[str, int]:
    """When each of these people was last shown, as far as slow mode still asks."""
    people = {login.person_id for login in logins if login.person_id}
    whose = Comment.person_id, Comment.device_id, Comment.proved
    query = select(*whose, func.max(Comment.at_ms)).where(
        Comment.session_id == turn.session_id,
        Comment.person_id.in_(people),
        Comment.at_ms > now_ms - turn.slow_s * 1000,
        Comment.hidden == SHOWN,
    )
    spoke: dict[str, int] = {}
    for person_id, device_id, proved, at_ms in session.execute(query.group_by(*whose)):
        actor = f"p:{person_id}" if proved else f"d:{device_id}"
        spoke[actor] = max(at_ms, spoke.get(actor, 0))
    return spoke
