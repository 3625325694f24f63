"""One step of a form: checked, done once under its client id, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request
from marshmallow import Schema
from sqlalchemy.orm import Session

from core.client_ids import JsonObject, key_of_body, once
from core.db import write
from core.http import forms
from core.http.fields import StepForm
from core.identity.logins import Login

Act = Callable[[Session, JsonObject], None]


@dataclass(frozen=True)
class Form:
    """The body a step has, and the page it leads `to` ("": where it came from)."""

    body: type[Schema] = StepForm
    to: str = ""


def take(login: Login, act: Act, body: type[Schema] = StepForm) -> None:
    """Do `act` with the fields of this request's form, once under its client id.

    Raises:
        BadRequest: the form is not as `body` wants it. Whatever `act` refuses.
    """
    fields = forms.load(body, request.form)
    key = key_of_body(login.actor, request.path, fields)

    def step(session: Session) -> JsonObject:
        act(session, fields)
        return {"ok": True}

    write(lambda session: once(session, key, lambda: step(session)))
