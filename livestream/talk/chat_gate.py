"""Talk is shed first: while the writer has a crowd waiting, plain talk is told `busy`, orders go in.

A flood of chatter may not cost a claim its place. Whether a line is talk is decided by the claim reader
with the room's pins, seen at most a second ago; what may be an order always goes in. Refuses to read
anything while there is no crowd: then this costs one number.
"""

import time
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy.orm import Session

from core.db import crowd, db
from core.errors import Busy
from livestream.talk import comments
from livestream.talk.comments import Reader

CROWD = 128
"""How many writes may wait before talk is shed: half of what shares a commit."""

_AGAIN_MS = 2000
_FRESH_S = 1.0
_MOST_ROOMS = 200
_TALK = frozenset({"chat", "question"})


@dataclass
class _Readers:
    """The readers of the rooms of one application, each as its pins stood up to a second ago."""

    by_session: dict[str, tuple[float, Reader]] = field(default_factory=dict)

    def of(self, session: Session, session_id: str) -> Reader:
        now = time.monotonic()
        until, reader = self.by_session.get(session_id, (0.0, None))
        if reader is None or until < now:
            if len(self.by_session) >= _MOST_ROOMS:
                self.by_session.clear()
            reader = comments.reader(session, session_id)
            self.by_session[session_id] = (now + _FRESH_S, reader)
        return reader


def admit(session_id: str, text: str) -> None:
    """Let a comment go on to the writer, unless it is plain talk and a crowd waits there.

    Raises:
        Busy: come again in two seconds; nothing was kept.
    """
    if crowd(current_app) < CROWD:
        return
    readers: _Readers = current_app.extensions.setdefault("chat_readers", _Readers())
    if readers.of(db.session(), session_id)(text).kind in _TALK:
        raise Busy(retry_after_ms=_AGAIN_MS)
