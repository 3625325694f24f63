"""Is the process up (`/healthz`), and can it serve (`/readyz`)? For supervisors and load balancers."""

from flask import Flask
from flask_smorest import Api
from marshmallow import fields
from sqlalchemy import text

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http.api import ApiBlueprint
from core.http.fields import Body

blueprint = ApiBlueprint("health", __name__, description="Is it up, can it serve?")


class Ready(Body):
    """The answer of a process that can serve; one that cannot answers 503."""

    ok = fields.Boolean(required=True)


class Alive(Ready):
    """The answer of a process that is up, with its time in UTC."""

    server_time = fields.String(required=True)


@blueprint.get("/healthz")
@blueprint.response(200, Alive)
def healthz() -> JsonObject:
    """The process answers."""
    return {"ok": True, "server_time": clock.iso(clock.now_ms())}


@blueprint.get("/readyz")
@blueprint.response(200, Ready)
def readyz() -> JsonObject:
    """The database answers with a migrated schema."""
    db.session.execute(text("SELECT at_ms FROM clock_mark WHERE id = 1"))
    return {"ok": True}


def wire(app: Flask, api: Api) -> None:
    """Register the two routes."""
    api.register_blueprint(blueprint)
