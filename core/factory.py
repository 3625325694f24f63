"""The application, put together from the packages it is handed; imports none of them.

Order matters once: settings, database, edges shared by all, then each package's wiring from the lowest
up, so that whoever subscribes finds what it hears of.
"""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Flask, request
from flask_migrate import Migrate
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from core import clock_mark, commands, db, server, storage, telemetry, vault
from core.config import Settings
from core.http import (
    addresses,
    bodies,
    compression,
    current,
    headers,
    health,
    installing,
    origin,
    pages,
    problems,
)
from core.identity import wiring as identity
from core.keys import with_secret_key
from core.writer import DirectWriter

Wiring = Callable[[Flask, Api], None]

_BODY_BYTES = 64 * 1024


def create_app(settings: Settings, wirings: Sequence[Wiring]) -> Flask:
    """The Flask application for `settings`, with `wirings` applied from the lowest package up.

    Raises:
        UnsafeDatabase: the SQLite in use can lose commits.
    """
    settings = with_secret_key(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask("core", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=_BODY_BYTES,
        API_TITLE="Chợ Phiên",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        SETTINGS=settings,
    )
    vault.use(settings.secret_key)
    telemetry.init_app(app)
    db.init_app(app, settings)
    app.extensions["writer"] = DirectWriter(app.extensions["write_engine"])
    clock_mark.load(app.extensions["write_engine"])
    Migrate(app, db.db, directory="migrations", compare_type=True, render_as_batch=True)
    storage.init_app(app, settings)
    _add_edges(app, settings)
    api = Api(app)
    problems.init_app(app)  # after Api, whose own error handlers it replaces
    for wire in (health.wire, identity.wire, *wirings):
        wire(app, api)
    commands.init_app(app)
    app.extensions["serve"] = partial(server.start, app)
    return app


def _add_edges(app: Flask, settings: Settings) -> None:
    """What stands before and behind every request."""
    if settings.proxies:  # the address alone: which host was asked is never a proxy's to say
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0
        )

    @app.before_request
    def check_request() -> None:
        addresses.require_plain(request)
        origin.require_same_origin(request, settings)
        bodies.require_whole(request, bodies.most_bytes_of(request, _BODY_BYTES))

    compression.init_app(app)  # first in, last to run: it packs what the others made
    current.init_app(app)
    pages.init_app(app, settings)
    installing.init_app(app)
    headers.init_app(app, settings)
