"""One step asked from outside: read strictly, done once under its client id, refused in words."""

from collections.abc import Callable

from flask import redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.client_ids import JsonObject, key_of_body, once
from core.db import write
from core.errors import DomainError, LoginRequired, NotFound
from core.http import forms
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.identity.logins import Login

SEE_OTHER = 303
"""What answers a step that was done: the page to look at now, which may be loaded again safely."""

Act = Callable[[Session, JsonObject], JsonObject | None]
"""What a step does with the form's fields, and what is kept of it as the answer for a repeat."""


def take(login: Login, act: Act, form: type[Schema] = StepForm) -> JsonObject:
    """Do `act` with the fields of this request's form; sent again, it gives the first answer.

    `act` may run in the writer's thread, where there is no request: it uses what it is handed, speaks
    no language, and may run twice (`core.db.write`).

    Raises:
        BadRequest: the form is not as `form` wants it.
        Whatever `act` refuses; the client id stood for something else (`core.client_ids`).
    """
    return do(login, request.path, forms.load(form, request.form), act)


def do(login: Login, kind: str, fields: JsonObject, act: Act) -> JsonObject:
    """Do `act` with `fields`, which carry the `client_id` of this write; as `take` for what is no form.

    `kind` names the operation: the same id and fields under another kind are another write.

    Raises:
        Whatever `act` refuses; the client id stood for something else (`core.client_ids`).
    """
    key = key_of_body(login.actor, kind, fields)
    return write(lambda session: once(session, key, lambda: act(session, fields) or {"ok": True}))


def answer(
    do: Callable[[], JsonObject],
    place: str | Callable[[JsonObject], str],
    refused: Callable[[DomainError], str],
) -> ResponseReturnValue:
    """Do a step of a page, lead to `place` (or where it says, by the step's answer); refused, show a page.

    `refused` makes that page, with why and what was typed; it is sent with the refusal's status. It is made
    in the request, after the step was undone.

    Raises:
        LoginRequired, NotFound: as `do` does; they look the same everywhere (promise P11).
    """
    try:
        told = do()
    except (LoginRequired, NotFound):
        raise
    except DomainError as error:
        return refused(error), error.status
    return redirect(place if isinstance(place, str) else place(told), SEE_OTHER)


def sign_in() -> Response:
    """Lead a guest to the sign-in page, and from there back to the page that was asked for."""
    return redirect(f"/login?next={request.path}", SEE_OTHER)


def refusal(error: DomainError) -> str:
    """Why a step was refused, in the words of the request's language."""
    return str(error_fields(error)["message"])
