"""`flask search rebuild`: make the index anew, for whoever changed rows by hand or saw `fsck` complain."""

from flask import Flask
from flask.cli import AppGroup

from catalog.search import index
from core import commands
from core.db import write

search_group = AppGroup("search", help="The index buyers' searches look through.")


def init_app(app: Flask) -> None:
    """Register the command, and index what an older version left when the market is prepared."""
    app.cli.add_command(search_group)
    commands.on_upgraded(index.index_missing)


@search_group.command("rebuild")
def _rebuild() -> None:
    """Make every row of the index anew and say how many there are."""
    commands.emit({"indexed": write(index.rebuild)})
