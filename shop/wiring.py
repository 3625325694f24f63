"""Registers what the shop offers: routes, reactions, the timer of orders, checks, demo rows."""

from flask import Flask
from flask_smorest import Api

from core import commands, ticks
from core.config import Settings
from shop import api as shop_api
from shop import checks, demo, fillings, links, models, orders, reactions
from shop.console import order_steps
from shop.console import orders as order_list
from shop.ordering import fulfilment
from shop.shipments import checks as shipment_checks
from shop.shipments import models as shipment_models
from shop.views import order, recall, shopping

_BY_IMPORT = (models, shipment_models, checks, shipment_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_EXPIRE_EVERY_S = 2.0
_CLOSE_EVERY_S = 60.0


def wire(app: Flask, api: Api) -> None:
    """Register routes, subscriptions, slots, the timer and demo data."""
    settings: Settings = app.config["SETTINGS"]
    links.publish_under(settings.public_url)
    api.register_blueprint(shop_api.blueprint)
    for edge in (shopping, order, order_list, order_steps, recall):
        app.register_blueprint(edge.blueprint)
    reactions.subscribe()
    fillings.fill()
    ticks.every(_EXPIRE_EVERY_S, orders.expire_due)
    ticks.every(_CLOSE_EVERY_S, fulfilment.close_due)
    commands.on_demo_load(demo.load)
