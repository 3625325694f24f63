"""Where else the show is sent, for whoever runs it: places, their keys, a lamp and a switch for each.

A key that was typed is never sent back, not even with what was wrong about it. Unknown and not yours look
the same.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.ids import new_id
from livestream import access
from livestream.outside import elsewhere
from livestream.room import view
from livestream.video import target_bodies, targets
from livestream.video.targets import GivenTarget

blueprint = Blueprint(
    "live_targets",
    __name__,
    url_prefix="/host/<session_id>/targets",
    template_folder="../templates",
)
_TYPED = ("kind", "name", "url")


@blueprint.get("")
def list_page(session_id: str) -> ResponseReturnValue:
    if current_login() is None:
        return steps.sign_in()
    return _page(session_id)


@blueprint.post("")
def add(session_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        given = GivenTarget(*(str(body[each]) for each in (*_TYPED, "stream_key")))
        targets.add(session, session_id, given, login.actor)

    return _step(session_id, act, target_bodies.TargetForm)


@blueprint.post("/<target_id>/key")
def replace_key(session_id: str, target_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        targets.replace_key(session, session_id, target_id, str(body["stream_key"]), login.actor)

    return _step(session_id, act, target_bodies.KeyForm, of=target_id)


@blueprint.post("/<target_id>/switch")
def switch(session_id: str, target_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        is_on = body["on"] == "yes"
        targets.switch(session, session_id, target_id, is_on=is_on, actor=login.actor)

    return _step(session_id, act, target_bodies.SwitchForm, of=target_id)


@blueprint.post("/<target_id>/remove")
def remove(session_id: str, target_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> None:
        targets.remove(session, session_id, target_id, login.actor)

    return _step(session_id, act, of=target_id)


def _step(
    session_id: str, act: steps.Act, form: type[Schema] = StepForm, of: str = ""
) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/host/{session_id}/targets",
        lambda error: _page(session_id, error, of),
    )


def _page(session_id: str, error: DomainError | None = None, of: str = "") -> str:
    """The page; `error` is told at the place `of`, or at the form for a new one."""
    session = db.session()
    access.require_host(session, session_id, current_login())
    return render_template(
        "livestream/targets.html",
        show=view.facts(session, session_id),
        targets=targets.of_session(session, session_id),
        elsewhere=elsewhere.of_session(session, session_id),
        most=targets.MOST_TARGETS,
        typed={name: request.form.get(name, "") for name in _TYPED},
        error=error_fields(error) if error else None,
        error_of=of,
        client_id=new_id(),
    )
