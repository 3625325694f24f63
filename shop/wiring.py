"""Registers what the shop offers: routes, reactions, the timer of orders, checks, demo rows."""

from flask import Flask
from flask_smorest import Api

from core import commands as core_commands
from core import ticks
from core.config import Settings
from core.http import bodies
from shop import api as shop_api
from shop import checks, commands, demo, fillings, links, models, orders, reactions
from shop.carriers import wiring as carriers_wiring
from shop.cases import case_checks, handling
from shop.cases import models as case_models
from shop.console import cases as case_desk
from shop.console import customers as customer_book
from shop.console import morning, officer_cases, order_steps, staff_orders
from shop.console import orders as order_list
from shop.customers import models as customer_models
from shop.delivery import wiring as delivery_wiring
from shop.fees import wiring as fees_wiring
from shop.invoices import wiring as invoices_wiring
from shop.members_book import wiring as members_book_wiring
from shop.notices import wiring as notices_wiring
from shop.ordering import fulfilment
from shop.packing import wiring as packing_desk
from shop.refunds import wiring as refunds_wiring
from shop.reliability import wiring as reliability_wiring
from shop.reviews import wiring as reviews_wiring
from shop.shipments import wiring as shipments_wiring
from shop.views import (
    case_steps,
    cases,
    order,
    order_again,
    order_card,
    order_card_api,
    order_change,
    recall,
    shopping,
)
from shop.vouchers import wiring as vouchers_wiring

_BY_IMPORT = (models, checks, commands, case_models, case_checks, customer_models)
"""Tables, checks and commands are known to the market as soon as their modules are imported."""

_EXPIRE_EVERY_S = 2.0
_CLOSE_EVERY_S = 60.0
_CASES_EVERY_S = 30.0
_PICTURES_COME_IN = ("cases.report", "cases.say", "case_desk.say", "officer_cases.say")
"""Where pictures of a complaint come in: from buyers, from officers, who work for no seller, and staff."""


def wire(app: Flask, api: Api) -> None:
    """Register routes, subscriptions, slots, the timer and demo data."""
    settings: Settings = app.config["SETTINGS"]
    links.publish_under(settings.public_url)
    api.register_blueprint(shop_api.blueprint)
    api.register_blueprint(order_card_api.blueprint)
    for edge in (
        shopping,
        order,
        order_again,
        order_card,
        order_change,
        order_list,
        order_steps,
        recall,
        cases,
        case_desk,
        officer_cases,
        staff_orders,
        morning,
        customer_book,
    ):
        app.register_blueprint(edge.blueprint)
    for endpoint in _PICTURES_COME_IN:
        bodies.take_files(app, endpoint, case_steps.MOST_BYTES, of_buyers=True)
    shipments_wiring.wire(app, api)
    carriers_wiring.wire(app, api)
    vouchers_wiring.wire(app)
    delivery_wiring.wire(app)
    reviews_wiring.wire(app)
    reliability_wiring.wire(app)
    invoices_wiring.wire(app)
    refunds_wiring.wire(app)
    fees_wiring.wire(app)
    notices_wiring.wire(app)
    reactions.subscribe()
    fillings.fill()
    ticks.every(_EXPIRE_EVERY_S, orders.expire_due)
    ticks.every(_CLOSE_EVERY_S, fulfilment.close_due)
    ticks.every(_CASES_EVERY_S, handling.warn_due)
    ticks.every(_CASES_EVERY_S, handling.escalate_due)
    core_commands.on_demo_load(demo.load)
    packing_desk.wire(app, api)
    members_book_wiring.wire(app)
