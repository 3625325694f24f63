"""What a phone at the packing table sends, at once or when it has a network again: each box once."""

from typing import cast

from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from shop.console import packing_bodies
from shop.packing import board, packing
from shop.packing.packing import BoxDone, LineDone, PartDone

blueprint = ApiBlueprint(
    "packing_api",
    __name__,
    url_prefix="/api/v1/sellers/<seller>",
    description="Packing orders, from phones that are not always online.",
)


@blueprint.post("/boxes")
@blueprint.arguments(packing_bodies.BoxBody)
@blueprint.response(200, packing_bodies.BoxAnswer)
def close_box(body: JsonObject, seller: str) -> JsonObject:
    """Close the box of an order as it was packed, all of it or nothing."""
    login = access.require(current_login(), seller, access.STOCKERS)
    lines = cast(list[JsonObject], body["lines"])
    box = BoxDone(str(body["order"]), tuple(map(_line, lines)), str(body["reason"]))

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        done = packing.pack(session, seller, box, login.actor)
        left = board.waiting(session, seller)
        return {"order": box.code, "label": done.label_code, "waits": done.waits, "left": left}

    return steps.do(login, "packing.box", {**body, "seller": seller}, act)


def _line(line: JsonObject) -> LineDone:
    parts = cast(list[JsonObject], line["parts"])
    return LineDone(str(line["line"]), cast(int, line["packs"]), tuple(map(_part, parts)))


def _part(part: JsonObject) -> PartDone:
    return PartDone(cast(int, part["place"]), str(part["lot"]), cast(int, part["weighed"]))
