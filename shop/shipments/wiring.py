"""Registers what shipments and cash offer: tables, checks, their pages, the door for phones."""

from flask import Flask
from flask_smorest import Api

from shop.cash import checks as cash_checks
from shop.cash import models as cash_models
from shop.cash import remittance_models
from shop.console import cash, hand_over, hand_over_api, remittances
from shop.shipments import checks, models, reactions

_BY_IMPORT = (models, checks, cash_models, remittance_models, cash_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""


def wire(app: Flask, api: Api) -> None:
    """Register routes, the page phones keep, and what parcels hear of orders."""
    api.register_blueprint(hand_over_api.blueprint)
    for edge in (hand_over, cash, remittances):
        app.register_blueprint(edge.blueprint)
    hand_over.keep_pages()
    reactions.subscribe()
