"""The host's screen: read from two metres, run with three buttons, and the moderator's corner.

Each button is a form that works alone; with the script it goes to the API under the same rules. Price
and packs of a pin are its own seller's to change. Unknown and not yours look the same.
"""

from typing import cast

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity.logins import Login
from core.money import MAX_VND, check_vnd, parse_vnd
from livestream import access, form_bodies
from livestream.pins import pins
from livestream.shows import going_live, host_page, sessions

blueprint = Blueprint("live_host", __name__, template_folder="../templates")


@blueprint.get("/host/<session_id>")
def screen(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    access.require_host(db.session(), session_id, login)
    return _screen(session_id, login)


@blueprint.post("/host/<session_id>/start")
def start(session_id: str) -> ResponseReturnValue:
    host = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> None:
        going_live.require_host(session, session_id, host)
        sessions.start(session, session_id)

    return host_step(session_id, act)


@blueprint.post("/host/<session_id>/interrupt")
def interrupt(session_id: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: sessions.interrupt(session, session_id))


@blueprint.post("/host/<session_id>/resume")
def resume(session_id: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: sessions.resume(session, session_id))


@blueprint.post("/host/<session_id>/end")
def end(session_id: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: sessions.end(session, session_id))


@blueprint.post("/host/<session_id>/announcement")
def announce(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        sessions.announce(session, session_id, str(body["text"]))

    return host_step(session_id, act, form_bodies.AnnouncementForm)


@blueprint.post("/host/<session_id>/pins/<code>/show")
def show_pin(session_id: str, code: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: pins.show(session, session_id, code))


@blueprint.post("/host/<session_id>/pins/<code>/side")
def show_pin_beside(session_id: str, code: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: pins.show_beside(session, session_id, code))


@blueprint.post("/host/<session_id>/pins/<code>/close")
def close_pin(session_id: str, code: str) -> ResponseReturnValue:
    return host_step(session_id, lambda session, _: pins.close(session, session_id, code))


@blueprint.post("/host/<session_id>/pins/<code>/terms")
def change_terms(session_id: str, code: str) -> ResponseReturnValue:
    access.require_pins_host(db.session(), session_id, code, current_login())

    def act(session: Session, body: JsonObject) -> None:
        price_vnd = check_vnd(parse_vnd(str(body["price"])), least=1, most=MAX_VND)
        pins.change_price(session, session_id, code, price_vnd)
        pins.change_allotment(session, session_id, code, cast(int, body["packs"]))

    return host_step(session_id, act, form_bodies.PriceForm)


def host_step(
    session_id: str, act: steps.Act, form: type[Schema] = StepForm
) -> ResponseReturnValue:
    """A step of whoever runs the show, once under its client id; a refusal is told on the screen."""
    login = access.require_host(db.session(), session_id, current_login())
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _screen(session_id, login, steps.refusal(error)), error.status
    return redirect(f"/host/{session_id}", steps.SEE_OTHER)


def _screen(session_id: str, login: Login, refusal: str = "") -> str:
    facts = host_page.page(db.session(), session_id, login)
    return render_template("livestream/host.html", host=facts, refusal=refusal)
