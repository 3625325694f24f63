"""Runs migrations on the writing engine of the application (the reading one refuses to write)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from core.db import metadata


def run() -> None:
    """Bring the schema to the asked revision in one transaction.

    SQLite changes a table by making it anew, which its foreign keys would forbid half-way: they are off
    meanwhile, and every one of them is looked at before the commit.
    """
    engine = current_app.extensions["write_engine"]
    options = {**current_app.extensions["migrate"].configure_args, "include_name": _is_ours}
    with engine.connect() as connection:
        _enforce_keys(connection, on=False)
        context.configure(connection=connection, target_metadata=metadata, **options)
        try:
            with context.begin_transaction():
                context.run_migrations()
                _check_keys(connection)
        finally:
            _enforce_keys(connection, on=True)


def _is_ours(name: str | None, *_where: object) -> bool:
    """The full-text index is made by hand (0004): no model knows it, so it is not compared with one."""
    return name is None or "search_words" not in name


def _enforce_keys(connection: Connection, *, on: bool) -> None:
    """Outside any transaction, as SQLite demands; so past SQLAlchemy, which would begin one."""
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"rows point nowhere: {orphans[:10]}")


run()
