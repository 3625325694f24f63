"""The live room's pages: what is live, the room, and its forms for phones whose script has not arrived.

Each form does what its event on the socket does (`answers`), under the client id printed into the page;
so a form sent twice has one effect. A guest is asked for a number and a name, then the same form goes on.
"""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema

from core import clock, rate
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import current, forms, steps
from core.http.current import current_login
from core.identity import entrance, logins
from core.identity.logins import Login
from core.phone import BadPhone, parse_phone
from livestream import form_bodies
from livestream.desk import answers
from livestream.figures import viewers
from livestream.room import room_page, room_words, view
from livestream.room.room_words import Told
from livestream.shows import reminders, show_cards, soon_page

blueprint = Blueprint("live", __name__, template_folder="../templates")

_WRITING = rate.Limit("live.form", burst=30, refill_ms=500)
_WHO_FIELDS = {"phone", "name"}

Act = Callable[[Login, JsonObject], Told | None]


@blueprint.get("/live")
def live_page() -> ResponseReturnValue:
    cards = show_cards.listed(db.session())
    return render_template(
        "livestream/list.html",
        page_name="live",
        cards=cards,
        lessons=show_cards.lessons(db.session()),
    )


@blueprint.get("/live/<session_id>")
def room(session_id: str) -> ResponseReturnValue:
    answer = make_response(_room(session_id, current_login(), None))
    if viewers.COOKIE not in request.cookies:
        answer.set_cookie(
            viewers.COOKIE,
            viewers.new_name(),
            max_age=viewers.COOKIE_S,
            secure=_settings().secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    return answer


@blueprint.post("/live/<session_id>/claims")
def claim(session_id: str) -> ResponseReturnValue:
    def act(login: Login, body: JsonObject) -> Told:
        code, packs = cast(str, body["code"]).upper(), cast(int, body["packs"])
        asked: JsonObject = {"client_id": body["client_id"], "code": code, "qty": packs}
        now_ms = clock.now_ms()
        answer = answers.claim(login, {**asked, "session": session_id}, now_ms)
        return room_words.claim_told(answer, code, packs, now_ms)

    return _answered(session_id, form_bodies.ClaimForm, act)


@blueprint.post("/live/<session_id>/claims/<claim_id>")
def change(session_id: str, claim_id: str) -> ResponseReturnValue:
    def act(login: Login, body: JsonObject) -> Told:
        asked: JsonObject = {**body, "session": session_id, "claim": claim_id}
        return room_words.change_told(answers.change(login, asked))

    return _answered(session_id, form_bodies.ChangeForm, act)


@blueprint.post("/live/<session_id>/comments")
def comment(session_id: str) -> ResponseReturnValue:
    def act(login: Login, body: JsonObject) -> Told | None:
        asked: JsonObject = {name: body[name] for name in ("client_id", "text")}
        now_ms = clock.now_ms()
        answer = answers.comment(login, {**asked, "session": session_id}, now_ms)
        return room_words.comment_told(answer, now_ms)

    return _answered(session_id, form_bodies.CommentForm, act)


@blueprint.post("/live/<session_id>/me")
def introduce(session_id: str) -> ResponseReturnValue:
    view.public_facts(db.session(), session_id)
    body = forms.load(form_bodies.WhoForm, request.form)
    current.keep_device(entrance.by_number(str(body["phone"]), str(body["name"])).token)
    return redirect(f"/live/{session_id}", steps.SEE_OTHER)


def _answered(session_id: str, form: type[Schema], act: Act) -> ResponseReturnValue:
    """Do what a form asks and show the room with the answer; first ask a guest who they are."""
    view.public_facts(db.session(), session_id)
    login = current_login()
    try:
        body = forms.load(form, request.form)
        login = _buyer(login, body)
    except (BadRequest, BadPhone) as error:
        return _who_page(session_id, error) if _is_about_who(error) else _refused(session_id, error)
    if login is None or login.person_id is None:
        return _who_page(session_id)
    try:
        rate.take(_WRITING, login.actor)
        told = act(login, body)
    except DomainError as error:
        return _refused(session_id, error, login)
    return _room(session_id, login, told)


def _buyer(login: Login | None, body: JsonObject) -> Login | None:
    """The buyer behind a form: the one this device acts for, or the one just given."""
    if (login is not None and login.person_id is not None) or not body.get("phone"):
        return login
    entry = entrance.by_number(
        parse_phone(str(body["phone"])), str(body["name"]) or gettext("Khách")
    )
    current.keep_device(entry.token)
    return logins.resolve(db.session(), entry.token)


def _room(session_id: str, login: Login | None, told: Told | None) -> str:
    answers.hear(session_id, login)
    if view.public_facts(db.session(), session_id).state == "checked":
        soon = soon_page.page(db.session(), session_id, _base(), told)
        return render_template("livestream/soon.html", page=soon, show=soon.show)
    code = request.values.get("code", "")[:8]
    facts = room_page.page(db.session(), session_id, login, code, told)
    reminded = reminders.of_buyer(db.session(), session_id, login)
    return render_template("livestream/room.html", room=facts, reminded=reminded)


def _refused(
    session_id: str, error: DomainError, login: Login | None = None
) -> ResponseReturnValue:
    told = steps.refusal(error), "bad"
    return _room(session_id, login or current_login(), told), error.status


def _base() -> str:
    return _settings().public_url


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _is_about_who(error: DomainError) -> bool:
    return isinstance(error, BadPhone) or error.data.get("field") in _WHO_FIELDS


def _who_page(session_id: str, error: DomainError | None = None) -> ResponseReturnValue:
    """Ask a guest for a number and a name; everything else of the form is kept."""
    kept = {name: text for name, text in request.form.items() if name not in _WHO_FIELDS}
    page = render_template(
        "livestream/who.html",
        show=view.public_facts(db.session(), session_id),
        kept=kept,
        typed={name: request.form.get(name, "") for name in _WHO_FIELDS},
        bad_phone=room_words.words()["bad_phone"] if error else "",
    )
    return page, error.status if error else 200
