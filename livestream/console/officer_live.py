"""The officer's desk of shows: what runs, stopping one by order, ruling on what the stop froze.

Refuses officers who work for a seller concerned, a stop without reason, words and a second yes, and to undo
a stop. Unknown and not yours look the same.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import officers
from core.identity.logins import Login
from core.identity.officers import OfficerFacts
from core.ids import new_id
from livestream.states import OVER
from livestream.stops import (
    cutting,
    rulings,
    standing,
    stop_bodies,
    stop_page,
    stop_words,
    stops,
)
from livestream.stops.stop_errors import NotSure
from livestream.stops.stops import StopOrder
from shop.ordering.freezes import Ruling

blueprint = Blueprint(
    "officer_live", __name__, url_prefix="/officer/live", template_folder="../templates"
)


@blueprint.get("")
def shows_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    officers.require(db.session(), login)
    return render_template("livestream/officer_shows.html", rows=stop_page.listed(db.session()))


@blueprint.get("/<session_id>")
def show_page(session_id: str) -> ResponseReturnValue:
    if current_login() is None:
        return steps.sign_in()
    _officer(session_id)
    return _page(session_id)


@blueprint.post("/<session_id>/stop")
def stop(session_id: str) -> ResponseReturnValue:
    login, officer = _officer(session_id)

    def act(session: Session, body: JsonObject) -> None:
        if body["sure"] != "yes":
            raise NotSure()
        order = StopOrder(str(body["reason"]), str(body["text"]), str(body["scope"]))
        stops.stop(session, session_id, order, officer)

    answer = _step(session_id, login, act, stop_bodies.StopForm)
    if standing.is_stopped(db.session(), session_id):
        cutting.at_once(db.session(), session_id)
    return answer


@blueprint.post("/<session_id>/orders/<code>/rule")
def rule(session_id: str, code: str) -> ResponseReturnValue:
    login, officer = _officer(session_id)

    def act(session: Session, body: JsonObject) -> None:
        ruling = Ruling(str(body["ruling"]), f"p:{officer.person_id}", str(body["text"]))
        rulings.rule(session, session_id, code, ruling)

    return _step(session_id, login, act, stop_bodies.RulingForm)


def _officer(session_id: str) -> tuple[Login, OfficerFacts]:
    """Who calls, if they are an officer who works for none of the show's sellers.

    Raises:
        LoginRequired: nobody is signed in. NotFound: they hold no office, or work there.
    """
    login = current_login()
    officer = officers.require(db.session(), login)
    assert login is not None  # an officer is signed in
    if stop_page.works_there(db.session(), session_id, login):
        raise NotFound()
    return login, officer


def _step(session_id: str, login: Login, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    """A step of the officer, once under its client id; a refusal is told with what was typed."""
    try:
        steps.take(login, act, form)
    except NotFound:
        raise
    except DomainError as error:
        return _page(session_id, error), error.status
    return redirect(f"/officer/live/{session_id}", steps.SEE_OTHER)


def _page(session_id: str, error: DomainError | None = None) -> str:
    page = stop_page.page(db.session(), session_id)
    return render_template(
        "livestream/officer_show.html",
        page=page,
        show=page.row.show,
        over=page.row.show.state in OVER,
        may_stop=page.stop is None and page.row.show.state not in {"draft", "cancelled"},
        reasons=stop_words.reasons(),
        words=stop_words,
        typed=request.form,
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
