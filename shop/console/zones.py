"""A seller's zones: lists of provinces and communes, typed one a line as people write them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.fields import StepForm
from shop.console import delivery
from shop.console import delivery_bodies as bodies
from shop.delivery import zones

blueprint = Blueprint("shop_zones", __name__, url_prefix="/console/<seller>/delivery/zones")


@blueprint.get("")
def zones_page(seller: str) -> ResponseReturnValue:
    delivery.staff(seller)
    return _page(seller)


@blueprint.post("")
def draw(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> JsonObject:
        places = zones.read_places(str(body["places"]))
        return {"zone": zones.draw(session, seller, str(body["name"]), places)}

    return _done(seller, act, "")


@blueprint.post("/<zone>")
def redraw(seller: str, zone: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        places = zones.read_places(str(body["places"]))
        zones.redraw(session, seller, zone, str(body["name"]), places)

    return _done(seller, act, zone)


@blueprint.post("/<zone>/end")
def end(seller: str, zone: str) -> ResponseReturnValue:
    login = delivery.keeper(seller)

    def act(session: Session, _body: JsonObject) -> None:
        zones.end(session, seller, zone)

    return steps.answer(
        lambda: steps.take(login, act, StepForm),
        f"/console/{seller}/delivery/zones",
        lambda error: _page(seller, error),
    )


def _done(seller: str, act: steps.Act, zone: str) -> ResponseReturnValue:
    login = delivery.keeper(seller)
    return steps.answer(
        lambda: steps.take(login, act, bodies.ZoneForm),
        f"/console/{seller}/delivery/zones",
        lambda error: _page(seller, error, zone),
    )


def _page(seller: str, error: DomainError | None = None, zone: str = "") -> str:
    known = zones.of_seller(db.session(), seller)
    return delivery.shown(seller, "shop/zones.html", error, zones=known, wrong=zone)
