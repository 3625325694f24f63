"""Registers the members' book: tables and checks (by import), what it hears, its pages."""

from flask import Flask

from core import commands
from payments.desk import cards
from payments.ledger import names
from shop.console import members_book as desk
from shop.console import members_rules, payout_lines, payouts
from shop.members_book import booking, checks, demo, models, reactions
from shop.views import my_book

_BY_IMPORT = (models, checks)


def wire(app: Flask) -> None:
    """Register the pages of staff and of members, and hear of goods and money."""
    for edge in (desk, members_rules, payouts, payout_lines, my_book):
        app.register_blueprint(edge.blueprint)
    cards.add(desk.PLACE, "members_book", desk.card)
    names.name_subjects_by(booking.names_of)
    my_book.fill()
    commands.on_demo_load(demo.load)
    reactions.subscribe()
