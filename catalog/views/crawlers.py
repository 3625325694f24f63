"""What machines that read the web ask for first: robots.txt and the sitemap. A demo sends them away."""

from flask import Blueprint, Response, current_app, make_response
from flask.typing import ResponseReturnValue
from markupsafe import escape

from catalog import sitemap
from core.config import Settings
from core.db import db
from core.errors import NotFound

blueprint = Blueprint("crawlers", __name__)

_NOT_FOR_THEM = (
    "/account",
    "/api/",
    "/cart",
    "/checkout",
    "/console",
    "/host",
    "/login",
    "/orders",
)
_KEPT_S = 3600
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    settings: Settings = current_app.config["SETTINGS"]
    closed = ["/"] if settings.demo else _NOT_FOR_THEM
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.demo:
        lines.append(f"Sitemap: {settings.public_url}/sitemap.xml")
    return _kept("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> ResponseReturnValue:
    numbers = range(sitemap.parts(db.session()) + 1)
    return _xml("sitemapindex", "sitemap", [f"/sitemaps/{number}.xml" for number in numbers])


@blueprint.get("/sitemaps/<int(max=999999):part>.xml")
def one_part(part: int) -> ResponseReturnValue:
    if part > sitemap.parts(db.session()):
        raise NotFound()
    return _xml("urlset", "url", sitemap.paths(db.session(), part))


def _xml(outer: str, inner: str, paths: list[str]) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    places = "".join(
        f"<{inner}><loc>{escape(settings.public_url + path)}</loc></{inner}>" for path in paths
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} {_SPACE}>{places}</{outer}>\n'
    return _kept(text, "application/xml; charset=utf-8")


def _kept(text: str, content_type: str) -> Response:
    answer = make_response(text)
    answer.content_type = content_type
    answer.cache_control.public = True
    answer.cache_control.max_age = _KEPT_S
    return answer
