"""The slots of a way: opened for a day, or for the same day of some weeks, and made larger or smaller."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from shop.console import delivery
from shop.console import delivery_bodies as bodies
from shop.delivery import slots

blueprint = Blueprint(
    "shop_slots", __name__, url_prefix="/console/<seller>/delivery/ways/<way>/slots"
)


@blueprint.post("")
def open_slots(seller: str, way: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> JsonObject:
        return {"opened": slots.open_slots(session, seller, way, bodies.slot_of(body))}

    return delivery.done_on_way(seller, way, act, bodies.SlotForm)


@blueprint.post("/<slot>")
def resize(seller: str, way: str, slot: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        slots.resize(session, seller, slot, int(str(body["capacity"])))

    return delivery.done_on_way(seller, way, act, bodies.ResizeForm)
