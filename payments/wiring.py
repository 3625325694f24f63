"""Registers what the package offers: pages and webhooks, the inbox, checks, commands, demo rows."""

from flask import Flask
from flask_smorest import Api

from core import commands as core_commands
from core import outbox
from core.config import Settings
from core.http import origin
from payments import api as receipt_keys
from payments import checks, demo, models, views
from payments.bank import inbox, webhooks
from payments.bank import models as bank_models
from payments.cards import wiring as cards_wiring
from payments.commands import bank, bank_group, simulate
from payments.commands import feeds as feed_commands
from payments.commands.receipt_lines import receipts_group
from payments.commands.vietqr_lines import vietqr_group
from payments.console import (
    books,
    books_start,
    card_desk,
    desk_cards,
    desk_lines,
    money,
    poster,
    receiving,
)
from payments.console import feeds as feed_pages
from payments.console import receipts as receipt_desk
from payments.console import seen as seen_pages
from payments.console.statement_wiring import wire as wire_statements
from payments.desk import cards, desk_checks, seen_checks
from payments.desk import models as desk_models
from payments.events import WebhookStored
from payments.ledger import ledger_checks, opening
from payments.ledger import models as ledger_models
from payments.payouts import checks as payout_checks
from payments.payouts import models as payout_models
from payments.receipts import keys
from payments.receipts import models as receipt_models
from payments.receiving import models as receiving_models
from payments.refunds import checks as refund_checks
from payments.refunds import models as refund_models
from payments.statements import models as statement_models
from payments.surplus import checks as surplus_checks
from payments.surplus import models as surplus_models

_BY_IMPORT = (
    models,
    desk_models,
    ledger_models,
    bank_models,
    statement_models,
    receiving_models,
    receipt_models,
    refund_models,
    checks,
    desk_checks,
    seen_checks,
    ledger_checks,
    refund_checks,
    surplus_models,
    surplus_checks,
    payout_models,
    payout_checks,
    bank,
    feed_commands,
    simulate,
)
"""Tables, checks and commands are known to the market as soon as their modules are imported."""


def wire(app: Flask, api: Api) -> None:
    """Hand over where this installation's keys are, then register routes, subscriptions and commands."""
    settings: Settings = app.config["SETTINGS"]
    keys.use(settings.keys_dir)
    api.register_blueprint(webhooks.blueprint)
    origin.expect_programs(app, "webhooks.receive")  # a signature says more than where a page is
    api.register_blueprint(receipt_keys.blueprint)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(money.blueprint)
    app.register_blueprint(books.blueprint)
    app.register_blueprint(books_start.blueprint)
    app.register_blueprint(receipt_desk.blueprint)
    app.register_blueprint(poster.blueprint)
    app.register_blueprint(desk_lines.blueprint)
    app.register_blueprint(receiving.blueprint)
    app.register_blueprint(feed_pages.blueprint)
    app.register_blueprint(seen_pages.blueprint)
    cards.add(15, "seen", seen_pages.card)
    desk_cards.add()
    wire_statements(app)
    for group in (bank_group, vietqr_group, receipts_group):
        app.cli.add_command(group)
    cards.add(60, "receipts", receipt_desk.card)
    cards_wiring.wire(app, api)
    cards.add(65, "poster", poster.card)
    app.register_blueprint(card_desk.blueprint)
    cards.add(70, "cards", card_desk.card)
    outbox.subscribe(WebhookStored, inbox.read_stored)
    core_commands.on_upgraded(opening.book)
    core_commands.on_demo_load(demo.load)
