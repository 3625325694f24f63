"""Talk is shed first: a room takes as many lines as can be read, and none while a crowd of orders waits.

A flood of chatter may not cost a claim its place. Whether a line is talk is decided by the claim reader
with the room's pins, seen at most a second ago; an order always goes in, and so does what staff say.
"""

import time
from dataclasses import dataclass, field

from flask import Flask

from core import clock, rate
from core.client_ids import JsonObject
from core.db import crowd, db
from core.errors import Busy, TooFast
from core.identity.logins import Login
from core.rate import Limit
from livestream.talk import comments
from livestream.talk.comments import MOST_LETTERS, Reader

CROWD = 128
"""How many writes may wait before talk is shed: half of what shares a commit."""

READABLE = Limit("chat.readable", burst=60, refill_ms=50)
"""Lines of talk a room takes: twenty a second. A phone shows five at once, and 64 kbit/s carry forty."""

JUDGED = Limit("chat.judged", burst=60, refill_ms=100)
"""Lines a person must look at (`ambiguous`) that a room takes: ten a second, more than moderators read."""

_AGAIN_MS = 2000
_FRESH_S = 1.0
_MOST_ROOMS = 200
_TALK = frozenset({"chat", "question"})
_LIMITS = {"chat": READABLE, "question": READABLE, "ambiguous": JUDGED}


@dataclass
class _Readers:
    """The readers of the rooms of one application, each as its pins stood up to a second ago."""

    by_session: dict[str, tuple[float, Reader]] = field(default_factory=dict)

    def of(self, app: Flask, session_id: str) -> Reader:
        now = time.monotonic()
        until, reader = self.by_session.get(session_id, (0.0, None))
        if reader is None or until < now:
            if len(self.by_session) >= _MOST_ROOMS:
                self.by_session.clear()
            with app.app_context():
                reader = comments.reader(db.session(), session_id)
            self.by_session[session_id] = (now + _FRESH_S, reader)
        return reader


def admit(app: Flask, login: Login | None, body: JsonObject) -> None:
    """Let a comment (`{session, text, …}`, not checked yet) go on, unless it is too much talk.

    What is no comment at all goes on too: its schema says what is wrong with it.

    Raises:
        Busy: come again in two seconds; nothing was kept.
    """
    session_id, text = body.get("session"), body.get("text")
    if not isinstance(session_id, str) or not isinstance(text, str) or len(text) > MOST_LETTERS:
        return
    if login is not None and login.seller_ids:
        return
    readers: _Readers = app.extensions.setdefault("chat_readers", _Readers())
    kind = readers.of(app, session_id)(text).kind
    if kind not in _LIMITS:
        return
    if kind in _TALK and crowd(app) >= CROWD:
        raise Busy(retry_after_ms=_AGAIN_MS)
    try:
        rate.buckets_of(app).take(_LIMITS[kind], session_id, clock.machine_ms())
    except TooFast as error:
        raise Busy(retry_after_ms=_AGAIN_MS) from error
