"""Vouchers on the desk: a seller's own, those of the province it is asked to take, and the officers' page."""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalog import access
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, NotFound
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity import officers, sellers
from core.identity.logins import Login
from core.ids import new_id
from shop.vouchers import offering, voucher_bodies
from shop.vouchers.models import PROVINCE
from shop.vouchers.voucher_bodies import SponsorForm, VoucherForm

desk = Blueprint("vouchers", __name__, url_prefix="/console/<seller>/vouchers")
province = Blueprint("sponsored_vouchers", __name__, url_prefix="/province/vouchers")

_MOST_SELLERS = 200


@desk.get("")
def list_page(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.READERS)
    return _desk_page(seller, login)


@desk.post("")
def offer(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        new = voucher_bodies.voucher_of(body, clock.now_ms(), clock.today())
        return {"voucher": offering.offer(session, seller, new, login.actor)}

    try:
        steps.take(login, act, VoucherForm)
    except DomainError as error:
        return _desk_page(seller, login, error), error.status
    return redirect(f"/console/{seller}/vouchers", steps.SEE_OTHER)


@desk.post("/<voucher>/stop")
def stop(seller: str, voucher: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)
    return _step(login, seller, lambda session: offering.stop(session, voucher, seller))


@desk.post("/<voucher>/agree")
def agree(seller: str, voucher: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)
    return _step(
        login, seller, lambda session: offering.agree(session, seller, voucher, login.actor)
    )


@province.get("")
def province_page() -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    return _province_page()


@province.post("")
def sponsor() -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    login = current_login()
    assert login is not None, "an officer is signed in"
    try:
        asked = _ticked()
        body = _body_without_sellers(SponsorForm)
        new = voucher_bodies.voucher_of(body, clock.now_ms(), clock.today())

        def act(session: Session, _fields: JsonObject) -> JsonObject:
            _known(session, asked)
            return {"voucher": offering.sponsor(session, asked, new, login.actor)}

        steps.do(login, request.path, {**body, "sellers": [*asked]}, act)
    except DomainError as error:
        return _province_page(error), error.status
    return redirect("/province/vouchers", steps.SEE_OTHER)


@province.post("/<voucher>/stop")
def stop_sponsored(voucher: str) -> ResponseReturnValue:
    officers.require(db.session(), current_login())
    login = current_login()
    assert login is not None, "an officer is signed in"
    _take(login, lambda session: offering.stop(session, voucher, PROVINCE))
    return redirect("/province/vouchers", steps.SEE_OTHER)


def _step(login: Login, seller: str, act: Callable[[Session], None]) -> ResponseReturnValue:
    _take(login, act)
    return redirect(f"/console/{seller}/vouchers", steps.SEE_OTHER)


def _take(login: Login, act: Callable[[Session], None]) -> None:
    def step(session: Session, _body: JsonObject) -> None:
        act(session)

    steps.take(login, step, StepForm)


def _body_without_sellers(form: type[Schema]) -> JsonObject:
    """The form but its ticked sellers, which come once for each."""
    rest = [(name, text) for name, text in request.form.items(multi=True) if name != "seller"]
    if not rest and request.content_length:
        raise BadRequest(field="form", why="not a form in UTF-8")
    return forms.load(form, MultiDict(rest))


def _ticked() -> list[str]:
    asked = request.form.getlist("seller")
    if len(set(asked)) < len(asked):
        raise BadRequest(field="seller", why="given twice")
    return asked[:_MOST_SELLERS]


def _known(session: Session, seller_ids: list[str]) -> None:
    if len(sellers.facts_of(session, seller_ids)) < len(seller_ids):
        raise NotFound()


def _desk_page(seller: str, login: Login, error: DomainError | None = None) -> str:
    return render_template(
        "shop/vouchers.html",
        seller=sellers.facts(db.session(), seller),
        vouchers=offering.of_seller(db.session(), seller),
        may_write=login.works_for(seller, *access.KEEPERS),
        **_shared(error),
    )


def _province_page(error: DomainError | None = None) -> str:
    session = db.session()
    known = sellers.all_sellers(session, most=_MOST_SELLERS)
    return render_template(
        "shop/province_vouchers.html",
        vouchers=offering.of_province(session),
        owed=offering.owed_to_sellers(session),
        sellers=known,
        names={one.id: one.name for one in known},
        ticked=request.form.getlist("seller"),
        **_shared(error),
    )


def _shared(error: DomainError | None) -> dict[str, object]:
    typed = {name: request.form.get(name, "") for name in voucher_bodies.FIELDS}
    return {
        "now": clock.now_ms(),
        "today": clock.today().isoformat(),
        "in_a_week": (clock.today() + timedelta(days=7)).isoformat(),
        "typed": typed,
        "client_id": new_id(),
        "error": steps.refusal(error) if error else "",
    }
