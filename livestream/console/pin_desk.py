"""The host's quick hands: a flash window, a product nobody listed, and last week's show once more.

Forms that work alone, like all of the host's screen. A flash is its own seller's to set; a product made
here is the organiser's.
"""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.http import forms, steps
from core.http.current import current_login
from livestream import access
from livestream.console.stage import host_step
from livestream.pins import again, flash, flash_bodies, pin_bodies, quick_pins
from livestream.pins.flash_bodies import FlashEndForm, FlashForm
from livestream.room import view

blueprint = Blueprint("live_pin_desk", __name__, template_folder="../templates")


@blueprint.post("/host/<session_id>/flash")
def start_flash(session_id: str) -> ResponseReturnValue:
    code = _own_code(session_id, FlashForm)

    def act(session: Session, body: JsonObject) -> None:
        flash.start(session, session_id, code, flash_bodies.typed_window(body))

    return host_step(session_id, act, FlashForm)


@blueprint.post("/host/<session_id>/flash/end")
def end_flash(session_id: str) -> ResponseReturnValue:
    code = _own_code(session_id, FlashEndForm)
    return host_step(
        session_id, lambda session, _: flash.end(session, session_id, code), FlashEndForm
    )


@blueprint.post("/host/<session_id>/quick-pin")
def pin_quickly(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        organiser = view.facts(session, session_id).seller_id
        quick_pins.add(session, session_id, organiser, pin_bodies.typed_quick_pin(body))

    return host_step(session_id, act, pin_bodies.QuickPinForm)


@blueprint.post("/host/<session_id>/again")
def show_again(session_id: str) -> ResponseReturnValue:
    """Make the new session and go to its screen; what could not come along is counted there."""
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> JsonObject:
        made = again.clone(session, session_id)
        return {"session": made.session_id, "left_out": len(made.left_out)}

    made = steps.take(login, act)
    missing = f"?missing={made['left_out']}" if made["left_out"] else ""
    return redirect(f"/host/{made['session']}{missing}", steps.SEE_OTHER)


def _own_code(session_id: str, form: type[Schema]) -> str:
    """The code of the form, if that pin is of a seller the caller hosts for."""
    login = access.require_host(db.session(), session_id, current_login())
    code = str(forms.load(form, request.form)["code"])
    access.require_pins_host(db.session(), session_id, code, login)
    return code
