"""Registers platform fees and household tax: tables, checks, reactions."""

from flask import Flask

from shop.fees import fee_checks, models, reactions
from shop.tax import models as tax_models
from shop.tax import tax_checks

_BY_IMPORT = (models, fee_checks, tax_models, tax_checks)


def wire(_app: Flask) -> None:
    """Hear of orders and money."""
    reactions.subscribe()
