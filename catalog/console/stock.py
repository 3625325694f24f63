"""What is where: levels per product and point with the lots under them, and the points themselves."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access, shelves, stock
from catalog.console import frame, stock_forms
from catalog.lots import return_book
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms, steps

blueprint = Blueprint("stock_console", __name__, url_prefix="/console/<seller>/stock")


@blueprint.get("")
def levels_page(seller: str) -> str:
    login = frame.staff(seller)
    point = request.args.get("point", "")
    points = stock.points_of(db.session(), seller)
    chosen = next((one for one in points if one.id == point), None)
    goods = shelves.of_seller(db.session(), seller, chosen.id if chosen else None)
    return frame.page(
        seller,
        "stock.html",
        "stock",
        goods=[one for one in goods if one.shelves],
        bare=[one for one in goods if not one.shelves] if chosen is None else [],
        points=points,
        who=login.actor,
        chosen=chosen,
        returned=sum(map(return_book.waits, return_book.of_seller(db.session(), seller))),
        may_count=login.works_for(seller, *access.STOCKERS),
    )


@blueprint.get("/points")
def points_page(seller: str) -> str:
    frame.staff(seller)
    return _points_page(seller)


@blueprint.post("/points")
def open_point(seller: str) -> ResponseReturnValue:
    login = frame.staff(seller, access.STOCKERS)
    try:
        body = forms.load(stock_forms.PointForm, request.form)
        kind, name = str(body["kind"]), str(body["name"])

        def act(session: Session, _body: JsonObject) -> JsonObject:
            return {"point": stock.open_point(session, seller, kind, name)}

        steps.do(login, "stock.point", {**body, "seller": seller}, act)
    except DomainError as error:
        return _points_page(seller, error), error.status
    return redirect(f"/console/{seller}/stock/points", frame.SEE_OTHER)


def _points_page(seller: str, error: DomainError | None = None) -> str:
    goods = shelves.of_seller(db.session(), seller)
    kinds = [
        (point, sum(any(shelf.point == point for shelf in one.shelves) for one in goods))
        for point in stock.points_of(db.session(), seller)
    ]
    return frame.page(
        seller,
        "stock_points.html",
        "stock",
        points=kinds,
        typed=request.form,
        error=frame.fault(error),
    )
