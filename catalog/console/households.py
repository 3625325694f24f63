"""A household's class, for those who keep the book and nobody else: its history, a new entry, forgetting it.

The only page that shows it in full. Refuses everybody but owners and managers, who see it under the
sentence that says what it is for.
"""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog.console import frame, typed_days
from catalog.console.grower_bodies import HouseholdForm
from catalog.growers import households, members
from catalog.growers.households import NewEntry
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms
from core.http.fields import StepForm

blueprint = Blueprint(
    "catalog_households",
    __name__,
    url_prefix="/console/<seller>/members/<member>/household",
    template_folder="../templates",
)


@blueprint.get("")
def household_page(seller: str, member: str) -> ResponseReturnValue:
    frame.keeper(seller)
    return _page(seller, member, {})


@blueprint.post("")
def record(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    members.get(db.session(), seller, member)
    try:
        body = forms.load(HouseholdForm, request.form)
        new = _entry(body)
        frame.write_once(
            login,
            body,
            lambda session: households.record(session, seller, member, new, login.actor),
        )
    except DomainError as error:
        return _page(seller, member, dict(request.form), error), error.status
    return redirect(f"/console/{seller}/members/{member}#household", frame.SEE_OTHER)


@blueprint.post("/forget")
def forget(seller: str, member: str) -> ResponseReturnValue:
    login = frame.keeper(seller)
    body = forms.load(StepForm, request.form)

    def act(session: Session) -> str:
        households.forget(session, seller, member)
        return member

    frame.write_once(login, body, act)
    return redirect(f"/console/{seller}/members/{member}#household", frame.SEE_OTHER)


def _page(seller: str, member: str, typed: dict[str, str], error: DomainError | None = None) -> str:
    session = db.session()
    return frame.page(
        seller,
        "household.html",
        "members",
        member=members.get(session, seller, member),
        entries=households.of_member(session, seller, member),
        now=households.on_day(session, seller, [member], clock.today()).get(member),
        typed=typed,
        today=clock.today(),
        error=frame.fault(error),
    )


def _entry(body: JsonObject) -> NewEntry:
    """Consent is a ticked box with a day: without the box there is no day."""
    from_on = typed_days.required_day_in(body, "from_on")
    agreed = typed_days.day_in(body, "consented_on") or clock.today()
    return NewEntry(
        class_=str(body["household"]),
        from_on=from_on,
        source=str(body["source"]),
        consented_on=agreed if body["consent"] else None,
        until_on=typed_days.day_in(body, "until_on"),
    )
