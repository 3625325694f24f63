"""A seller's recordings: seen by its people, hidden and shown again by its hosts, deleted by none."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access as staff_access
from core.client_ids import JsonObject
from core.db import db, owned
from core.http import steps
from core.http.current import current_login
from core.identity import people, sellers
from core.ids import new_id
from livestream.access import HOSTS, MONEY
from livestream.models import LiveSession
from livestream.replay import keeping, recordings_page, replay_page
from livestream.replay.acts import By
from livestream.replay.replay_bodies import HideForm

blueprint = Blueprint(
    "live_recordings",
    __name__,
    url_prefix="/console/<seller>/recordings",
    template_folder="../templates",
)


@blueprint.get("")
def recordings(seller: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    staff_access.require(login, seller, MONEY)
    return render_template(
        "livestream/recordings.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="recordings",
        recordings=recordings_page.of_seller(db.session(), seller),
        may_hide=login.works_for(seller, *HOSTS),
        length=replay_page.length_words,
        client_id=new_id(),
    )


@blueprint.post("/<session_id>/hide")
def hide(seller: str, session_id: str) -> ResponseReturnValue:
    login = staff_access.require(current_login(), seller, HOSTS)

    def act(session: Session, body: JsonObject) -> None:
        show = owned(session, LiveSession, session_id, seller)
        name = people.facts(session, login.person_id).name if login.person_id else ""
        is_hidden = body["hidden"] == "yes"
        keeping.hide(session, show.id, By(login.actor, name), is_hidden=is_hidden)

    steps.take(login, act, HideForm)
    return redirect(f"/console/{seller}/recordings", steps.SEE_OTHER)
