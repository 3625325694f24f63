"""The desk for comments from other channels: paste or send them, look at how they read, take what is ticked.

For those who moderate at the organiser; unknown and not theirs look alike. Looking writes nothing: what
was pasted stays in the form until it is taken.
"""

from dataclasses import replace
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalog.imports import reading
from core.client_ids import JsonObject, key_of_body, once
from core.config import Settings
from core.db import db, write
from core.errors import BadRequest, DomainError
from core.http import forms
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.identity.logins import Login
from core.strict_json import JsonValue
from livestream import access
from livestream.outside import leads, outside, outside_page, pasted_comments
from livestream.outside import outside_bodies as bodies
from livestream.outside import outside_words as words
from livestream.outside.channels import ChannelComment, Source
from livestream.outside.outside import Batch
from livestream.outside.outside_errors import NoComments, NothingTicked
from livestream.outside.outside_page import OutsidePage, ToldRow

blueprint = Blueprint(
    "outside",
    __name__,
    url_prefix="/moderate/<session_id>/outside",
    template_folder="../templates",
)

TAKES_FILES = ("outside.look", "outside.take")
"""Endpoints whose bodies may be larger than others'."""

_SEE_OTHER = 303
_MOST_ROW_DIGITS = 4


@blueprint.get("")
def desk(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect(f"/login?next=/moderate/{session_id}/outside", _SEE_OTHER)
    access.require_moderator(db.session(), session_id, login)
    return _render(_page(session_id))


@blueprint.post("/look")
def look(session_id: str) -> ResponseReturnValue:
    access.require_moderator(db.session(), session_id, current_login())
    try:
        body = forms.load(bodies.LookForm, request.form)
        batch = _batch(session_id, body, _sent() or _pasted(body))
        looks = outside.look(db.session(), batch)
    except DomainError as error:
        return _refused(session_id, error), error.status
    page = _page(session_id)
    seen = outside_page.looked(batch.source, looks, is_over=page.is_over)
    return _render(replace(page, looked=seen, source=batch.source))


@blueprint.post("")
def take(session_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())
    try:
        chosen = _chosen()
        rest = [(name, text) for name, text in request.form.items(multi=True) if name != "row"]
        body = forms.load(bodies.TakeForm, MultiDict(rest))
        batch = replace(_batch(session_id, body, _pasted(body)), chosen=frozenset(chosen))
        key = key_of_body(login.actor, request.path, {**body, "rows": [*chosen]})
        answer = write(lambda s: once(s, key, lambda: _take(s, batch, login)))
    except DomainError as error:
        return _refused(session_id, error), error.status
    rows = cast(list[JsonObject], answer["done"])
    done = tuple(ToldRow(*(str(row[name]) for name in _TOLD)) for row in rows)
    return _render(replace(_page(session_id), done=done, source=batch.source))


@blueprint.post("/leads/<lead_id>/done")
def handle_lead(session_id: str, lead_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())
    body = forms.load(StepForm, request.form)
    key = key_of_body(login.actor, request.path, body)

    def act(session: Session) -> JsonObject:
        leads.handle(session, session_id, lead_id)
        return {}

    write(lambda session: once(session, key, lambda: act(session)))
    return redirect(f"/moderate/{session_id}/outside#leads", _SEE_OTHER)


_TOLD = ("nick", "text", "told", "kind")


def _take(session: Session, batch: Batch, login: Login) -> JsonObject:
    done: list[JsonValue] = []
    for place, one in enumerate(outside.take(session, batch, login)):
        if not batch.takes(place) or one.outcome is None:
            continue
        told, kind = words.taken_told(one)
        done.append(
            dict(
                zip(
                    _TOLD, (one.look.comment.nick, one.look.reading.masked, told, kind), strict=True
                )
            )
        )
    return {"done": done}


def _batch(session_id: str, body: JsonObject, comments: tuple[ChannelComment, ...]) -> Batch:
    if not comments:
        raise NoComments()
    return Batch(session_id, cast(Source, body["source"]), comments)


def _pasted(body: JsonObject) -> tuple[ChannelComment, ...]:
    return pasted_comments.comments_in(str(body["pasted"]))


def _sent() -> tuple[ChannelComment, ...]:
    """The comments of the one file that came; none if none did."""
    if set(request.files) - {"file"} or len(request.files.getlist("file")) > 1:
        raise BadRequest(field="file", why="one file")
    file = request.files.get("file")
    raw = file.read() if file else b""
    if not raw:
        return ()
    (table, *_others) = reading.tables(raw)
    return pasted_comments.of_table([[cell.text for cell in row] for row in table.rows if row])


def _chosen() -> list[int]:
    """The numbers of the rows that were ticked."""
    given = request.form.getlist("row")
    for text in given:
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_ROW_DIGITS):
            raise BadRequest(field="row")
    if len(set(given)) < len(given):
        raise BadRequest(field="row", why="given twice")
    if not given:
        raise NothingTicked()
    return [int(text) for text in given]


def _page(session_id: str) -> OutsidePage:
    settings: Settings = current_app.config["SETTINGS"]
    return outside_page.page(db.session(), session_id, settings.public_url)


def _refused(session_id: str, error: DomainError) -> str:
    page = _page(session_id)
    typed = request.form.get("pasted", "")[: bodies.MOST_LETTERS]
    source = request.form.get("source", "")
    return _render(
        replace(
            page,
            error=str(error_fields(error)["message"]),
            typed=typed,
            source=source if source in page.sources else page.source,
        )
    )


def _render(page: OutsidePage) -> str:
    return render_template("livestream/outside.html", page=page)
