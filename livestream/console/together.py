"""Selling together, from both sides: the organiser asks sellers in, a seller answers and minds its own goods.

Refuses a seller's pins, prices, money and buyers to everybody but that seller's own hosts.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog.cards import unit_of
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity import logins, sellers
from core.identity.logins import Login
from core.identity.sellers import SellerFacts
from core.ids import new_id
from core.money import MAX_VND, check_vnd, parse_vnd
from core.text import fold
from livestream import access, form_bodies
from livestream.access import HOSTS
from livestream.outside import elsewhere
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.together import campaigns, invitations, stall_page, together_bodies, together_words

blueprint = Blueprint("live_together", __name__, template_folder="../templates")

_MOST_FOUND = 20
_LIMIT = 5
_STALL = "/console/<seller>/shows/<session_id>"


@blueprint.get("/host/<session_id>/sellers")
def sellers_page(session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    access.require_host(db.session(), session_id, login)
    return _sellers_page(session_id)


@blueprint.post("/host/<session_id>/sellers")
def invite(session_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        invitations.invite(session, session_id, str(body["seller"]), login.actor)

    return _organisers_step(session_id, login, act, together_bodies.InviteForm)


@blueprint.post("/host/<session_id>/sellers/<seller_id>/cancel")
def cancel(session_id: str, seller_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, _body: JsonObject) -> None:
        invitations.cancel(session, session_id, seller_id, login.actor)

    return _organisers_step(session_id, login, act)


@blueprint.post("/host/<session_id>/campaign")
def join_campaign(session_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        if body["campaign"]:
            campaigns.join(session, session_id, str(body["campaign"]))
        else:
            campaigns.leave(session, session_id)

    return _organisers_step(session_id, login, act, together_bodies.JoinForm)


@blueprint.post("/host/<session_id>/elsewhere")
def tell_elsewhere(session_id: str) -> ResponseReturnValue:
    login = access.require_host(db.session(), session_id, current_login())

    def act(session: Session, body: JsonObject) -> None:
        elsewhere.tell(session, session_id, str(body["url"]))

    return _organisers_step(session_id, login, act, together_bodies.ElsewhereForm)


@blueprint.get(_STALL)
def stall(seller: str, session_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    logins.require_staff(login, seller, *HOSTS)
    return _stall_page(seller, session_id)


@blueprint.post(f"{_STALL}/answer")
def answer(seller: str, session_id: str) -> ResponseReturnValue:
    login = logins.require_staff(current_login(), seller, *HOSTS)

    def act(session: Session, body: JsonObject) -> None:
        said = invitations.accept if body["answer"] == "yes" else invitations.refuse
        said(session, session_id, seller, login.actor)

    return _stalls_step((seller, session_id), login, act, together_bodies.AnswerForm)


@blueprint.post(f"{_STALL}/withdraw")
def withdraw(seller: str, session_id: str) -> ResponseReturnValue:
    login = logins.require_staff(current_login(), seller, *HOSTS)

    def act(session: Session, _body: JsonObject) -> None:
        invitations.withdraw(session, session_id, seller, login.actor)

    return _stalls_step((seller, session_id), login, act)


@blueprint.post(f"{_STALL}/pins")
def pin(seller: str, session_id: str) -> ResponseReturnValue:
    login = logins.require_staff(current_login(), seller, *HOSTS)

    def act(session: Session, body: JsonObject) -> None:
        new = NewPin(
            listing_id=str(body["listing"]),
            packs=cast(int, body["packs"]),
            price_vnd=_price(body),
            limit_packs=cast(int, body["limit"]),
        )
        invitations.get(session, session_id, seller)
        invitations.pin(session, session_id, new, {seller})

    return _stalls_step((seller, session_id), login, act, together_bodies.StallPinForm)


@blueprint.post(f"{_STALL}/pins/<code>/terms")
def change_terms(seller: str, session_id: str, code: str) -> ResponseReturnValue:
    login = _require_own_pin(seller, session_id, code)

    def act(session: Session, body: JsonObject) -> None:
        pins.change_price(session, session_id, code, _price(body))
        pins.change_allotment(session, session_id, code, cast(int, body["packs"]))

    return _stalls_step((seller, session_id), login, act, form_bodies.PriceForm)


@blueprint.post(f"{_STALL}/pins/<code>/close")
def close_pin(seller: str, session_id: str, code: str) -> ResponseReturnValue:
    login = _require_own_pin(seller, session_id, code)

    def act(session: Session, _body: JsonObject) -> None:
        pins.close(session, session_id, code)

    return _stalls_step((seller, session_id), login, act)


def _require_own_pin(seller: str, session_id: str, code: str) -> Login:
    login = logins.require_staff(current_login(), seller, *HOSTS)
    invitations.get(db.session(), session_id, seller)
    return access.require_pins_host(db.session(), session_id, code, login)


def _price(body: JsonObject) -> int:
    return check_vnd(parse_vnd(str(body["price"])), least=1, most=MAX_VND)


def _organisers_step(
    session_id: str, login: Login, act: steps.Act, form: type[Schema] = StepForm
) -> ResponseReturnValue:
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _sellers_page(session_id, steps.refusal(error)), error.status
    return redirect(f"/host/{session_id}/sellers", steps.SEE_OTHER)


def _stalls_step(
    stall: tuple[str, str], login: Login, act: steps.Act, form: type[Schema] = StepForm
) -> ResponseReturnValue:
    """A step of the seller at its own goods in a session: `stall` names both."""
    seller, session_id = stall
    try:
        steps.take(login, act, form)
    except DomainError as error:
        return _stall_page(seller, session_id, steps.refusal(error)), error.status
    return redirect(f"/console/{seller}/shows/{session_id}", steps.SEE_OTHER)


def _sellers_page(session_id: str, refusal: str = "") -> str:
    show = view.facts(db.session(), session_id)
    guests = invitations.of_session(db.session(), session_id)
    asked = request.args.get("q", "").strip()[:80]
    return render_template(
        "livestream/sellers.html",
        show=show,
        takes_goods=show.state in invitations.OPEN,
        guests=guests,
        asked=asked,
        found=_found(asked, {show.seller_id, *_in_already(guests)}),
        states=together_words.states(),
        joined=campaigns.of_session(db.session(), session_id, "asked", "listed"),
        fairs=campaigns.current(db.session()),
        elsewhere=elsewhere.of_session(db.session(), session_id),
        client_id=new_id(),
        refusal=refusal,
    )


def _in_already(guests: tuple[invitations.Invited, ...]) -> set[str]:
    return {guest.seller_id for guest in guests if guest.state in {"invited", "accepted"}}


def _found(asked: str, known: set[str]) -> list[SellerFacts]:
    """Sellers whose name or commune holds what was asked, those in the session left out."""
    wanted = fold(asked)
    found = [
        one
        for one in sellers.all_sellers(db.session())
        if one.id not in known and wanted in fold(f"{one.name} {one.commune}")
    ]
    return found[:_MOST_FOUND]


def _stall_page(seller: str, session_id: str, refusal: str = "") -> str:
    return render_template(
        "livestream/stall.html",
        stall=stall_page.page(db.session(), session_id, seller),
        seller=sellers.facts(db.session(), seller),
        states=together_words.states(),
        pin_states=together_words.pin_states(),
        unit_of=unit_of,
        limit=_LIMIT,
        refusal=refusal,
    )
