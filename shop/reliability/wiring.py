"""Registers reliability: its tables and checks (by import), its pages and the clock that forgets."""

from flask import Flask

from core import ticks
from shop.console import reliability as desks
from shop.reliability import checks, models, noting
from shop.views import reliability as pages

_BY_IMPORT = (models, checks)
_FORGET_EVERY_S = 600.0


def wire(app: Flask) -> None:
    """Register the pages of buyers, sellers and officers, and the tick that deletes what is old."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desks.desk)
    app.register_blueprint(desks.office)
    ticks.every(_FORGET_EVERY_S, noting.forget_due)
