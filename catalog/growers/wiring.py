"""Registers the grower book: its pages, its check, its reminders."""

from flask import Flask

from catalog.console import certificates, households, members, plots
from catalog.growers import checks, reminders
from core import ticks

_BY_IMPORT = (checks,)
"""Checks are known to the market as soon as their modules are imported."""


def wire(app: Flask) -> None:
    """Register pages, and the tick that looks for papers about to end."""
    for desk in (members, plots, households, certificates):
        app.register_blueprint(desk.blueprint)
    reminders.subscribe()
    ticks.every(reminders.EVERY_S, reminders.remind_due)
