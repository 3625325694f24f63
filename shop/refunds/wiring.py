"""Registers refunds: the buyer's page, the seller's desk, the way to it from the money front page."""

from flask import Flask

from payments.desk import cards
from shop.console import refunds as desk
from shop.views import refunds as pages
from shop.views import surplus as surplus_pages


def wire(app: Flask) -> None:
    """Register the pages of buyers and sellers."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(surplus_pages.blueprint)
    app.register_blueprint(desk.blueprint)
    cards.add(desk.CARD_PLACE, "refunds", desk.card)
