"""Registers platform fees and household tax: tables, checks, reactions, pages."""

from flask import Flask

from shop.console import fees as fee_pages
from shop.console import tax as tax_pages
from shop.fees import fee_checks, models, money_cards, reactions
from shop.tax import models as tax_models
from shop.tax import tax_checks

_BY_IMPORT = (models, fee_checks, tax_models, tax_checks)


def wire(app: Flask) -> None:
    """Register the pages and their cards; hear of orders and money."""
    app.register_blueprint(fee_pages.blueprint)
    app.register_blueprint(tax_pages.blueprint)
    money_cards.add()
    reactions.subscribe()
