"""Registers vouchers: their tables and checks (by import) and their pages."""

from flask import Flask

from shop.console import vouchers
from shop.vouchers import checks, models

_BY_IMPORT = (models, checks)


def wire(app: Flask) -> None:
    """Register the pages of sellers and of the province."""
    app.register_blueprint(vouchers.desk)
    app.register_blueprint(vouchers.province)
