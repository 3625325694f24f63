"""The desk's page of one thing's photos: take one, see it come, make another the first, take one away.

It works without a script; with one the same parts stand in the forms of goods, lots and papers
(`catalog/_photos.html`).
"""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalog import access
from catalog.console import frame
from catalog.photos import album, schemas
from catalog.photos.facts import MOST_OF_ONE, PhotoFacts, Subject
from catalog.photos.sending import Sending, SendingForm, picture_in, send
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms, steps

blueprint = Blueprint("photos_console", __name__, url_prefix="/console/<seller>")

_TABS = {
    "product": "goods",
    "draft": "goods",
    "lot": "lots",
    "certificate": "certificates",
    "campaign": "",
    "live": "",
}


@blueprint.get("/photos/<kind>/<subject>")
def photos_page(seller: str, kind: str, subject: str) -> str:
    frame.staff(seller)
    return _page(seller, Subject(kind, subject))


@blueprint.post("/photos/<kind>/<subject>")
def send_photo(seller: str, kind: str, subject: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    about = Subject(kind, subject)
    try:
        body = forms.load(SendingForm, request.form)
        send(login, Sending(seller, about, str(body["client_id"]), picture_in(request)))
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(seller, about, error), error.status
    return _back(seller, about)


@blueprint.post("/photo/<photo>/first")
def make_first(seller: str, photo: str) -> Response:
    return _step(seller, photo, "first")


@blueprint.post("/photo/<photo>/remove")
def take_away(seller: str, photo: str) -> Response:
    return _step(seller, photo, "remove")


@blueprint.post("/photo/<photo>/restore")
def bring_back(seller: str, photo: str) -> Response:
    return _step(seller, photo, "restore")


@blueprint.post("/photo/<photo>/retry")
def try_again(seller: str, photo: str) -> Response:
    return _step(seller, photo, "retry")


def _step(seller: str, photo: str, step: str) -> Response:
    """Do one of four things to a photo and show the page of what it is of."""
    login = frame.staff(seller, access.STOCKERS)
    body = forms.load(schemas.StepBody, request.form)
    subject = album.get(db.session(), seller, photo).subject

    def act(session: Session, _body: JsonObject) -> None:
        if step == "first":
            album.reorder(session, seller, subject, [photo])
        elif step == "remove":
            album.remove(session, seller, photo)
        elif step == "retry":
            album.retry(session, seller, photo)
        else:
            album.restore(session, seller, photo)

    steps.do(login, f"photos.{step}", {**body, "seller": seller, "photo": photo}, act)
    return _back(seller, subject, f"?removed={photo}" if step == "remove" else "")


def _back(seller: str, subject: Subject, query: str = "") -> Response:
    there = f"/console/{seller}/photos/{subject.kind}/{subject.id}{query}"
    return redirect(there, frame.SEE_OTHER)


def _page(seller: str, subject: Subject, error: DomainError | None = None) -> str:
    taken = album.of_subject(db.session(), seller, subject)
    return frame.page(
        seller,
        "photos.html",
        _TABS[subject.kind],
        subject=subject,
        taken=taken,
        most=MOST_OF_ONE,
        waits=any(one.state == "waiting" for one in taken),
        removed=_just_removed(seller, subject),
        error=frame.fault(error),
    )


def _just_removed(seller: str, subject: Subject) -> PhotoFacts | None:
    """The photo that was taken away a moment ago, to be brought back in one tap."""
    asked = request.args.get("removed", "")
    return album.removed_of(db.session(), seller, subject, asked)
