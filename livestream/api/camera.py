"""The host's photos for rooms without a moving picture: looked at as all photos are, shown when copied."""

import hashlib

from flask import request
from marshmallow import RAISE, Schema, fields
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import intake
from core import rate
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import forms, steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.http.fields import Body, ClientId
from core.identity.logins import Login
from livestream import access
from livestream.room import view
from livestream.video import camera_photos

blueprint = ApiBlueprint(
    "camera_api", __name__, url_prefix="/api/v1/live", description="Live video: photos by the host."
)
TAKES_PHOTOS = "camera_api.send_photo"
MOST_BYTES = intake.MOST_BYTES

_SENDING = rate.Limit("live.photo", burst=20, refill_ms=5_000)
"""The page sends one each half minute; a host who presses sends more."""
_FILE = {"schema": {"type": "string", "format": "binary"}}
_CONTENT = dict.fromkeys(("image/jpeg", "image/png", "image/webp", "multipart/form-data"), _FILE)


class LivePhotoQuery(Body):
    """The id the phone gave this sending, where the body is the picture alone."""

    client_id = ClientId(required=False, load_default="")


class LivePhotoForm(Body):
    """The field beside the file `photo`."""

    client_id = ClientId()


class LivePhotoAnswer(Schema):
    """A photo on its way: `state` is waiting, ready or failed."""

    id = fields.String(required=True)
    state = fields.String(required=True)


@blueprint.post("/<session_id>/video/photo")
@blueprint.doc(requestBody={"required": True, "content": _CONTENT})
@blueprint.arguments(LivePhotoQuery, location="query", unknown=RAISE)
@blueprint.response(200, LivePhotoAnswer)
def send_photo(query: JsonObject, session_id: str) -> JsonObject:
    """Send a picture of the show (JPEG, PNG or WebP): some seconds later rooms show it as the newest.

    As it is, with the `client_id` in the query; or as the file `photo` of a form beside its `client_id`.
    """
    login = access.require_host(db.session(), session_id, current_login())
    client_id = query["client_id"] or forms.load(LivePhotoForm, request.form)["client_id"]
    rate.take(_SENDING, login.actor)
    return _stored(login, session_id, str(client_id), _picture())


def _stored(login: Login, session_id: str, client_id: str, content: bytes) -> JsonObject:
    """The file, then its row, once under the phone's id; a file without a row is thrown away."""
    sent = intake.receive(content)
    digest = hashlib.sha256(content).hexdigest()
    asked: JsonObject = {"client_id": client_id, "session": session_id, "sha256": digest}

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        seller_id = view.facts(session, session_id).seller_id
        about = camera_photos.of_session(session_id)
        photo = photos.add(session, seller_id, about, sent, login.actor)
        return {"id": photo.id, "state": photo.state}

    try:
        told = steps.do(login, "live.photo", asked, act)
    except DomainError:
        intake.throw_away(sent)
        raise
    if told["id"] != sent.id:  # a repeat: the first one is kept
        intake.throw_away(sent)
    return told


def _picture() -> bytes:
    """The body itself, or the one file `photo` of a form."""
    if request.mimetype.startswith("image/"):
        return request.get_data()
    files = request.files.getlist("photo")
    if len(files) != 1 or len(request.files) != 1 or not files[0].filename:
        raise BadRequest(field="photo", why="one picture")
    content: bytes = files[0].read()
    return content
