"""Registers what delivery offers: its tables and checks, the public fees, the desk's ways, slots, zones."""

from flask import Flask

from shop.console import delivery as desk
from shop.console import slots, zones
from shop.delivery import checks, models
from shop.views import delivery

_BY_IMPORT = (models, checks)
"""Tables and checks are known to the market as soon as their modules are imported."""


def wire(app: Flask) -> None:
    """Register the routes."""
    for edge in (delivery, desk, slots, zones):
        app.register_blueprint(edge.blueprint)
