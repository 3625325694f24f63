"""Registers the pages of statements, their way in from the front page, and what takes long files in."""

from flask import Flask

from core import outbox
from core.http import bodies
from payments.console import days, statements
from payments.events import DayBegan, StatementTaking
from payments.statements import alarm, cards, taking


def wire(app: Flask) -> None:
    """Register routes, the size of a file, cards and the subscriptions."""
    app.register_blueprint(statements.blueprint)
    app.register_blueprint(days.blueprint)
    bodies.take_files(app, statements.TAKES_FILES, statements.MOST_BODY)
    cards.add()
    outbox.subscribe(StatementTaking, taking.take_some)
    outbox.subscribe(DayBegan, alarm.day_began)
