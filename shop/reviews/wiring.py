"""Registers reviews and following: their tables (by import), pages, places on other pages, what is heard."""

from flask import Flask

from shop.console import reviews as desks
from shop.reviews import checks, models, reactions
from shop.views import reviews as pages

_BY_IMPORT = (models, checks)


def wire(app: Flask) -> None:
    """Register the pages of buyers, sellers and officers."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desks.desk)
    app.register_blueprint(desks.province)
    pages.fill()
    reactions.subscribe()
