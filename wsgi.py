"""The composition root: settings, then the packages from the lowest up, then the application.

Imported by gunicorn, commands and tests alike; it neither patches nor serves.
"""

import sys

from flask import Flask

from catalog import wiring as catalog
from core import factory
from core.config import BadSettings, from_environment
from core.db import UnsafeDatabase
from livestream import wiring as livestream
from payments import wiring as payments
from shop import wiring as shop

WIRINGS: tuple[factory.Wiring, ...] = (catalog.wire, payments.wire, shop.wire, livestream.wire)


def create_app() -> Flask:
    """The application for this environment; wrong settings end the process with every reason named."""
    try:
        return factory.create_app(from_environment(), WIRINGS)
    except BadSettings as error:
        for problem in error.problems:
            print(f"Cannot start: {problem}", file=sys.stderr)
        raise SystemExit(2) from error
    except UnsafeDatabase as error:
        print(f"Cannot start: {error}", file=sys.stderr)
        raise SystemExit(2) from error


app = create_app()
