"""The desk for comments from other channels: paste or send them, look at how they read, take what is ticked.

For those who moderate at the organiser; unknown and not theirs look alike. Looking writes nothing: what
was pasted stays in the form until it is taken.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from flask import Blueprint, Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.errors import DomainError
from core.http import forms, steps
from core.http.current import current_login
from core.identity.logins import Login
from core.strict_json import JsonValue
from core.tables import reading
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


@blueprint.get("")
def desk(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
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
        body = forms.load(bodies.TakeForm, forms.unticked(request.form))
        batch = replace(_batch(session_id, body, _pasted(body)), chosen=frozenset(chosen))
        asked: JsonObject = {**body, "rows": [*chosen]}
        with_words = _speaking(lambda session: _take(session, batch, login))
        answer = steps.do(login, request.path, asked, lambda session, _: with_words(session))
    except DomainError as error:
        return _refused(session_id, error), error.status
    rows = cast(list[JsonObject], answer["done"])
    done = tuple(ToldRow(*(str(row[name]) for name in _TOLD)) for row in rows)
    return _render(replace(_page(session_id), done=done, source=batch.source))


@blueprint.post("/leads/<lead_id>/done")
def handle_lead(session_id: str, lead_id: str) -> ResponseReturnValue:
    login = access.require_moderator(db.session(), session_id, current_login())
    steps.take(login, lambda session, _: leads.handle(session, session_id, lead_id))
    return redirect(f"/moderate/{session_id}/outside#leads", steps.SEE_OTHER)


_TOLD = ("nick", "text", "told", "kind")


def _speaking(act: Callable[[Session], JsonObject]) -> Callable[[Session], JsonObject]:
    """`act` in the language of this request; the writer's thread, where it runs, knows of no request."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    language = str(get_locale())

    def spoken(session: Session) -> JsonObject:
        with app.app_context(), force_locale(language):
            return act(session)

    return spoken


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
    _name, raw = forms.one_file(request.files)
    if not raw:
        return ()
    (table, *_others) = reading.tables(raw)
    return pasted_comments.of_table([[cell.text for cell in row] for row in table.rows if row])


def _chosen() -> list[int]:
    """The numbers of the rows that were ticked."""
    chosen = forms.ticked(request.form)
    if not chosen:
        raise NothingTicked()
    return chosen


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
            error=steps.refusal(error),
            typed=typed,
            source=source if source in page.sources else page.source,
        )
    )


def _render(page: OutsidePage) -> str:
    return render_template("livestream/outside.html", page=page)
