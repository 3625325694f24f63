"""Registers what `core.identity` offers: nothing yet but its tables."""

from flask import Flask
from flask_smorest import Api

from core.identity import models

TABLES = models


def wire(app: Flask, api: Api) -> None:
    """Register the routes of people and logins."""
