"""Registers what the package offers: pages and webhooks, the inbox, checks, commands, demo rows."""

from flask import Flask
from flask_smorest import Api

from core import outbox
from core.config import Settings
from payments import inbox, keys, models, vault
from payments.events import WebhookStored

TABLES = models


def wire(app: Flask, api: Api) -> None:
    """Hand over the secrets of this installation, then register routes, subscriptions and commands."""
    settings: Settings = app.config["SETTINGS"]
    vault.use(settings.secret_key)
    keys.use(settings.keys_dir)
    outbox.subscribe(WebhookStored, inbox.read_stored)
