"""Cross-site requests are refused: a write that carries a cookie or a form must come from our pages.

In development the page's host must equal the request's Host; in production `PUBLIC_URL` decides.
`X-Forwarded-*` is never believed.
"""

from urllib.parse import urlsplit

from flask import Flask, Request, current_app

from core.config import Settings
from core.errors import BadOrigin
from core.http.current import bearer_token

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
_TAKES_FORMS_OF_PROGRAMS = "forms_of_programs"


def expect_programs(app: Flask, endpoint: str) -> None:
    """Let programs, which know no Origin, send forms to `endpoint`. Precondition: it looks at no cookie."""
    app.extensions.setdefault(_TAKES_FORMS_OF_PROGRAMS, set()).add(endpoint)


def require_same_origin(request: Request, settings: Settings) -> None:
    """Refuse a cookie-borne or form write from another site.

    Raises:
        BadOrigin: neither Origin nor Sec-Fetch-Site shows it comes from our own pages.
    """
    if request.method in _SAFE_METHODS or bearer_token(request):
        return
    if request.endpoint in current_app.extensions.get(_TAKES_FORMS_OF_PROGRAMS, ()):
        return
    if not request.cookies and request.mimetype not in _FORM_TYPES:
        return
    if not comes_from_our_page(request, settings):
        raise BadOrigin()


def comes_from_our_page(request: Request, settings: Settings) -> bool:
    """Whether a browser says that one of our own pages asks: by `Origin`, else by `Sec-Fetch-Site`."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return is_our_origin(origin, request.host, settings)


def is_our_origin(origin: str, host: str, settings: Settings) -> bool:
    """Whether `origin` (an Origin header) is `PUBLIC_URL` or, in development, the host asked."""
    if origin == settings.public_url:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # brackets that are no IPv6 address
        return False
    return not settings.production and parts.scheme in {"http", "https"} and parts.netloc == host
