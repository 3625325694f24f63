"""Pages of one order: how to pay it, its QR picture, the poll that turns the page, cancelling."""

from contextlib import suppress
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core import clock, qr_image
from core.db import db, write
from core.errors import Busy, NotFound, ReadOnly
from core.http import forms
from core.http.current import current_login
from core.phone import format_phone
from core.text import mask_phone
from shop import orders, schemas
from shop.buying import journey, pay_page
from shop.buying.pay_page import PayPage
from shop.invoices import invoice_facts
from shop.ordering import freezes
from shop.refunds import surplus

blueprint = Blueprint("order", __name__, url_prefix="/orders/<code>")

_SEE_OTHER = 303


@blueprint.get("")
def order_page(code: str) -> ResponseReturnValue:
    page = _page(code)
    if page.gains_time:
        with suppress(Busy, ReadOnly):  # more time is a kindness; the page itself must still show
            write(lambda session: orders.opened(session, code))
        page = _page(code)
    gift = page.order.gift
    return render_template(
        "shop/pay.html",
        page=page,
        journey=journey.read(db.session(), page.order, current_login()),
        on_top=surplus.of_order(db.session(), page.order, current_login()),
        credit_vnd=surplus.credit_vnd(db.session(), page.order.seller_id, current_login())
        if page.by_buyer
        else 0,
        invoice=invoice_facts.of_order(db.session(), page.order),
        frozen=freezes.is_waiting(db.session(), code),
        urls=_urls(page),
        phone=format_phone(page.order.phone),
        read_phone=format_phone,
        recipient=mask_phone(gift.phone) if gift else "",
    )


@blueprint.get("/state")
def order_state(code: str) -> ResponseReturnValue:
    page = _page(code)
    told = {
        "version": page.version,
        "shows": page.state,
        "state": page.order.state,
        "paid_vnd": page.payment.paid_vnd,
        "due_vnd": page.payment.due_vnd,
        "pay_by": clock.iso(page.order.pay_by_ms),
    }
    return _unless_known(jsonify(told), page.version)


@blueprint.get("/qr.png")
def order_picture(code: str) -> ResponseReturnValue:
    page = _page(code)
    if page.payment.qr_payload is None or not page.asks:
        raise NotFound()
    picture = make_response(qr_image.png(page.payment.qr_payload))
    picture.mimetype = "image/png"
    return _unless_known(picture, f"qr-{page.payment.due_vnd}")


@blueprint.post("/cancel")
def cancel_order(code: str) -> ResponseReturnValue:
    reason = str(forms.load(schemas.CancelForm, request.form)["reason"])
    page, login = _page(code), current_login()
    actor = login.actor if login else f"link:{code}"
    how = orders.Cancellation(actor, reason, by_buyer=page.by_buyer)
    write(lambda session: orders.cancel(session, code, how))
    return redirect(page.path, _SEE_OTHER)


def _page(code: str) -> PayPage:
    return pay_page.read(db.session(), code, current_login(), request.args.get("k", ""))


def _urls(page: PayPage) -> dict[str, str]:
    """The addresses the page uses; `due` makes a new picture's address new."""
    path, key = f"/orders/{page.order.code}", f"?k={quote(page.order.capability)}"
    return {
        "state": f"{path}/state{key}",
        "picture": f"{path}/qr.png{key}&due={page.payment.due_vnd}",
        "cancel": f"{path}/cancel{key}",
        "card": f"{path}/card{key}",
    }


def _unless_known(response: Response, mark: str) -> ResponseReturnValue:
    """The response, or 304 to whoever has it already."""
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
