"""Whom a seller asks a deposit, why, and how much; and the officers' list of buyers who ask to be forgiven.

Only the seller's keepers see it, and officers what was appealed, without numbers (promise P11).
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import officers, sellers
from core.identity.logins import Login
from core.phone import format_phone
from shop.reliability import appeals, deposit_settings, standing
from shop.reliability.appeals import Decision
from shop.reliability.reliability_bodies import (
    FORGIVE,
    AnswerForm,
    OfficeAnswerForm,
    ShareForm,
    share_of,
)

desk = Blueprint("reliability", __name__, url_prefix="/console/<seller>/deposits")
office = Blueprint("reliability_office", __name__, url_prefix="/officer/deposits")


@desk.get("")
def list_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, access.KEEPERS)
    return _desk_page(seller)


@desk.post("")
def ask(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> None:
        deposit_settings.ask_from_now(session, seller, share_of(body), login.actor)

    try:
        steps.take(login, act, ShareForm)
    except DomainError as error:
        return _desk_page(seller, error), error.status
    return redirect(f"/console/{seller}/deposits", steps.SEE_OTHER)


@desk.post("/answer")
def answer(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> None:
        _decide(session, body, _decision(body, seller, login))

    try:
        steps.take(login, act, AnswerForm)
    except DomainError as error:
        return _desk_page(seller, error), error.status
    return redirect(f"/console/{seller}/deposits", steps.SEE_OTHER)


@office.get("")
def office_page() -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    return _office_page()


@office.post("")
def office_answer() -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    login = current_login()
    assert login is not None, "an officer is signed in"

    def act(session: Session, body: JsonObject) -> None:
        if login.works_for(str(body["seller"])):  # nobody is officer over their own stand
            raise NotFound()
        _decide(session, body, _decision(body, str(body["seller"]), login, by_officer=True))

    return steps.answer(
        lambda: steps.take(login, act, OfficeAnswerForm), "/officer/deposits", _office_page
    )


def _decision(body: JsonObject, seller: str, login: Login, *, by_officer: bool = False) -> Decision:
    person, why = str(body["person"]), str(body["reason"])
    return Decision(seller, person, login.actor, why, by_officer)


def _decide(session: Session, body: JsonObject, decision: Decision) -> None:
    (appeals.forgive if body["answer"] == FORGIVE else appeals.keep)(session, decision)


def _desk_page(seller: str, error: DomainError | None = None) -> str:
    session = db.session()
    return render_template(
        "shop/deposits.html",
        seller=sellers.facts(session, seller),
        buyers=standing.of_seller(session, seller),
        share=deposit_settings.of_now(session, seller),
        read_phone=format_phone,
        **_shared(error),
    )


def _office_page(error: DomainError | None = None) -> str:
    found = standing.before_officers(db.session())
    return render_template(
        "shop/officer_deposits.html",
        buyers=found,
        names=sellers.facts_of(db.session(), [one.seller_id for one in found]),
        **_shared(error),
    )


def _shared(error: DomainError | None) -> dict[str, object]:
    return {
        "typed": {
            name: request.form.get(name, "") for name in ("kind", "worth", "person", "reason")
        },
        "error": steps.refusal(error) if error else "",
    }
