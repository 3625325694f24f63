"""Registers what shipments offer: tables, checks, the hand-over page and its door for phones."""

from flask import Flask
from flask_smorest import Api

from shop.console import hand_over, hand_over_api
from shop.shipments import checks, models, reactions

_BY_IMPORT = (models, checks)
"""Tables and checks are known to the market as soon as their modules are imported."""


def wire(app: Flask, api: Api) -> None:
    """Register routes, the page phones keep, and what parcels hear of orders."""
    api.register_blueprint(hand_over_api.blueprint)
    app.register_blueprint(hand_over.blueprint)
    hand_over.keep_pages()
    reactions.subscribe()
