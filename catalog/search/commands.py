"""`flask search rebuild`: make the index anew, for whoever changed rows by hand or saw `fsck` complain."""

from flask import Flask
from flask.cli import AppGroup

from catalog.search import upkeep
from core import commands
from core.db import write

search_group = AppGroup("search", help="The index buyers' searches look through.")


def init_app(app: Flask) -> None:
    """Register the command, and bring what an older version left up to date when the market is prepared."""
    app.cli.add_command(search_group)
    commands.on_upgraded(upkeep.bring_up_to_date)


@search_group.command("rebuild")
def _rebuild() -> None:
    """Make every row of the index anew and say how many there are."""
    commands.emit({"indexed": write(upkeep.rebuild)})
