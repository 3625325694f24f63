"""Events that survive: published in the writing transaction, delivered at least once to others.

`publish` stores one row per subscriber with the facts that changed; the runner gives each row to its
handler in a transaction of its own that also marks the row done, so an effect and its mark commit
together. Handlers are idempotent and rely on no order. A row that keeps failing is parked, never lost
and never retried for ever. Nothing is published to a package below (docs/architecture.md). Slow work
waits in the same table but is `core.errands`' to do: it must hold up neither a write nor other events.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

import structlog
from sqlalchemy import Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.db import Base, Big, Serial, after_commit, db, write
from core.events import Event

log = structlog.get_logger()

_TRIES = 8
_FIRST_RETRY_MS = 500
_RUN_LIMIT = 200

E = TypeVar("E", bound=Event)
Handler = Callable[[Session, E], None]


class OutboxRow(Base):
    """One event waiting for one subscriber."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "due_ms", "id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    subscriber: Mapped[str] = mapped_column(String(120))
    event: Mapped[str] = mapped_column(String(60))
    payload: Mapped[str] = mapped_column(Text)
    # waiting for the runner, or errand for the other one; then done or parked
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    due_ms: Mapped[int] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True)
class _Subscription:
    event: type[Event]
    handler: Callable[[Session, Event], None]
    waits_as: str = "waiting"


_subscriptions: dict[str, _Subscription] = {}
_wakers: list[Callable[[], None]] = []


def subscribe(event: type[E], handler: Handler[E]) -> None:
    """Have `handler(session, event)` run for every later `event`; the same handler twice counts once.

    Precondition: one handler hears one event; ValueError else, because its name is what a row waits for.
    """
    name = f"{handler.__module__}.{handler.__qualname__}"
    if name in _subscriptions and _subscriptions[name].event is not event:
        raise ValueError(f"{name} hears {_subscriptions[name].event.__name__} already")
    _subscriptions[name] = _Subscription(event, handler)  # type: ignore[arg-type]


def subscribe_errand(event: type[E], name: str) -> None:
    """Have every later `event` wait as an errand called `name` (`core.errands.on` knows what to do)."""
    _subscriptions[name] = _Subscription(event, _not_by_events, "errand")


def _not_by_events(_session: Session, _event: Event) -> None:
    raise AssertionError("errands are run by core.errands")


def publish(session: Session, event: Event) -> None:
    """Store `event` for each of its subscribers in the caller's transaction."""
    now = clock.now_ms()
    for name, subscription in _subscriptions.items():
        if subscription.event is type(event):
            session.add(
                OutboxRow(
                    subscriber=name,
                    event=type(event).__name__,
                    payload=json.dumps(asdict(event)),
                    state=subscription.waits_as,
                    due_ms=now,
                    created_ms=now,
                )
            )
    after_commit(session, _wake)


def on_publish(wake: Callable[[], None]) -> None:
    """Have `wake()` called after a commit that published something (the runner beside the server)."""
    _wakers.append(wake)


def _wake() -> None:
    for wake in _wakers:
        wake()


def run_pending() -> int:
    """Deliver what is due now, each row in its own write; returns how many were tried."""
    tried = 0
    while ids := _due_ids():
        for row_id in ids:
            _deliver(row_id)
        tried += len(ids)
    return tried


def _due_ids() -> list[int]:
    query = (
        select(OutboxRow.id)
        .where(OutboxRow.state == "waiting", OutboxRow.due_ms <= clock.now_ms())
        .order_by(OutboxRow.id)
        .limit(_RUN_LIMIT)
    )
    db.session.rollback()
    ids = list(db.session.scalars(query))
    db.session.rollback()
    return ids


def _deliver(row_id: int) -> None:
    try:
        write(lambda session: _run_handler(session, row_id))
    except Exception as error:
        log.warning("outbox_handler_failed", row=row_id, error=repr(error))
        reason = repr(error)
        write(lambda session: _postpone(session, row_id, reason))


def _run_handler(session: Session, row_id: int) -> None:
    row = _claim_row(session, row_id)
    if row is None:
        return
    subscription = _subscriptions[row.subscriber]
    row.state = "done"
    subscription.handler(session, subscription.event(**json.loads(row.payload)))


def _claim_row(session: Session, row_id: int) -> OutboxRow | None:
    """The row if it still waits and nobody else delivers it at this moment."""
    query = select(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.state == "waiting")
    return session.scalars(query.with_for_update(skip_locked=True)).one_or_none()


def _postpone(session: Session, row_id: int, reason: str) -> None:
    row = _claim_row(session, row_id)
    if row is None:
        return
    row.tries += 1
    row.error = reason[:2000]
    row.due_ms = clock.now_ms() + _FIRST_RETRY_MS * 2**row.tries
    if row.tries >= _TRIES:
        row.state = "parked"


def parked_rows(session: Session) -> list[str]:
    """What was given up on, one line each, for the desk and `fsck`."""
    query = text("SELECT id, subscriber, error FROM outbox WHERE state = 'parked' ORDER BY id")
    return [f"outbox {row.id}: {row.subscriber}: {row.error}" for row in session.execute(query)]
