"""Registers what the notices offer: pages, what they hear and send, the ladder's timer, the roads set up."""

from flask import Flask

from core import ticks
from core.config import Settings
from shop.console import notices as desk
from shop.notices import ladder, models, notice_checks, reactions, roads
from shop.notices.roads import EmailRoad, SmsRoad
from shop.views import notices as pages

_BY_IMPORT = (models, notice_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_CLIMB_EVERY_S = 5.0


def wire(app: Flask) -> None:
    """Register pages, subscriptions, errands and the timer; send by what the settings name."""
    settings: Settings = app.config["SETTINGS"]
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desk.blueprint)
    reactions.subscribe()
    letters = [EmailRoad(settings.smtp_url)] if settings.smtp_url else []
    roads.use([*letters, SmsRoad(app)])
    ticks.every(_CLIMB_EVERY_S, ladder.climb)
