"""How a seller's goods go out: its ways with their fees, for the people who keep its offers.

Everybody on the staff may look, the keepers change. What was ordered keeps the fee it was placed with.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.phone import format_phone
from shop.console import delivery_bodies as bodies
from shop.delivery import slots, ways, zones
from shop.delivery.slots import SlotFacts
from shop.delivery.ways import KINDS, FeeFacts, Handling
from shop.delivery.zones import ZoneFacts

blueprint = Blueprint("shop_delivery_desk", __name__, url_prefix="/console/<seller>/delivery")


@blueprint.get("")
def delivery_page(seller: str) -> ResponseReturnValue:
    staff(seller)
    return shown(seller, "shop/delivery.html", desk=_desk(seller), kinds=KINDS)


@blueprint.get("/new/<kind>")
def new_way_page(seller: str, kind: str) -> ResponseReturnValue:
    keeper(seller)
    if kind not in KINDS:
        raise NotFound()
    return _new_way(seller, kind)


@blueprint.post("/new/<kind>")
def offer_way(seller: str, kind: str) -> ResponseReturnValue:
    login = keeper(seller)
    if kind not in KINDS:
        raise NotFound()

    def act(session: Session, body: JsonObject) -> JsonObject:
        return {"way": ways.offer(session, seller, bodies.way_of(kind, body))}

    try:
        told = steps.take(login, act, bodies.WayForm)
    except DomainError as error:
        return _new_way(seller, kind, error), error.status
    return redirect(f"/console/{seller}/delivery/ways/{told['way']}", steps.SEE_OTHER)


@blueprint.get("/ways/<way>")
def way_page(seller: str, way: str) -> ResponseReturnValue:
    staff(seller)
    return way_shown(seller, way)


@blueprint.post("/ways/<way>/fees")
def charge(seller: str, way: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> JsonObject:
        return {"fee": ways.charge(session, seller, way, bodies.fee_of(body))}

    return done_on_way(seller, way, act, bodies.FeeForm)


@blueprint.post("/ways/<way>/fees/<fee>/end")
def end_fee(seller: str, way: str, fee: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject) -> None:
        ways.end_fee(session, seller, fee)

    return done_on_way(seller, way, act, StepForm)


@blueprint.post("/ways/<way>/hours")
def take_hours(seller: str, way: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        ways.take_hours(session, seller, way, bodies.hours_of(body))

    return done_on_way(seller, way, act, bodies.HoursForm)


@blueprint.post("/ways/<way>/end")
def end_way(seller: str, way: str) -> ResponseReturnValue:
    login = keeper(seller)

    def act(session: Session, _body: JsonObject) -> None:
        ways.end(session, seller, way)

    steps.take(login, act)
    return redirect(f"/console/{seller}/delivery", steps.SEE_OTHER)


def staff(seller: str) -> Login:
    """Whoever works for the seller and may look."""
    return access.require(current_login(), seller, access.STAFF)


def keeper(seller: str) -> Login:
    """Whoever may change how the seller's goods go out."""
    return access.require(current_login(), seller, access.KEEPERS)


def done_on_way(seller: str, way: str, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    """Take a step of a way's page and show the page; a refusal stands in it, with what was typed."""
    login = keeper(seller)
    _own_way(seller, way)
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/delivery/ways/{way}",
        lambda error: way_shown(seller, way, error),
    )


def way_shown(seller: str, way: str, error: DomainError | None = None) -> str:
    """The page of one way: its fees, its slots, and the forms that add to them."""
    desk = _desk(seller)
    if way not in desk.ways:
        raise NotFound()
    return shown(
        seller,
        "shop/delivery_way.html",
        error,
        way=desk.ways[way],
        way_id=way,
        fees=[fee for fee in desk.fees if fee.way_id == way],
        slots=desk.slots.get(way, ()),
        zones=desk.zones,
    )


def shown(seller: str, template: str, error: DomainError | None = None, **facts: object) -> str:
    """A page of the delivery desk; `error` is told beside what was typed."""
    return render_template(
        template,
        seller=sellers.facts(db.session(), seller),
        desk_tab="delivery",
        typed=request.form,
        error=error_fields(error) if error else None,
        client_id=new_id(),
        read_phone=format_phone,
        **facts,
    )


def _new_way(seller: str, kind: str, error: DomainError | None = None) -> str:
    known = zones.of_seller(db.session(), seller)
    return shown(seller, "shop/delivery_new.html", error, kind=kind, zones=known)


def _own_way(seller: str, way: str) -> None:
    if way not in ways.offered(db.session(), seller):
        raise NotFound()


@dataclass(frozen=True)
class _Desk:
    """All that goes out of a seller's gate, as it is offered today."""

    ways: Mapping[str, Handling]
    fees: tuple[FeeFacts, ...]
    slots: Mapping[str, tuple[SlotFacts, ...]]
    zones: tuple[ZoneFacts, ...]


def _desk(seller: str) -> _Desk:
    session = db.session()
    return _Desk(
        ways=ways.offered(session, seller),
        fees=ways.fees_of(session, seller),
        slots=slots.ahead(session, seller),
        zones=zones.of_seller(session, seller),
    )
