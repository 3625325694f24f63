"""The moderator's screen, on a second device: unclear orders, the talk, who may talk, what is shown.

Each button is a form that works alone and answers the whole screen again; with the script the screen is
put in place without leaving it. For those who moderate at the organiser; unknown and not theirs look alike.
"""

import re
from typing import cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity.logins import Login
from core.text import mask_name
from livestream import access, form_bodies
from livestream.desk.desk import Claimed
from livestream.outside import nicks, outside_page, outside_words
from livestream.outside.channels import Source
from livestream.outside.nicks import Nick
from livestream.pins import pins
from livestream.shows import sessions
from livestream.talk import chat, chat_bars, moderation, moderator_page
from livestream.talk import moderator_bodies as bodies
from livestream.talk import moderator_words as words
from livestream.talk.chat_bars import Kind
from livestream.talk.chat_rules import ChatRules
from livestream.talk.moderation import Caller, Wanted

blueprint = Blueprint(
    "moderation", __name__, url_prefix="/moderate/<session_id>", template_folder="../templates"
)

_BETWEEN_WORDS = re.compile(r"[\n,;]")


@blueprint.get("")
def screen(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    access.require_moderator(db.session(), session_id, login)
    return _screen(session_id, login)


@blueprint.post("/comments/<comment_id>/claim")
def claim_for_writer(session_id: str, comment_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())
    writer = gettext("người nhắn")

    def act(session: Session, body: JsonObject) -> JsonObject:
        made = moderation.claim_for_writer(session, session_id, comment_id, _wanted(body), login)
        return _claimed(made, body, writer)

    return _step(session_id, "claimed", act, bodies.WantedForm)


@blueprint.post("/comments/<comment_id>/leave")
def leave(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _step(session_id, "left", lambda s, _: moderation.leave(s, session_id, comment_id))


@blueprint.post("/comments/<comment_id>/hide")
def hide(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _step(session_id, "removed", lambda s, _: chat.remove(s, session_id, comment_id))


@blueprint.post("/comments/<comment_id>/show")
def show(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _step(session_id, "put_back", lambda s, _: chat.put_back(s, session_id, comment_id))


@blueprint.post("/comments/<comment_id>/mute")
def mute(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _bar(session_id, comment_id, "muted")


@blueprint.post("/comments/<comment_id>/ban")
def ban(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _bar(session_id, comment_id, "banned")


@blueprint.post("/bars/<bar_id>/lift")
def lift(session_id: str, bar_id: str) -> ResponseReturnValue:
    return _step(session_id, "lifted", lambda s, _: chat_bars.lift(s, session_id, bar_id))


@blueprint.post("/rules")
def set_rules(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        listed = frozenset(_BETWEEN_WORDS.split(str(body["words"])))
        rules = ChatRules(cast(int, body["slow_s"]), body["who"] == "staff", listed)
        chat.set_rules(session, session_id, rules)

    return _step(session_id, "rules", act, bodies.RulesForm)


@blueprint.post("/claims")
def claim_for_caller(session_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())
    nameless = gettext("Khách")

    def act(session: Session, body: JsonObject) -> JsonObject:
        caller = Caller(str(body["phone"]), str(body["name"]) or nameless)
        made = moderation.claim_for_caller(session, session_id, caller, _wanted(body), login)
        return _claimed(made, body, mask_name(caller.name))

    return _step(session_id, "claimed", act, bodies.CallerForm)


@blueprint.post("/nicks")
def claim_for_nick(session_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> JsonObject:
        nick = Nick(cast(Source, body["source"]), str(body["nick"]))
        made = nicks.claim(session, session_id, nick, _wanted(body), login)
        return _claimed(made, body, nick.name)

    return _step(session_id, "claimed", act, bodies.NickForm)


@blueprint.post("/announcement")
def announce(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> JsonObject:
        sessions.announce(session, session_id, str(body["text"]))
        return {"shown": bool(body["text"])}

    return _step(session_id, "announced", act, form_bodies.AnnouncementForm)


@blueprint.post("/pins/<code>/show")
def show_pin(session_id: str, code: str) -> ResponseReturnValue:
    return _step(session_id, "pinned", lambda s, _: pins.show(s, session_id, code))


def _bar(session_id: str, comment_id: str, kind: Kind) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> None:
        person_id = chat_bars.bar(session, session_id, comment_id, kind, login.actor)
        if kind == "banned":
            chat.remove_all_of(session, session_id, person_id)

    return _step(session_id, kind, act)


def _wanted(body: JsonObject) -> Wanted:
    return Wanted(str(body["code"]).upper(), cast(int, body["packs"]))


def _claimed(made: Claimed, body: JsonObject, name: str) -> JsonObject:
    """What is kept of a claim made for somebody, to be told in words."""
    return {
        "code": str(body["code"]).upper(),
        "name": name,
        "number": made.number,
        "status": made.status,
        "held": made.held,
        "waiting": made.waiting,
        "expires_at": clock.iso(made.expires_ms) if made.expires_ms else None,
    }


def _step(
    session_id: str, done: str, act: steps.Act, form: type[Schema] = StepForm
) -> ResponseReturnValue:
    """A moderator's step, once under its client id; the screen says what came of it (`done`)."""
    login = access.require_moderator(db.session(), session_id, current_login())
    try:
        answer = steps.take(login, act, form)
    except DomainError as error:
        told = steps.refusal(error), "bad"
        return _screen(session_id, login, told, dict(request.form)), error.status
    kept = {name: text for name, text in request.form.items() if name == "source"}
    return _screen(session_id, login, _told(done, answer), kept)


def _told(done: str, answer: JsonObject) -> tuple[str, str]:
    if done == "claimed":
        kind = "ok" if answer["status"] == "held" else "wait"
        return words.claimed_told(answer, clock.now_ms()), kind
    if done == "announced" and not answer["shown"]:
        done = "unannounced"
    return words.done_words()[done], "ok"


def _screen(
    session_id: str,
    login: Login,
    told: tuple[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "livestream/moderator.html",
        page=moderator_page.page(db.session(), session_id, login, told),
        typed=typed or {},
        sources=outside_words.sources(),
        nicks=outside_page.untaken(db.session(), session_id, settings.public_url),
    )
