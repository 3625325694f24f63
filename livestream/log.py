"""The gapless event log of a session, and the row lock every write of a session begins with.

`begin` takes the session's row; until the commit nobody else writes in this session, so claim numbers,
log order and commit order are one order (promise P9). `append` needs what `begin` gave, so no entry can
be written without the lock. Listeners in this process are woken after the commit; others poll.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

from sqlalchemy import ColumnElement, Table, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import after_commit
from core.errors import NotFound
from core.strict_json import JsonValue
from livestream.errors import PracticeOnly, SessionNotLive
from livestream.models import LiveSession, LogEntry
from livestream.room.snapshot import LogLine
from livestream.states import LESSON, PUBLIC, RUNNING

SESSIONS = cast(Table, LiveSession.__table__)
LOG = cast(Table, LogEntry.__table__)

MOST_ENTRIES = 5000
"""How many events one catch-up may bring; who is further behind takes a snapshot."""

_wakers: list[Callable[[str], None]] = []


@dataclass
class Turn:
    """The locked session row as one write sees it; times in UTC ms, `number` is the newest claim's.

    `slow_s`, `staff_only` and `barred` (how many people are muted or banned) are the rules of its talk.
    """

    session_id: str
    seller_id: str
    state: str
    hold_rule: str
    hold_minutes: int
    planned_end_ms: int
    number: int
    seq: int
    slow_s: int
    staff_only: bool
    barred: int
    kind: str = "sale"
    spare_seq: bool = False

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_lesson(self) -> bool:
        """Whether nothing is sold here: claims are for practice."""
        return self.kind == LESSON

    def require_sale(self) -> None:
        """Go on only where goods are really sold.

        Raises:
            PracticeOnly: it is a lesson.
        """
        if self.is_lesson:
            raise PracticeOnly()

    def require_running(self) -> None:
        """Go on only while claims are taken.

        Raises:
            NotFound: the session is nobody's to see (a draft, a rehearsal, called off).
            SessionNotLive: it has not begun, or is over.
        """
        if self.state not in PUBLIC:
            raise NotFound()
        if not self.running:
            raise SessionNotLive()


def begin(session: Session, session_id: str) -> Turn:
    """Lock the session's row for this transaction: the first statement of every write in a session.

    Raises:
        NotFound: there is no such session.
    """
    row = session.execute(_locking(), {"session": session_id}).one_or_none()
    if row is None:
        raise NotFound()
    return Turn(*row)


def next_numbers(session: Session, turn: Turn, count: int) -> int:
    """Take the next `count` claim numbers of the session, and the seq of the event that tells of them.

    Precondition: the caller's next `append` is that event. Returns the first of the numbers.
    """
    values = {"session": turn.session_id, "count": count}
    turn.number, turn.seq = session.execute(_numbering(), values).one()
    turn.spare_seq = True
    return turn.number - count + 1


def append(session: Session, turn: Turn, kind: str, data: JsonValue) -> int:
    """Write the next event of the session (`snapshot.LogLine` says the shapes); returns its seq."""
    if turn.spare_seq:
        turn.spare_seq = False
    else:
        turn.seq = session.execute(_raising_seq(), {"session": turn.session_id}).scalar_one()
    values = {
        "session_id": turn.session_id,
        "seq": turn.seq,
        "type": kind,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "at_ms": clock.now_ms(),
    }
    session.execute(insert(LOG), values)
    after_commit(session, partial(_wake, turn.session_id))
    return turn.seq


def entries(session: Session, session_id: str, after: int, limit: int | None) -> list[LogLine]:
    """The events after seq `after`, in order without a gap, at most `limit` (None: all)."""
    query = (
        select(LOG.c.seq, LOG.c.type, LOG.c.at_ms, LOG.c.data)
        .where(LOG.c.session_id == session_id, LOG.c.seq > after)
        .order_by(LOG.c.seq)
        .limit(limit)
    )
    return [
        LogLine(seq=seq, type=kind, at=clock.iso(at_ms), data=json.loads(data))
        for seq, kind, at_ms, data in session.execute(query)
    ]


def on_append(wake: Callable[[str], None]) -> None:
    """Have `wake(session_id)` called after a commit of this process that wrote an event there."""
    if wake not in _wakers:
        _wakers.append(wake)


def _wake(session_id: str) -> None:
    for wake in _wakers:
        wake(session_id)


def _this() -> ColumnElement[bool]:
    return SESSIONS.c.id == bindparam("session")


@cache
def _locking() -> Update:
    """Write the row as it is and answer it: on PostgreSQL this waits its turn."""
    statement = update(SESSIONS).where(_this())
    columns = SESSIONS.c
    return statement.values(last_seq=columns.last_seq).returning(
        columns.id,
        columns.seller_id,
        columns.state,
        columns.hold_rule,
        columns.hold_minutes,
        columns.planned_end_ms,
        columns.last_number,
        columns.last_seq,
        columns.slow_s,
        columns.staff_only,
        columns.barred,
        columns.kind,
    )


@cache
def _numbering() -> Update:
    columns = SESSIONS.c
    raised = {"last_number": columns.last_number + bindparam("count")}
    statement = update(SESSIONS).where(_this()).values(**raised, last_seq=columns.last_seq + 1)
    return statement.returning(columns.last_number, columns.last_seq)


@cache
def _raising_seq() -> Update:
    statement = update(SESSIONS).where(_this()).values(last_seq=SESSIONS.c.last_seq + 1)
    return statement.returning(SESSIONS.c.last_seq)
