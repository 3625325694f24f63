"""Registers invoice requests: table and check (by import), pages, the place on receipts, what is heard."""

from flask import Flask

from shop.console import invoices as desk
from shop.invoices import checks, models, reactions
from shop.views import invoices as pages

_BY_IMPORT = (models, checks)


def wire(app: Flask) -> None:
    """Register the pages of buyers and sellers."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desk.blueprint)
    pages.fill()
    reactions.subscribe()
