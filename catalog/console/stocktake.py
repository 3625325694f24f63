"""Pages that work with no network: counting at the shelf, selling at a stall, and what keeps them.

The pages carry all they need; what is typed stays on the phone until the market has answered (ADR 0015).
"""

import hashlib
import json

from flask import Blueprint, Response, request

from catalog import access, listings, shelves, stock
from catalog.cards import unit_of
from catalog.console import frame
from catalog.stock import PointFacts
from core.db import db
from core.errors import NotFound
from core.http import kept, pages
from core.money import MAX_VND

blueprint = Blueprint("stocktake_console", __name__, url_prefix="/console")

_EVERY_PAGE = ("core/app.css", "core/base.js", "core/icons.svg", "core/desk.css")
_COUNT_PAGE = "/console/[a-z0-9]+/stock/count"
_STALL_PAGE = "/console/[a-z0-9]+/stall/[a-z0-9]+"
_KEPT_PICTURES = ("/static/art/favicon.svg", "/static/art/brocade.svg")


@blueprint.get("/<seller>/stock/count")
def count_page(seller: str) -> str:
    frame.staff(seller, access.STOCKERS)
    points = stock.points_of(db.session(), seller)
    asked = request.args.get("point")
    chosen = _point(points, asked) if asked else next(iter(points), None)
    goods = shelves.of_seller(db.session(), seller, chosen.id) if chosen else ()
    return frame.page(
        seller,
        "stock_count.html",
        "stock",
        goods=[one for one in goods if any(shelf.lots for shelf in one.shelves)],
        gone=shelves.gone_from(db.session(), seller, chosen) if chosen else (),
        points=points,
        chosen=chosen,
    )


@blueprint.get("/<seller>/stall/<point>")
def stall_page(seller: str, point: str) -> str:
    frame.staff(seller)
    points = stock.points_of(db.session(), seller)
    chosen = _point(points, point)
    here = {
        one.product_id: sum(shelf.available for shelf in one.shelves)
        for one in shelves.of_seller(db.session(), seller, chosen.id)
    }
    offered = [one for one in listings.of_seller(db.session(), seller) if one.on_sale]
    return frame.page(
        seller,
        "stall.html",
        "stock",
        chosen=chosen,
        offered=sorted(offered, key=lambda one: here.get(one.product_id, 0) == 0),
        here=here,
        unit_of=unit_of,
        most_vnd=MAX_VND,
    )


@blueprint.get("/worker.js")
def worker() -> Response:
    """The desk's service worker.

    Another build makes another script, so phones fetch its files and drop the old ones.
    """
    known = kept.kept()
    files = [pages.asset(name) for name in known.assets]
    version = hashlib.sha256(" ".join((*files, *known.pages)).encode()).hexdigest()[:12]
    told = {"version": version, "assets": [*files, *_KEPT_PICTURES], "pages": known.pages}
    facts = json.dumps(told)
    script = f'self.DESK = {facts};\nimportScripts("{pages.asset("catalog/worker.js")}");\n'
    return Response(script, mimetype="text/javascript")


def keep_pages() -> None:
    """Have phones keep the two pages, and what every kept page of the desk needs."""
    kept.keep(_COUNT_PAGE, *_EVERY_PAGE, "catalog/stock.css", "catalog/count.js")
    kept.keep(_STALL_PAGE, "catalog/stall.js")


def _point(points: tuple[PointFacts, ...], point_id: str) -> PointFacts:
    found = next((point for point in points if point.id == point_id), None)
    if found is None:
        raise NotFound()
    return found
