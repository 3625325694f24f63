"""Is the process up (`/healthz`), and can it serve (`/readyz`)? For supervisors and load balancers."""

from flask import Flask
from flask_smorest import Api
from sqlalchemy import text

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http.api import ApiBlueprint

blueprint = ApiBlueprint("health", __name__, description="Is it up, can it serve?")


@blueprint.get("/healthz")
@blueprint.response(200)
def healthz() -> JsonObject:
    """The process answers."""
    return {"ok": True, "server_time": clock.iso(clock.now_ms())}


@blueprint.get("/readyz")
@blueprint.response(200)
def readyz() -> JsonObject:
    """The database answers with a migrated schema."""
    db.session.execute(text("SELECT at_ms FROM clock_mark WHERE id = 1"))
    return {"ok": True}


def wire(app: Flask, api: Api) -> None:
    """Register the two routes."""
    api.register_blueprint(blueprint)
