"""The seller's desk of complaints: which wait, one with its thread, an answer, an outcome.

For those who handle goods or money; outcomes are the owner's and managers'. The number of whoever
complained is shown here because somebody should call.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from catalog.photos import SentPhoto
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import forms, steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.money import parse_vnd
from core.phone import format_phone
from shop.cases import case_bodies, case_facts, case_words, handling, remedies
from shop.cases.case_facts import CaseFacts
from shop.cases.case_rules import OUTCOMES
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from shop.views import case_steps

blueprint = Blueprint("case_desk", __name__, url_prefix="/console/<seller>/cases")

TYPED = ("text", "outcome", "amount")


@blueprint.get("")
def cases_page(seller: str) -> ResponseReturnValue:
    _staff(seller)
    return render_template(
        "shop/case_desk.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="cases",
        cases=case_facts.all_of_seller(db.session(), seller),
        words=case_words,
        base=f"/console/{seller}/cases",
    )


@blueprint.get("/<case>")
def case_page(seller: str, case: str) -> ResponseReturnValue:
    _staff(seller)
    return _page(case_facts.of_seller(db.session(), case, seller))


@blueprint.post("/<case>/take")
def take(seller: str, case: str) -> ResponseReturnValue:
    login = _staff(seller)
    found = case_facts.of_seller(db.session(), case, seller)
    try:
        steps.take(login, lambda session, _body: handling.take(session, case, login.actor))
    except DomainError as error:
        return _page(found, error), error.status
    return _back(seller, case)


@blueprint.post("/<case>/say")
def say(seller: str, case: str) -> ResponseReturnValue:
    login = _staff(seller)
    found = case_facts.of_seller(db.session(), case, seller)
    try:
        write_words(login, case, SELLER)
    except DomainError as error:
        return _page(found, error), error.status
    return _back(seller, case)


@blueprint.post("/<case>/settle")
def settle(seller: str, case: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)
    found = case_facts.of_seller(db.session(), case, seller)
    try:
        steps.take(login, settling(case, SELLER, login), case_bodies.SettleForm)
    except DomainError as error:
        return _page(found, error), error.status
    return _back(seller, case)


def write_words(login: Login, case: str, side: str) -> None:
    """Add this request's words and pictures to the case for one side.

    Raises:
        BadRequest: neither words nor pictures. What `handling.say` and the photo room refuse.
    """
    body = forms.load(case_bodies.SayForm, request.form)
    pictures = case_steps.pictures_in_request()
    if not body["text"] and not pictures:
        raise BadRequest(field="text", why="say something or send a picture")

    def act(session: Session, sent: tuple[SentPhoto, ...]) -> str:
        handling.say(session, case, side, Words(login.actor, str(body["text"]), sent))
        return case

    case_steps.take(login, body, pictures, act)


def settling(case: str, side: str, login: Login) -> steps.Act:
    """What a sent `SettleForm` does, for one side of a case."""

    def act(session: Session, body: JsonObject) -> None:
        typed = str(body["amount"]).strip()
        outcome = Outcome(
            str(body["outcome"]),
            parse_vnd(typed) if typed else 0,
            Words(login.actor, str(body["text"])),
        )
        handling.settle(session, case, side, outcome)

    return act


def _staff(seller: str) -> Login:
    return access.require(current_login(), seller, access.READERS)


def _back(seller: str, case: str) -> ResponseReturnValue:
    return redirect(f"/console/{seller}/cases/{case}", steps.SEE_OTHER)


def _page(found: CaseFacts, error: DomainError | None = None) -> str:
    login = current_login()
    return render_template(
        "shop/case_seller.html",
        desk_tab="cases",
        may_settle=login is not None and login.works_for(found.seller_id, *access.KEEPERS),
        phone=format_phone(found.phone) if found.phone else "",
        base=f"/console/{found.seller_id}/cases",
        side=SELLER,
        **page_facts(found, error),
    )


def page_facts(found: CaseFacts, error: DomainError | None) -> dict[str, object]:
    """What the pages of seller and officer have in common."""
    case = case_facts.facts(db.session(), found.id)
    return {
        "case": case,
        "notes": case_facts.thread(db.session(), found.id),
        "seller": sellers.facts(db.session(), found.seller_id),
        "left_vnd": remedies.left_to_refund_vnd(db.session(), case.subject_kind, case.subject_id),
        "words": case_words,
        "outcomes": OUTCOMES,
        "most_pictures": case_steps.MOST_PICTURES,
        "client_id": new_id(),
        "typed": {name: request.form.get(name, "") for name in TYPED} if error else {},
        "error": error_fields(error) if error else None,
    }
