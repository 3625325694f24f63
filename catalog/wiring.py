"""Registers what the catalogue offers: pages, its part of the API, checks and demo goods."""

from flask import Flask
from flask_smorest import Api

from catalog import api as catalog_api
from catalog import checks, demo, demo_market, fillings, models, price_checks, prices
from catalog.console import (
    combos,
    drafts,
    forecasts,
    goods,
    lot_steps,
    lots,
    market,
    price_state,
    returns,
    runs,
    stock,
    stock_api,
    stocktake,
    tiers,
)
from catalog.growers import wiring as grower_book
from catalog.imports import wiring as files_wiring
from catalog.lots import checks as lot_checks
from catalog.lots import states
from catalog.photos import wiring as photos_wiring
from catalog.search import commands as search_commands
from catalog.views import crawlers, product, shelf
from catalog.views import trace as trace_pages
from core import commands, ticks

_BY_IMPORT = (models, checks, lot_checks, price_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_LOTS_EVERY_S = 60.0
_PRICES_EVERY_S = 5.0


def wire(app: Flask, api: Api) -> None:
    """Register routes, checks and demo data."""
    api.register_blueprint(catalog_api.blueprint)
    for pages in (shelf, product, trace_pages, crawlers):
        app.register_blueprint(pages.blueprint)
    api.register_blueprint(stock_api.blueprint)
    for pages in (goods, drafts, market, price_state):
        app.register_blueprint(pages.blueprint)
    ticks.every(_PRICES_EVERY_S, prices.apply_due)
    for desk in (combos, forecasts, lots, lot_steps, returns, runs, stock, stocktake, tiers):
        app.register_blueprint(desk.blueprint)
    stocktake.keep_pages()
    photos_wiring.wire(app, api)
    search_commands.init_app(app)
    ticks.every(_LOTS_EVERY_S, states.release_cleared)
    ticks.every(_LOTS_EVERY_S, states.retire_expired)
    fillings.fill()
    commands.on_demo_load(demo.load)
    commands.on_demo_load(demo_market.load)
    grower_book.wire(app)
    files_wiring.wire(app)
