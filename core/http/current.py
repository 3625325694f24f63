"""Who is calling: the device token in the cookie or the Bearer header, resolved once per request."""

from flask import Flask, Request, Response, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user

from core import rate
from core.config import Settings
from core.db import db, write
from core.identity import logins
from core.identity.logins import Login

_COOKIE_DAYS = 180
_DEVICES_BY_ADDRESS = rate.Limit("device", burst=2000, refill_ms=50)
_login_manager = LoginManager()


class _User(UserMixin):
    """Flask-Login's view of a login."""

    def __init__(self, login: Login) -> None:
        self.login = login

    def get_id(self) -> str:
        return self.login.device_id


def init_app(app: Flask) -> None:
    """Let Flask-Login resolve the token; nothing is kept in Flask's own session."""
    _login_manager.init_app(app)
    app.after_request(_set_device_cookie)


def current_login() -> Login | None:
    """The login of this request, or None for a guest."""
    user = current_user
    return (
        user.login
        if isinstance(getattr(user, "_get_current_object", lambda: user)(), _User)
        else None
    )


def presented_token(incoming: Request, settings: Settings) -> str | None:
    """The token the client presents: a Bearer header wins over the cookie."""
    return bearer_token(incoming) or incoming.cookies.get(cookie_name(settings))


def bearer_token(incoming: Request) -> str:
    """The token of an `Authorization: Bearer` header, "" without one; no browser adds one by itself."""
    scheme, _, token = incoming.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host over https; plain http cannot carry that prefix."""
    return "__Host-device" if settings.secure_cookies else "device"


def user_agent() -> str:
    """What the calling browser says of itself, "" if nothing."""
    return request.headers.get("User-Agent", "")


def keep_device(token: str) -> None:
    """Set `token` as this browser's device cookie in the answer to this request."""
    g.new_device_token = token


def forget_device() -> None:
    """Drop this browser's device cookie in the answer to this request."""
    g.new_device_token = ""


def ensure_device() -> Login:
    """The login of this request; a guest gets a device of its own (an edge: it writes).

    Raises:
        TooFast: one network asks for devices faster than a province would.
    """
    login = current_login()
    if login is not None:
        return login
    rate.take(_DEVICES_BY_ADDRESS, rate.network_of(request.remote_addr))
    device = user_agent()
    token = write(lambda session: logins.issue(session, None, verified=False, device=device))
    keep_device(token)
    fresh = logins.resolve(db.session(), token)
    assert fresh is not None, "a token just committed resolves"
    return fresh


@_login_manager.request_loader
def _load(incoming: Request) -> _User | None:
    token = presented_token(incoming, _settings())
    login = logins.resolve(db.session(), token) if token else None
    return _User(login) if login else None


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _set_device_cookie(response: Response) -> Response:
    token = g.pop("new_device_token", None)
    if token is None:
        return response
    settings = _settings()
    if token:
        response.set_cookie(
            cookie_name(settings),
            token,
            max_age=_COOKIE_DAYS * 86400,
            secure=settings.secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(
            cookie_name(settings), secure=settings.secure_cookies, samesite="Lax"
        )
    return response
