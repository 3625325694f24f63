"""Copies of photos for everybody, by an id nobody can guess; what was sent is never among them."""

from flask import Blueprint, Response

from catalog.photos import album
from catalog.photos.facts import COPY_NAMES, FORMATS, copy_key
from core.db import db
from core.errors import NotFound
from core.storage import storage

blueprint = Blueprint("photos", __name__)

_FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/photos/<photo>/<copy>")
def show_copy(photo: str, copy: str) -> Response:
    """A copy never changes: a new picture has a new id. One taken away is not found any more."""
    if copy not in COPY_NAMES or not album.shown(db.session(), photo):
        raise NotFound()
    response = Response(
        storage().get(copy_key(photo, copy)), content_type=FORMATS[copy.rpartition(".")[2]]
    )
    response.headers["Cache-Control"] = _FOR_EVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
