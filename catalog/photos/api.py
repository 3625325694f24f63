"""Photos for programs and for the script on the phone: send one, see how far it is, put in order, take away.

Sending answers as soon as the original is stored; the copies come some seconds later. Unknown and
another seller's both answer 404.
"""

from typing import cast

from flask import request
from marshmallow import RAISE
from sqlalchemy.orm import Session

from catalog import access
from catalog.photos import album, schemas, sending
from catalog.photos.facts import Subject
from catalog.photos.sending import Sending, answer, picture_in, send
from core.client_ids import JsonObject
from core.db import db
from core.http import forms, steps
from core.http.api import ApiBlueprint
from core.http.current import current_login

blueprint = ApiBlueprint(
    "photos_api",
    __name__,
    url_prefix="/api/v1/sellers/<seller>",
    description="Photos of products, lots, certificates, and of forms that are still open (drafts).",
)


@blueprint.get("/photos/<kind>/<subject>")
@blueprint.response(200, schemas.PhotosAnswer)
def list_photos(seller: str, kind: str, subject: str) -> JsonObject:
    """The photos of one thing, also those whose copies are not made yet and those that failed."""
    access.require(current_login(), seller, access.STAFF)
    photos = album.of_subject(db.session(), seller, Subject(kind, subject))
    return {"list": [answer(one) for one in photos]}


@blueprint.post("/photos/<kind>/<subject>")
@blueprint.doc(requestBody={"required": True, "content": sending.CONTENT})
@blueprint.arguments(sending.SendingQuery, location="query", unknown=RAISE)
@blueprint.response(200, sending.PhotoAnswer)
def send_photo(query: JsonObject, seller: str, kind: str, subject: str) -> JsonObject:
    """Send a picture (JPEG, PNG or WebP, below 12 MiB and 25 megapixels).

    As it is, with the `client_id` in the query; or as the file `photo` of a form beside its `client_id`.
    """
    login = access.require(current_login(), seller, access.STOCKERS)
    client_id = query["client_id"] or forms.load(sending.SendingForm, request.form)["client_id"]
    picture = Sending(seller, Subject(kind, subject), str(client_id), picture_in(request))
    return send(login, picture)


@blueprint.post("/photos/<kind>/<subject>/order")
@blueprint.arguments(schemas.PhotoOrderBody)
@blueprint.response(200, schemas.PhotosAnswer)
def put_in_order(body: JsonObject, seller: str, kind: str, subject: str) -> JsonObject:
    """Put the photos of one thing in an order; the first one stands for it."""
    login = access.require(current_login(), seller, access.STOCKERS)
    about, wanted = Subject(kind, subject), cast(list[str], body["photos"])

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        album.reorder(session, seller, about, wanted)
        return {"list": [answer(one) for one in album.of_subject(session, seller, about)]}

    asked: JsonObject = {**body, "seller": seller, "kind": kind, "subject": subject}
    return steps.do(login, "photos.order", asked, act)


@blueprint.post("/photo/<photo>/remove")
@blueprint.arguments(schemas.StepBody)
@blueprint.response(200, sending.PhotoAnswer)
def take_away(body: JsonObject, seller: str, photo: str) -> JsonObject:
    """Take a photo away from every page; it can be brought back for a day."""
    login = access.require(current_login(), seller, access.STOCKERS)
    asked: JsonObject = {**body, "seller": seller, "photo": photo}
    return steps.do(
        login, "photos.remove", asked, lambda s, _: answer(album.remove(s, seller, photo))
    )


@blueprint.post("/photo/<photo>/restore")
@blueprint.arguments(schemas.StepBody)
@blueprint.response(200, sending.PhotoAnswer)
def bring_back(body: JsonObject, seller: str, photo: str) -> JsonObject:
    """Bring back a photo that was taken away less than a day ago."""
    login = access.require(current_login(), seller, access.STOCKERS)
    asked: JsonObject = {**body, "seller": seller, "photo": photo}
    return steps.do(
        login, "photos.restore", asked, lambda s, _: answer(album.restore(s, seller, photo))
    )


@blueprint.post("/photo/<photo>/retry")
@blueprint.arguments(schemas.StepBody)
@blueprint.response(200, sending.PhotoAnswer)
def try_again(body: JsonObject, seller: str, photo: str) -> JsonObject:
    """Have the copies tried for again of a photo that failed as `photo_stuck`."""
    login = access.require(current_login(), seller, access.STOCKERS)
    asked: JsonObject = {**body, "seller": seller, "photo": photo}
    return steps.do(
        login, "photos.retry", asked, lambda s, _: answer(album.retry(s, seller, photo))
    )
