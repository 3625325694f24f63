"""Manifests: what a phone needs to put a page of the market on its home screen.

An iPhone tells nobody anything until the market stands there (ADR 0029), and the check page is an app of its
own that opens without a network. Both have the same name giver, pictures and colours: they are made here.
Refuses to decide which page is worth installing.
"""

from flask import Flask, Response, jsonify
from flask_babel import gettext as _

from core.client_ids import JsonObject
from core.http.pages import language
from core.strict_json import JsonValue

_COLOUR = "#2B3A67"
_PAPER = "#FFFDF7"
_KEPT_S = 3600
_PICTURES: list[JsonValue] = [
    {"src": "/static/art/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/static/art/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {
        "src": "/static/art/icon-512.png",
        "sizes": "512x512",
        "type": "image/png",
        "purpose": "maskable",
    },
]


def init_app(app: Flask) -> None:
    """Serve the market's own manifest, which every page names."""
    app.add_url_rule("/manifest.webmanifest", "manifest", market_manifest)


def market_manifest() -> Response:
    """The market on a home screen; a long press leads to orders and to the check page."""
    shortcuts: list[JsonValue] = [
        {"name": _("Giỏ hàng"), "url": "/cart"},
        {"name": _("Kiểm tra biên nhận"), "url": "/receipts/check"},
    ]
    return manifest("Chợ Phiên", _("Phiên chợ nông sản vùng cao"), "/", {"shortcuts": shortcuts})


def manifest(name: str, description: str, start: str, more: JsonObject | None = None) -> Response:
    """The manifest of an app that opens at the path `start`; `more` is added to it as it stands."""
    told: JsonObject = {
        "id": start,
        "name": name,
        "short_name": name,
        "description": description,
        "lang": language(),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "theme_color": _COLOUR,
        "background_color": _PAPER,
        "icons": _PICTURES,
    }
    response = jsonify(told | (more or {}))
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = f"private, max-age={_KEPT_S}"
    return response
