"""Registers platform fees and household tax: tables, checks, reactions, pages, commands."""

from flask import Flask

from core import commands as core_commands
from core import ticks
from payments.desk import dues
from payments.states import Account
from shop.console import fees as fee_pages
from shop.console import tax as tax_pages
from shop.fees import booking, fee_checks, invoice_facts, models, money_cards, monthly, reactions
from shop.fees.commands import fees_group
from shop.tax import models as tax_models
from shop.tax import stall_takings, tax_checks
from shop.tax.commands import tax_group

_INVOICE_EVERY_S = 600.0
_BY_IMPORT = (models, fee_checks, tax_models, tax_checks)


def wire(app: Flask) -> None:
    """Register the pages and their cards; hear of orders and money."""
    app.register_blueprint(fee_pages.blueprint)
    app.register_blueprint(tax_pages.blueprint)
    money_cards.add()
    core_commands.on_upgraded(booking.book_earlier_invoices)
    dues.offered_by(Account.FEE_INVOICE, invoice_facts.due)
    app.cli.add_command(fees_group)
    app.cli.add_command(tax_group)
    ticks.every(_INVOICE_EVERY_S, monthly.issue_due)
    reactions.subscribe()
    stall_takings.subscribe()
