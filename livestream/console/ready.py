"""Before the show: the going-live list, its time, the rehearsal, calling it off. For whoever runs it."""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from livestream import access, form_bodies
from livestream.desk.hold_rule import MINUTE_MS
from livestream.shows import ready_page, rehearsal, sessions, typed_moments

blueprint = Blueprint(
    "live_ready", __name__, url_prefix="/host/<session_id>", template_folder="../templates"
)


@blueprint.get("/ready")
def list_page(session_id: str) -> ResponseReturnValue:
    if current_login() is None:
        return steps.sign_in()
    return _page(session_id)


@blueprint.post("/plan")
def plan(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        starts_ms = typed_moments.moment_ms(str(body["starts"]), "starts")
        length_ms = cast(int, body["minutes"]) * MINUTE_MS
        sessions.replan(session, session_id, starts_ms, (starts_ms or clock.now_ms()) + length_ms)

    return _step(session_id, act, form=form_bodies.PlanForm)


@blueprint.post("/rehearsal/start")
def rehearse(session_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject) -> None:
        sessions.rehearse(session, session_id)

    return _step(session_id, act, to=f"/host/{session_id}/rehearsal")


@blueprint.post("/rehearsal/end")
def leave_rehearsal(session_id: str) -> ResponseReturnValue:
    return _step(session_id, lambda session, _: sessions.leave_rehearsal(session, session_id))


@blueprint.post("/cancel")
def cancel(session_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject) -> None:
        sessions.cancel(session, session_id)

    return _step(session_id, act, to="/console")


@blueprint.get("/rehearsal")
def rehearsal_room(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    access.require_moderator(db.session(), session_id, login)
    code = request.args.get("code", "")[:8].upper()
    return render_template(
        "livestream/rehearsal.html",
        room=rehearsal.page(db.session(), session_id, login, code),
        pins_in_order=rehearsal.pins_to_show(db.session(), session_id),
        runs_show=access.hosts(db.session(), session_id, login),
        code=code,
    )


def _step(
    session_id: str, act: steps.Act, form: type[Schema] = StepForm, to: str = ""
) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _page(session_id, error), error.status
    return redirect(to or f"/host/{session_id}/ready", steps.SEE_OTHER)


def _page(session_id: str, error: DomainError | None = None) -> str:
    login = access.require_host(db.session(), session_id, current_login())
    return render_template(
        "livestream/ready.html",
        ready=ready_page.page(db.session(), session_id, login),
        error=error_fields(error) if error else None,
    )
