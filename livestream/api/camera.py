"""The host's photos for rooms without a moving picture: looked at as all photos are, shown when copied."""

from flask import request
from marshmallow import RAISE

from catalog.photos import intake, sending
from catalog.photos.sending import Sending, picture_in, send
from core import rate
from core.client_ids import JsonObject
from core.db import db
from core.http import forms
from core.http.api import ApiBlueprint
from core.http.current import current_login
from livestream import access
from livestream.room import view
from livestream.video import camera_photos

blueprint = ApiBlueprint(
    "camera_api", __name__, url_prefix="/api/v1/live", description="Live video: photos by the host."
)
TAKES_PHOTOS = "camera_api.send_photo"
MOST_BYTES = intake.MOST_BYTES

_EACH = rate.Limit("live.photo", burst=20, refill_ms=5_000)
"""The page sends one each half minute; a host who presses sends more."""


@blueprint.post("/<session_id>/video/photo")
@blueprint.doc(requestBody={"required": True, "content": sending.CONTENT})
@blueprint.arguments(sending.SendingQuery, location="query", unknown=RAISE)
@blueprint.response(200, sending.PhotoAnswer)
def send_photo(query: JsonObject, session_id: str) -> JsonObject:
    """Send a picture of the show (JPEG, PNG or WebP): some seconds later rooms show it as the newest.

    As it is, with the `client_id` in the query; or as the file `photo` of a form beside its `client_id`.
    """
    login = access.require_host(db.session(), session_id, current_login())
    client_id = query["client_id"] or forms.load(sending.SendingForm, request.form)["client_id"]
    seller_id = view.facts(db.session(), session_id).seller_id
    about = camera_photos.of_session(session_id)
    return send(login, Sending(seller_id, about, str(client_id), picture_in(request)), _EACH)
