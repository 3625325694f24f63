"""Registers what the package offers."""

from flask import Flask
from flask_smorest import Api

from livestream import models

TABLES = models


def wire(app: Flask, api: Api) -> None:
    """Register routes, subscriptions, checks and demo data."""
