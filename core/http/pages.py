"""What every page may use: built assets, icons, pictures, money and times in words, the language.

Templates get these as globals; they hold no facts of one buyer except `login`, which cacheable pages
do not use.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from flask import Flask, Response, current_app, request, url_for
from flask_babel import Babel, get_locale
from markupsafe import Markup, escape

from core import clock, desk_tabs
from core.config import Settings
from core.http.current import current_login
from core.ids import new_id
from core.money import format_vnd
from core.quantity import format_quantity
from core.slots import slot

LANGUAGES = ("vi", "en")
_LANGUAGE_COOKIE = "lang"
_DIST = Path(__file__).parents[1] / "static" / "dist"
_DRAWINGS = 3


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates their globals and pick the language of each request (Vietnamese first)."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(__file__).parents[1] / "translations")
    Babel(app, locale_selector=language)
    app.jinja_env.globals.update(
        asset=asset,
        icon=icon,
        art=art,
        vnd=format_vnd,
        qty=format_quantity,
        when=when,
        clock=clock_time,
        iso=clock.iso,
        slot=slot,
        desk_tabs=desk_tabs.seen_by,
        fresh_id=new_id,
        demo=settings.demo,
        public_url=settings.public_url,
    )
    app.context_processor(_facts_of_this_request)
    app.after_request(_remember_language)


def language() -> str:
    """The language of this request: `?lang=`, else the one chosen before, else Vietnamese."""
    asked = request.args.get("lang") or request.cookies.get(_LANGUAGE_COOKIE) or "vi"
    return asked if asked in LANGUAGES else "vi"


def asset(name: str) -> str:
    """The URL of a built file by its logical name, such as `core/app.css`."""
    return url_for("static", filename=f"dist/{_manifest()[name]}")


def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite; without `label` it is decoration and hidden from screen readers."""
    told = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    return Markup('<svg class="icon" {}><use href="{}#{}"></use></svg>').format(
        told, asset("core/icons.svg"), name
    )


def art(kind: str, seed: str | int = 1) -> str:
    """The URL of our own drawing of a kind of produce; `seed` picks one of its variations."""
    number = int(seed) if isinstance(seed, int) else crc32(seed.encode())
    return url_for("static", filename=f"art/{kind}-{number % _DRAWINGS + 1}.svg")


def when(at_ms: int) -> str:
    """`20:05 21/11/2026`, in Vietnam's time."""
    return f"{clock.in_vietnam(at_ms):%H:%M %d/%m/%Y}"


def clock_time(at_ms: int) -> str:
    """`20:05`, in Vietnam's time."""
    return f"{clock.in_vietnam(at_ms):%H:%M}"


@lru_cache(maxsize=1)
def _manifest() -> Mapping[str, str]:
    manifest: dict[str, str] = json.loads((_DIST / "manifest.json").read_text())
    return manifest


def _facts_of_this_request() -> dict[str, object]:
    return {
        "login": current_login(),
        "lang": str(get_locale()),
        "here": escape(request.path),
        "now_ms": clock.now_ms(),
    }


def _remember_language(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(_LANGUAGE_COOKIE):
        secure = current_app.config["SETTINGS"].secure_cookies
        response.set_cookie(
            _LANGUAGE_COOKIE, asked, max_age=365 * 86400, secure=secure, samesite="Lax"
        )
    return response
