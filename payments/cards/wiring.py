"""Registers what cards need: the door for notices, errands, the timers, whom to ask."""

from flask import Flask
from flask_smorest import Api

from core import ticks
from core.config import Settings
from core.http import origin
from payments.cards import (
    asking,
    attempts,
    card_checks,
    card_payouts,
    models,
    reactions,
    refunding,
    webhooks,
)
from payments.providers.stripe_sdk import StripeCards

_BY_IMPORT = (models, card_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_ASK_EVERY_S = 2.0
_REFUNDS_EVERY_S = 5.0
_PAYOUTS_EVERY_S = 10.0


def wire(app: Flask, api: Api) -> None:
    """Register routes, errands and timers; ask Stripe where the settings say it is."""
    settings: Settings = app.config["SETTINGS"]
    asking.use(StripeCards(settings.stripe_url))
    api.register_blueprint(webhooks.blueprint)
    origin.expect_programs(app, "card_webhooks.receive")
    reactions.subscribe()
    ticks.every(_ASK_EVERY_S, attempts.ask_due)
    ticks.every(_REFUNDS_EVERY_S, refunding.ask_due)
    ticks.every(_PAYOUTS_EVERY_S, card_payouts.ask_due)
