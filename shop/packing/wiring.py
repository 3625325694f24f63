"""Registers the packing desk: its pages, its part of the API, tables, checks, demo orders."""

from flask import Flask
from flask_smorest import Api

from core import commands
from shop.console import packing as pages
from shop.console import packing_api
from shop.packing import checks, demo, models

_BY_IMPORT = (models, checks)
"""Tables and checks are known to the market as soon as their modules are imported."""


def wire(app: Flask, api: Api) -> None:
    """Register routes, what phones keep, and demo data."""
    api.register_blueprint(packing_api.blueprint)
    app.register_blueprint(pages.blueprint)
    pages.keep_pages()
    commands.on_demo_load(demo.load)
