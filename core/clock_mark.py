"""The highest time this store has seen, kept with its commits: after a restart time goes on (P18)."""

from sqlalchemy import Connection, Engine, text

from core import clock

_MARK_EVERY_MS = 1000


def keep(connection: Connection, marked_ms: int) -> int:
    """Remember the highest time seen in this transaction, at most once a second.

    `marked_ms` (UTC ms) is when this writer last did; returns when it has now.
    """
    now = clock.now_ms()
    if now - marked_ms <= _MARK_EVERY_MS:
        return marked_ms
    connection.execute(
        text("UPDATE clock_mark SET at_ms = :now WHERE id = 1 AND at_ms < :now - :step"),
        {"now": now, "step": _MARK_EVERY_MS},
    )
    return now


def load(engine: Engine) -> None:
    """Raise this process's clock to the highest committed time, if the tables exist yet."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "clock_mark"):
            return
        mark = connection.execute(text("SELECT at_ms FROM clock_mark WHERE id = 1")).scalar()
    clock.raise_floor(int(mark or 0))
