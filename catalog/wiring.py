"""Registers what the catalogue offers: its tables, checks and demo goods."""

from flask import Flask
from flask_smorest import Api

from catalog import checks, demo, models
from core import commands

TABLES = models
CHECKS = checks


def wire(app: Flask, api: Api) -> None:
    """Register routes, checks and demo data."""
    commands.on_demo_load(demo.load)
