"""The replay of a show: what was sent, a chapter for each product, today's prices. Nothing is claimed here.

An officer may hold a recording, with a reason that stays; for anybody else that door is not there.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog.cards import unit_of
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import officers, people
from core.ids import new_id
from livestream.replay import acts, keeping, replay_page
from livestream.replay.acts import By
from livestream.replay.replay_bodies import HoldForm
from livestream.room import room_words, view
from livestream.states import OVER
from livestream.talk import comments

blueprint = Blueprint(
    "live_replay",
    __name__,
    url_prefix="/live/<session_id>/replay",
    template_folder="../templates",
)

_SAID = 200
_MOST_DIGITS = 6


@blueprint.get("")
def replay(session_id: str) -> ResponseReturnValue:
    if view.public_facts(db.session(), session_id).state not in OVER:
        return redirect(f"/live/{session_id}", steps.SEE_OTHER)
    return _page(session_id)


@blueprint.post("/hold")
def hold(session_id: str) -> ResponseReturnValue:
    login = current_login()
    officer = officers.require(db.session(), login)
    assert login is not None  # it holds an office

    def act(session: Session, body: JsonObject) -> None:
        name = people.facts(session, officer.person_id).name
        by = By(login.actor, name, officer.office, str(body["reason"]))
        keeping.hold(session, session_id, by, is_held=body["held"] == "yes")

    try:
        steps.take(login, act, HoldForm)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(session_id, error), error.status
    return redirect(f"/live/{session_id}/replay#held", steps.SEE_OTHER)


def _page(session_id: str, error: DomainError | None = None) -> str:
    session = db.session()
    page = replay_page.page(session, session_id, request.args.get("c", "")[:8], _start_s())
    is_officer = officers.held_by(session, current_login()) is not None
    return render_template(
        "livestream/replay.html",
        page=page,
        show=page.show,
        said=tuple(comments.newest(session, session_id, _SAID)),
        words=room_words.words(),
        unit_of=unit_of,
        length=replay_page.length_words,
        is_officer=is_officer,
        acts=acts.of_session(session, session_id) if is_officer else (),
        typed=request.form.get("reason", ""),
        error=error_fields(error) if error else None,
        client_id=new_id(),
    )


def _start_s() -> int:
    """Where the address asks to begin, in seconds; whatever is no such number is the beginning."""
    given = request.args.get("t", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS else 0
