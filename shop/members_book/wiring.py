"""Registers the members' book: tables and checks (by import), what it hears, its pages."""

from flask import Flask

from shop.members_book import checks, models, reactions

_BY_IMPORT = (models, checks)


def wire(app: Flask) -> None:
    """Hear of goods and money."""
    reactions.subscribe()
