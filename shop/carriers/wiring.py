"""Registers what carriers need: pages, the door for notices, errands, the timer, the carriers spoken to."""

from flask import Flask
from flask_smorest import Api

from core import ticks
from core.config import Settings
from core.http import origin
from shop.carriers import adapters, carrier_checks, models, reactions, tracking
from shop.carriers.ghtk import Ghtk
from shop.console import carriers
from shop.views import carrier_notices

_BY_IMPORT = (models, carrier_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_ASK_EVERY_S = 10.0


def wire(app: Flask, api: Api) -> None:
    """Register routes, errands and the timer; speak to the carriers the settings name."""
    settings: Settings = app.config["SETTINGS"]
    adapters.use([Ghtk(settings.ghtk_url)])
    api.register_blueprint(carrier_notices.blueprint)
    origin.expect_programs(app, "carrier_notices.take_notice")
    app.register_blueprint(carriers.blueprint)
    reactions.subscribe()
    ticks.every(_ASK_EVERY_S, tracking.ask_due)
