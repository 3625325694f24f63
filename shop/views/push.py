"""Being told on this device: the panel that offers it, switching it on and off, and the worker that shows.

The worker lives under `/n/`, where no page is: it keeps nothing, stands in front of nothing, and leaves the
desk's worker (`/console/`, ADR 0015) alone. Refuses to ask by itself: the browser asks after a tap.
"""

from flask import Blueprint, Response, current_app, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from core import slots
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db, write
from core.errors import LoginRequired
from core.http import pages, steps
from core.http.current import current_login
from core.http.steps import SEE_OTHER
from core.ids import new_id
from shop.notices import notice_bodies, notice_facts, push_devices, push_keys, telling
from shop.notices.push_devices import Subscription

blueprint = Blueprint("push", __name__)

_PAGE = "/account/push"


@blueprint.get("/n/worker.js")
def worker() -> Response:
    """The worker under `/n/`: another build is another script."""
    script = f'importScripts("{pages.asset("shop/push-worker.js")}");\n'
    return Response(script, mimetype="text/javascript")


@blueprint.post("/n/<notice>/shown")
def shown(notice: str) -> ResponseReturnValue:
    """A worker says that its device showed the notice; only who was sent it knows its id."""
    notice_facts.path_of(db.session(), notice)
    write(lambda session: telling.shown(session, notice))
    return "", 204


@blueprint.get(_PAGE)
def push_page() -> ResponseReturnValue:
    if current_login() is None:
        return redirect(f"/login?next={_PAGE}", SEE_OTHER)
    return render_template("shop/push.html")


@blueprint.post(_PAGE)
def subscribe() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        raise LoginRequired()
    settings: Settings = current_app.config["SETTINGS"]

    def act(session: Session, body: JsonObject) -> None:
        names = ("endpoint", "p256dh", "auth", "lang")
        given = Subscription(*(str(body[name]) for name in names))
        push_devices.subscribe(session, login, given, settings.push_services)

    steps.take(login, act, notice_bodies.PushForm)
    return redirect(_PAGE, SEE_OTHER)


@blueprint.post(f"{_PAGE}/off")
def unsubscribe() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        raise LoginRequired()
    steps.take(login, lambda session, _body: push_devices.unsubscribe(session, login.device_id))
    return redirect(_PAGE, SEE_OTHER)


def fill() -> None:
    """Take the places where pages offer to tell."""
    slots.fill("push.panel", panel)


def panel() -> Markup:
    """The offer to be told on this device, or that it is; nothing for who has left no number."""
    login = current_login()
    if login is None or login.person_id is None:
        return Markup("")
    page = render_template(
        "shop/push_panel.html",
        is_on=push_devices.is_on(db.session(), login),
        key=push_keys.public(),
        client_id=new_id(),
    )
    return Markup(page)
