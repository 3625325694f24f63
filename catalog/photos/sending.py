"""A picture's way in: the bytes, then its row, once under the phone's id; and what is told of a photo.

The same for the pages of stock, for programs, and for a host's phone during a show.
"""

import hashlib
from dataclasses import dataclass

from flask import Request
from flask_babel import gettext
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from catalog.photos import album, intake
from catalog.photos.errors import sentence_of
from catalog.photos.facts import PhotoFacts, Subject
from core import rate
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import steps
from core.http.fields import Body, ClientId
from core.identity.logins import Login

EACH = rate.Limit("photo", burst=60, refill_ms=2_000)
"""Each costs a second of decoding: many at first, then about as many as one decoder makes."""


_FILE = {"schema": {"type": "string", "format": "binary"}}
_FORM = {
    "schema": {
        "type": "object",
        "properties": {"photo": _FILE["schema"], "client_id": {"type": "string"}},
        "required": ["photo", "client_id"],
    }
}
CONTENT = {
    "image/jpeg": _FILE,
    "image/png": _FILE,
    "image/webp": _FILE,
    "multipart/form-data": _FORM,
}
"""What the body of a sending may be: the picture alone, or a form with it."""


class SendingQuery(Body):
    """The id the phone gave this sending, where the body is the picture alone."""

    client_id = ClientId(required=False, load_default="")


class SendingForm(Body):
    """The fields beside the file."""

    client_id = ClientId()


class PhotoAnswer(Body):
    """A photo: `why` and `message` say why it failed; `url` is empty until it is ready; sizes in px."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "ready", "failed"]))
    why = fields.String(required=True)
    message = fields.String(required=True)
    url = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


@dataclass(frozen=True)
class Sending:
    """A picture on its way in: whose, of what, the phone's id for it, the bytes."""

    seller_id: str
    subject: Subject
    client_id: str
    content: bytes


def picture_in(incoming: Request) -> bytes:
    """The picture in a body: the body itself, or the one file `photo` of a form.

    Raises:
        BadRequest: there is none, or more than one.
    """
    if incoming.mimetype.startswith("image/"):
        return incoming.get_data()
    files = incoming.files.getlist("photo")
    if len(files) != 1 or len(incoming.files) != 1 or not files[0].filename:
        raise BadRequest(field="photo", why="one picture")
    content: bytes = files[0].read()
    return content


def send(login: Login, sending: Sending, limit: rate.Limit = EACH) -> JsonObject:
    """Store a picture, then its row: an answer means that both are on disk. Sent again, it is the same.

    Raises:
        NotFound, TooManyPhotos, BadPhoto, StorageAway, ClientIdConflict, TooFast.
    """
    rate.take(limit, login.actor)
    album.of_subject(db.session(), sending.seller_id, sending.subject)  # its own, before any byte
    sent = intake.receive(sending.content)
    asked: JsonObject = {
        "client_id": sending.client_id,
        "seller": sending.seller_id,
        "kind": sending.subject.kind,
        "subject": sending.subject.id,
        "sha256": hashlib.sha256(sending.content).hexdigest(),
    }

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        return answer(album.add(session, sending.seller_id, sending.subject, sent, login.actor))

    try:
        told = steps.do(login, "photos.send", asked, act)
    except DomainError:
        intake.throw_away(sent)
        raise
    if told["id"] != sent.id:  # a repeat: the first one is kept
        intake.throw_away(sent)
    return told


def answer(photo: PhotoFacts) -> JsonObject:
    """What is told of a photo."""
    return {
        "id": photo.id,
        "state": photo.state,
        "why": photo.why,
        "message": fault(photo.why) if photo.state == "failed" else "",
        "url": photo.url() if photo.is_ready else "",
        "width": photo.width,
        "height": photo.height,
    }


def fault(why: str) -> str:
    """Why a photo failed, in the language of this request."""
    return gettext(sentence_of(why))
