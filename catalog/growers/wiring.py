"""Registers the grower book: its pages, its check, its reminders, its demo people."""

from flask import Flask

from catalog.console import certificates, households, members, plots
from catalog.growers import checks, demo, reminders
from core import commands, ticks

_BY_IMPORT = (checks,)
"""Checks are known to the market as soon as their modules are imported."""


def wire(app: Flask) -> None:
    """Register pages, the tick that looks for papers about to end, and demo data."""
    for desk in (members, plots, households, certificates):
        app.register_blueprint(desk.blueprint)
    reminders.subscribe()
    ticks.every(reminders.EVERY_S, reminders.remind_due)
    commands.on_demo_load(demo.load)
