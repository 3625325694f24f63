"""The carriers' page: parcels to be fetched, those under way, the seller's account there, and tables by hand.

Whoever moves goods books and looks; only keepers connect an account. A token is taken in and never shown.
"""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, LoginRequired
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body
from core.identity import sellers
from core.identity.logins import Login
from core.tables import sheets
from core.tables.sheets import Sheet
from shop import links
from shop.carriers import adapters, booking, by_hand, connections, parcels
from shop.carriers.by_hand import CheckedStatus
from shop.carriers.status_list import read_statuses
from shop.console import carrier_bodies as bodies

blueprint = Blueprint("shop_carriers", __name__, url_prefix="/console/<seller>/carriers")

_HEADER = (
    "Mã kiện",
    "Người nhận",
    "Điện thoại",
    "Địa chỉ",
    "Cân nặng (g)",
    "Thu hộ (đ)",
    "Đơn",
    "Mã vận đơn",
    "Tình trạng",
)


@blueprint.get("")
def carriers_page(seller: str) -> ResponseReturnValue:
    _stocker(seller)
    return _page(seller)


@blueprint.post("/book")
def book(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> JsonObject:
        labels = str(body["labels"]).split()
        return {"asked": booking.book(session, seller, str(body["carrier"]), labels)}

    return _done(seller, _stocker(seller), act, bodies.BookForm)


@blueprint.post("/cancel")
def cancel(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        booking.cancel(session, seller, str(body["label"]))

    return _done(seller, _stocker(seller), act, bodies.LabelForm)


@blueprint.post("/connect")
def connect(seller: str) -> ResponseReturnValue:
    login = _keeper(seller)

    def act(session: Session, body: JsonObject) -> None:
        given = (str(body["token"]), str(body["pick_up"]))
        connections.connect(session, seller, str(body["carrier"]), given, login.actor)

    return _done(seller, login, act, bodies.AccountForm)


@blueprint.post("/disconnect")
def disconnect(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        connections.disconnect(session, seller, str(body["carrier"]))

    return _done(seller, _keeper(seller), act, bodies.CarrierForm)


@blueprint.get("/parcels.csv")
def parcels_file(seller: str) -> ResponseReturnValue:
    _stocker(seller)
    session = db.session()
    waiting = parcels.waiting(session, seller)
    grams = parcels.weights(session, [one.label_code for one in waiting], seller)
    rows = tuple(
        (
            one.label_code,
            one.name,
            one.phone_shown,
            one.where,
            grams.get(one.label_code, 0),
            one.due_vnd,
            " ".join(one.order_codes),
            "",
            "",
        )
        for one in waiting
    )
    file = Response(sheets.as_csv(Sheet("Kiện", _HEADER, rows)), mimetype="text/csv")
    name = f"kien-hang-{clock.today():%Y-%m-%d}.csv"
    file.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return file


@blueprint.get("/table")
def table_page(seller: str) -> ResponseReturnValue:
    _stocker(seller)
    return _table(seller)


@blueprint.post("/table")
def take_table(seller: str) -> ResponseReturnValue:
    login = _stocker(seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        lines = read_statuses(str(body["status_list"]))
        return {"moved": by_hand.take(session, seller, lines)}

    try:
        body = forms.load(bodies.TableForm, request.form)
        if body["do"] == bodies.LOOK:
            lines = read_statuses(str(body["status_list"]))
            return _table(seller, seen=by_hand.look(db.session(), seller, lines))
        told = steps.take(login, act, bodies.TableForm)
    except LoginRequired:
        raise
    except DomainError as error:
        return _table(seller, steps.refusal(error)), error.status
    return redirect(f"/console/{seller}/carriers/table?moved={told['moved']}", steps.SEE_OTHER)


def _done(
    seller: str, login: Login, act: steps.Act, form: type[Body] | type[Schema]
) -> ResponseReturnValue:
    """Take a step and show the page; a refusal stands in it, with what was typed."""
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/carriers",
        lambda error: _page(seller, steps.refusal(error)),
    )


def _page(seller: str, problem: str = "") -> str:
    session = db.session()
    login = current_login()
    return render_template(
        "shop/carriers.html",
        seller=sellers.facts(session, seller),
        desk_tab="hand-over",
        desk=parcels.desk(session, seller),
        accounts=connections.of_seller(session, seller),
        known=adapters.known(),
        notices_url=links.carrier_notices_url,
        keeps=login is not None and login.works_for(seller, *access.KEEPERS),
        typed=request.form,
        problem=problem,
    )


def _table(seller: str, problem: str = "", seen: tuple[CheckedStatus, ...] | None = None) -> str:
    moved = request.args.get("moved", "")
    return render_template(
        "shop/carrier_table.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="hand-over",
        seen=seen,
        moves=sum(one.verdict == "moves" for one in seen or ()),
        moved=int(moved) if moved.isascii() and moved.isdigit() and len(moved) < 6 else None,
        typed=request.form,
        problem=problem,
    )


def _stocker(seller: str) -> Login:
    return access.require(current_login(), seller, access.STOCKERS)


def _keeper(seller: str) -> Login:
    return access.require(current_login(), seller, access.KEEPERS)
