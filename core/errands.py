"""Slow work after a commit: done outside of any transaction, its outcome recorded in one of its own.

An errand waits in the outbox like an event, so it survives what an event survives, but the one writer
never waits for it: `do` runs alone (it may take seconds, start a process, talk to a store), and `then`
writes what came of it together with the mark that it is done. Whoever takes an errand has it for
`LEASE_MS`; if they die, another takes it again, so `do` must bear being done twice. One at a time in
each process: pictures may wait for each other, sales for none of them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.db import db, write
from core.events import Event
from core.outbox import OutboxRow

log = structlog.get_logger()

LEASE_MS = 120_000
"""Longer than any errand takes; so long a dead process keeps its own from being done."""
_TRIES = 8
_FIRST_RETRY_MS = 2_000

E = TypeVar("E", bound=Event)
R = TypeVar("R")


@dataclass(frozen=True)
class _Errand:
    event: type[Event]
    do: Callable[[Event], object]
    then: Callable[[Session, Event, object], None] | None
    give_up: Callable[[Session, Event], None] | None


@dataclass(frozen=True)
class _Taken:
    """A row somebody has the lease of."""

    id: int
    name: str
    payload: str
    tries: int


_errands: dict[str, _Errand] = {}


def on(
    event: type[E],
    do: Callable[[E], R],
    then: Callable[[Session, E, R], None] | None = None,
    give_up: Callable[[Session, E], None] | None = None,
) -> None:
    """Have `do(event)` run after each `event`, outside of writes, and `then(session, event, outcome)`.

    Without `then` the outcome leaves nothing to record. `do` may read through `db.session`; what it raises
    puts the errand off (longer each time, and parks it after eight tries), so a verdict that is final is
    returned, not raised. The same `do` counts once. With `give_up` it is not parked after the last try:
    `give_up(session, event)` tells whoever waits for it, who can ask for it anew.
    """
    name = f"{do.__module__}.{do.__qualname__}"
    _errands[name] = _Errand(event, do, then, give_up)  # type: ignore[arg-type]
    outbox.subscribe_errand(event, name)


def run_pending() -> int:
    """Do what is due now, one after the other; returns how many were tried."""
    tried = 0
    while _something_is_due() and (taken := write(_take)) is not None:
        _run(taken)
        tried += 1
    return tried


def _something_is_due() -> bool:
    """Looked up by reading: the writer is not asked four times a second whether there is nothing."""
    query = select(exists().where(OutboxRow.state == "errand", OutboxRow.due_ms <= clock.now_ms()))
    db.session.rollback()
    found = bool(db.session.scalar(query))
    db.session.rollback()
    return found


def _take(session: Session) -> _Taken | None:
    """The errand that has waited longest, leased; None if others have them all."""
    now = clock.now_ms()
    query = (
        select(OutboxRow)
        .where(OutboxRow.state == "errand", OutboxRow.due_ms <= now)
        .order_by(OutboxRow.due_ms, OutboxRow.id)
        .limit(1)
    )
    row = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    row.tries += 1
    row.due_ms = now + LEASE_MS
    return _Taken(row.id, row.subscriber, row.payload, row.tries)


def _run(taken: _Taken) -> None:
    try:
        errand = _errands[taken.name]
        event = errand.event(**json.loads(taken.payload))
        outcome = errand.do(event)
        db.session.rollback()  # what `do` has read ends here
        write(lambda session: _finish(session, taken, errand, outcome))
    except Exception as error:
        db.session.rollback()
        log.warning("errand_failed", errand=taken.name, row=taken.id, error=repr(error))
        reason = repr(error)
        write(lambda session: _put_off(session, taken, reason))


def _finish(session: Session, taken: _Taken, errand: _Errand, outcome: object) -> None:
    """Once, even if the lease ran out and somebody else has done it meanwhile."""
    row = _locked(session, taken)
    if row is None:
        return
    row.state = "done"
    if errand.then is not None:
        errand.then(session, errand.event(**json.loads(taken.payload)), outcome)


def _put_off(session: Session, taken: _Taken, reason: str) -> None:
    row = _locked(session, taken)
    if row is None:
        return
    row.error = reason[:2000]
    row.due_ms = clock.now_ms() + _FIRST_RETRY_MS * 2**taken.tries
    if taken.tries < _TRIES:
        return
    errand = _errands.get(taken.name)
    if errand is None or errand.give_up is None:
        row.state = "parked"
        return
    row.state = "done"
    errand.give_up(session, errand.event(**json.loads(taken.payload)))
    log.error("errand_given_up", errand=taken.name, row=taken.id, error=reason)


def _locked(session: Session, taken: _Taken) -> OutboxRow | None:
    query = select(OutboxRow).where(OutboxRow.id == taken.id, OutboxRow.state == "errand")
    return session.scalars(query.with_for_update()).one_or_none()
