"""Orders that staff type in: a message is pasted and read, looked over, placed; then the words to send back.

Reading writes nothing: the message stays in the form until the order is placed, and comes back with it
when something is wrong. For those who serve the seller's buyers.
"""

from dataclasses import dataclass, field

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from catalog.cards import unit_of
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms, steps
from core.http.current import current_login
from core.identity import sellers
from core.ids import new_id
from core.phone import format_phone, parse_phone
from shop import links
from shop.buying import order_form
from shop.delivery import ways
from shop.staff import paste_reader, staff_bodies, staff_orders, staff_page
from shop.staff.paste_reader import Pasted
from shop.staff.staff_orders import CHANNELS, KEPT_MINUTES, StaffOrder
from shop.staff.staff_page import Row

blueprint = Blueprint("staff_orders", __name__, url_prefix="/console/<seller>/staff-orders")

ORDER_TAKERS = (*access.STOCKERS, "host")


@dataclass(frozen=True)
class _Look:
    """What the form shows: values by field, rows of goods, and what was read of the message, if one was."""

    values: dict[str, str]
    rows: tuple[Row, ...]
    read: Pasted | None = None
    client_id: str = field(default_factory=new_id)


@blueprint.get("")
def paste_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, ORDER_TAKERS)
    return _paste_page(seller, {})


@blueprint.get("/new")
def blank_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, ORDER_TAKERS)
    channel = request.args.get("channel", "")
    known = channel if channel in CHANNELS else "phone"
    values = staff_page.values_of(Pasted(), known, "", ways.ways_of(db.session(), seller))
    return _form_page(seller, _Look(values, staff_page.rows_of(Pasted())))


@blueprint.post("/read")
def read_message(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, ORDER_TAKERS)
    try:
        body = forms.load(staff_bodies.ReadForm, request.form)
        sold = staff_orders.sold_now(db.session(), seller)
        text = paste_reader.plain(str(body["text"]))
        read = paste_reader.read(text, staff_orders.wares(sold))
    except DomainError as error:
        return _paste_page(seller, dict(request.form), error), error.status
    offered = ways.ways_of(db.session(), seller)
    values = staff_page.values_of(read, str(body["channel"]), text, offered)
    return _form_page(seller, _Look(values, staff_page.rows_of(read), read))


@blueprint.post("")
def place(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, ORDER_TAKERS)
    if request.form.get("look"):  # only the fees to another place are asked for
        return _form_page(seller, _typed())

    def act(session: Session, body: JsonObject) -> JsonObject:
        return {"code": staff_orders.place(session, _wanted(seller, body), login.actor)}

    return steps.answer(
        lambda: steps.take(login, act, staff_bodies.StaffOrderForm),
        lambda told: f"/console/{seller}/staff-orders/{told['code']}/reply",
        lambda error: _form_page(seller, _typed(), error),
    )


@blueprint.get("/<code>/reply")
def reply_page(seller: str, code: str) -> ResponseReturnValue:
    access.require(current_login(), seller, ORDER_TAKERS)
    order = staff_orders.of_seller(db.session(), seller, code)
    return render_template(
        "shop/staff_reply.html",
        seller=sellers.facts(db.session(), seller),
        order=order,
        url=links.order_url(order.code, order.capability),
        phone=order.phone,
        phone_read=format_phone(order.phone),
        channels=CHANNELS,
    )


def _typed() -> _Look:
    """What stands in the form as it was sent, to be shown again; without NUL, which no text of ours holds."""
    typed = {name: request.form.get(name, "").replace("\0", "") for name in staff_bodies.FIELDS}
    return _Look(typed, staff_page.typed_rows(typed))


def _wanted(seller: str, body: JsonObject) -> StaffOrder:
    delivery: JsonObject = {name: body[name] for name in ("way", "address", "commune", "slot")}
    return StaffOrder(
        seller_id=seller,
        name=str(body["name"]),
        phone=parse_phone(str(body["phone"])),
        channel=str(body["channel"]),
        delivery=order_form.choice_of({"delivery": delivery}),
        lines=staff_bodies.lines_of(body),
        kept_minutes=int(str(body["kept"])),
        voucher=str(body["voucher"]),
    )


def _paste_page(seller: str, typed: dict[str, str], error: DomainError | None = None) -> str:
    return render_template(
        "shop/staff_paste.html",
        seller=sellers.facts(db.session(), seller),
        channels=CHANNELS,
        lately=staff_orders.lately(db.session(), seller),
        typed=typed,
        error=steps.refusal(error) if error else "",
    )


def _form_page(seller: str, look: _Look, error: DomainError | None = None) -> str:
    session = db.session()
    return render_template(
        "shop/staff_order.html",
        seller=sellers.facts(session, seller),
        channels=CHANNELS,
        kept=KEPT_MINUTES,
        asking=staff_page.asking_of(session, seller, look.values, look.rows, error),
        sold=staff_orders.sold_now(session, seller),
        unit_of=unit_of,
        look=look,
        error=order_form.told(error) if error else None,
    )
