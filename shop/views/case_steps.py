"""One step of a case's form with its pictures: stored first, written once, thrown away if nobody needs them.

Used by the pages of all three sides. Refuses more than three pictures at once.
"""

import hashlib
from collections.abc import Callable
from typing import cast

from flask import request
from sqlalchemy.orm import Session

from catalog.photos import SentPhoto, intake
from core.client_ids import JsonObject
from core.errors import BadRequest, DomainError
from core.http import steps
from core.identity.logins import Login
from core.strict_json import JsonValue

MOST_PICTURES = 3
MOST_BYTES = 2 * 1024 * 1024
"""Of a whole form: pages make pictures small before they send them (`shop/frontend/evidence.js`)."""

Act = Callable[[Session, tuple[SentPhoto, ...]], str]
"""Does the step with the pictures stored for it, and answers the id of the case."""


def pictures_in_request() -> tuple[bytes, ...]:
    """The pictures of this request's form, none if none was chosen.

    Raises:
        BadRequest: more than three, or files under another name.
    """
    files = [one for one in request.files.getlist("photo") if one.filename]
    if len(files) > MOST_PICTURES or set(request.files) - {"photo"}:
        raise BadRequest(field="photo", why=f"at most {MOST_PICTURES}")
    return tuple(one.read() for one in files)


def take(login: Login, body: JsonObject, contents: tuple[bytes, ...], act: Act) -> str:
    """Do `act` once under the form's client id; the id of the case, also when sent again.

    Raises:
        BadPhoto, StorageAway: a picture is not taken; nothing was done. Whatever `act` refuses.
    """
    digests: list[JsonValue] = [hashlib.sha256(one).hexdigest() for one in contents]
    sent: list[SentPhoto] = []
    try:
        for one in contents:
            sent.append(intake.receive(one))
        mark: list[JsonValue] = [one.id for one in sent]

        def step(session: Session, _fields: JsonObject) -> JsonObject:
            return {"case": act(session, tuple(sent)), "pictures": mark}

        told = steps.do(login, request.path, {**body, "pictures": digests}, step)
    except DomainError:
        _throw_away(sent)
        raise
    if told["pictures"] != mark:  # a repeat: the first ones are kept
        _throw_away(sent)
    return cast(str, told["case"])


def _throw_away(sent: list[SentPhoto]) -> None:
    for one in sent:
        intake.throw_away(one)
