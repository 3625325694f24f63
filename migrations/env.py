"""Runs migrations on the writing engine of the application (the reading one refuses to write)."""

from alembic import context
from flask import current_app

from core.db import metadata


def run() -> None:
    """Bring the schema to the asked revision in one transaction."""
    engine = current_app.extensions["write_engine"]
    options = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
