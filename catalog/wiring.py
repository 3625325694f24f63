"""Registers what the catalogue offers: pages, its part of the API, checks and demo goods."""

from flask import Flask
from flask_smorest import Api

from catalog import api as catalog_api
from catalog import checks, demo, models, views
from catalog.console import stock, stock_api, stocktake
from core import commands

_BY_IMPORT = (models, checks)
"""Tables and checks are known to the market as soon as their modules are imported."""


def wire(app: Flask, api: Api) -> None:
    """Register routes, checks and demo data."""
    api.register_blueprint(catalog_api.blueprint)
    app.register_blueprint(views.blueprint)
    api.register_blueprint(stock_api.blueprint)
    for desk in (stock, stocktake):
        app.register_blueprint(desk.blueprint)
    commands.on_demo_load(demo.load)
