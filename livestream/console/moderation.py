"""The moderator's screen, on a second device: unclear orders, the talk, who may talk, what is shown.

Each button is a form that works alone and answers the whole screen again; with the script the screen is
put in place without leaving it. For those who moderate at the organiser; unknown and not theirs look alike.
"""

import re
from collections.abc import Callable
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject, key_of_body, once
from core.db import db, write
from core.errors import DomainError
from core.http import forms
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.identity.logins import Login
from core.text import mask_name
from livestream import access, form_bodies
from livestream.desk.desk import Claimed
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

_SEE_OTHER = 303
_BETWEEN_WORDS = re.compile(r"[\n,;]")

Act = Callable[[Session, JsonObject, Login], JsonObject]


@blueprint.get("")
def screen(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect(f"/login?next=/moderate/{session_id}", _SEE_OTHER)
    access.require_moderator(db.session(), session_id, login)
    return _screen(session_id, login)


@blueprint.post("/comments/<comment_id>/claim")
def claim_for_writer(session_id: str, comment_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> JsonObject:
        made = moderation.claim_for_writer(session, session_id, comment_id, _wanted(body), login)
        return _claimed(made, body, gettext("người nhắn"))

    return _step(session_id, act, bodies.WantedForm)


@blueprint.post("/comments/<comment_id>/leave")
def leave(session_id: str, comment_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> JsonObject:
        moderation.leave(session, session_id, comment_id)
        return {"done": "left"}

    return _step(session_id, act)


@blueprint.post("/comments/<comment_id>/hide")
def hide(session_id: str, comment_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> JsonObject:
        chat.remove(session, session_id, comment_id)
        return {"done": "removed"}

    return _step(session_id, act)


@blueprint.post("/comments/<comment_id>/show")
def show(session_id: str, comment_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> JsonObject:
        chat.put_back(session, session_id, comment_id)
        return {"done": "put_back"}

    return _step(session_id, act)


@blueprint.post("/comments/<comment_id>/mute")
def mute(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _bar(session_id, comment_id, "muted")


@blueprint.post("/comments/<comment_id>/ban")
def ban(session_id: str, comment_id: str) -> ResponseReturnValue:
    return _bar(session_id, comment_id, "banned")


@blueprint.post("/bars/<bar_id>/lift")
def lift(session_id: str, bar_id: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> JsonObject:
        chat_bars.lift(session, session_id, bar_id)
        return {"done": "lifted"}

    return _step(session_id, act)


@blueprint.post("/rules")
def set_rules(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, _login: Login) -> JsonObject:
        listed = frozenset(_BETWEEN_WORDS.split(str(body["words"])))
        rules = ChatRules(cast(int, body["slow_s"]), body["who"] == "staff", listed)
        chat.set_rules(session, session_id, rules)
        return {"done": "rules"}

    return _step(session_id, act, bodies.RulesForm)


@blueprint.post("/claims")
def claim_for_caller(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> JsonObject:
        caller = Caller(str(body["phone"]), str(body["name"]) or gettext("Khách"))
        made = moderation.claim_for_caller(session, session_id, caller, _wanted(body), login)
        return _claimed(made, body, mask_name(caller.name))

    return _step(session_id, act, bodies.CallerForm)


@blueprint.post("/announcement")
def announce(session_id: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, _login: Login) -> JsonObject:
        sessions.announce(session, session_id, str(body["text"]))
        return {"done": "announced" if body["text"] else "unannounced"}

    return _step(session_id, act, form_bodies.AnnouncementForm)


@blueprint.post("/pins/<code>/show")
def show_pin(session_id: str, code: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> JsonObject:
        pins.show(session, session_id, code)
        return {"done": "pinned"}

    return _step(session_id, act)


def _bar(session_id: str, comment_id: str, kind: Kind) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, login: Login) -> JsonObject:
        person_id = chat_bars.bar(session, session_id, comment_id, kind, login.actor)
        if kind == "banned":
            chat.remove_all_of(session, session_id, person_id)
        return {"done": kind}

    return _step(session_id, act)


def _wanted(body: JsonObject) -> Wanted:
    return Wanted(str(body["code"]).upper(), cast(int, body["packs"]))


def _claimed(made: Claimed, body: JsonObject, name: str) -> JsonObject:
    """What is kept of a claim made for somebody, to be told in words."""
    return {
        "done": "claimed",
        "code": str(body["code"]).upper(),
        "name": name,
        "number": made.number,
        "status": made.status,
        "held": made.held,
        "waiting": made.waiting,
        "expires_at": clock.iso(made.expires_ms) if made.expires_ms else None,
    }


def _step(session_id: str, act: Act, form: type[Schema] = StepForm) -> ResponseReturnValue:
    """A moderator's step, once under its client id; the screen says what came of it."""
    login = access.require_moderator(db.session(), session_id, current_login())
    try:
        body = forms.load(form, request.form)
        key = key_of_body(login.actor, request.path, body)
        answer = write(lambda s: once(s, key, lambda: act(s, body, login)))
    except DomainError as error:
        return _screen(session_id, login, (_refusal(error), "bad")), error.status
    return _screen(session_id, login, _told(answer))


def _told(answer: JsonObject) -> tuple[str, str]:
    done = str(answer["done"])
    if done == "claimed":
        kind = "ok" if answer["status"] == "held" else "wait"
        return words.claimed_told(answer, clock.now_ms()), kind
    return words.done_words()[done], "ok"


def _refusal(error: DomainError) -> str:
    return str(error_fields(error)["message"])


def _screen(session_id: str, login: Login, told: tuple[str, str] | None = None) -> str:
    facts = moderator_page.page(db.session(), session_id, login, told)
    return render_template("livestream/moderator.html", page=facts)
