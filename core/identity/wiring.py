"""Registers what `core.identity` offers: auth for programs, the entrance and account pages, messages."""

from flask import Flask
from flask_smorest import Api

from core import commands, messages
from core.config import Settings
from core.esms import EsmsSender
from core.identity import api as auth_api
from core.identity import demo, views
from core.identity.commands import officer_group


def wire(app: Flask, api: Api) -> None:
    """Register the routes of people and logins and the road for messages."""
    settings: Settings = app.config["SETTINGS"]
    messages.init_app(app, settings)
    if settings.sms_url and not settings.demo:  # a demo's numbers are not its own to write to
        messages.use(app, EsmsSender(settings.sms_url))
    api.register_blueprint(auth_api.blueprint)
    app.register_blueprint(views.blueprint)
    app.cli.add_command(officer_group)
    commands.on_demo_load(demo.load)
    commands.on_prepared(demo.logins)
