"""A buyer asks for the VAT invoice of an order, and reads the answer; receipts name the invoice too."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from core import slots
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from shop import links
from shop.invoices import asking, invoice_bodies, invoice_facts
from shop.invoices.asking import Wanted
from shop.ordering import by_buyer, order_facts
from shop.ordering.by_buyer import ChangingDeviceNeeded
from shop.ordering.order_facts import OrderFacts

blueprint = Blueprint("invoices", __name__, url_prefix="/orders/<code>/invoice")


@blueprint.get("")
def invoice_page(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("")
def ask(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, body: JsonObject) -> JsonObject:
        wanted = Wanted(*(str(body[name]) for name in invoice_bodies.ASKED))
        return {"id": asking.ask(session, code, wanted, login)}

    try:
        login = by_buyer.require_buyer(order, current_login())
        steps.take(login, act, invoice_bodies.AskForm)
    except NotFound:
        raise
    except DomainError as error:
        return _page(order, error)
    return redirect(f"/orders/{code}/invoice?k={order.capability}", steps.SEE_OTHER)


def fill() -> None:
    """Take the places of the invoice on receipts: on the page, and in words for paper."""
    slots.fill("receipt.invoice", on_receipt)
    slots.fill("receipt.invoice_words", on_paper)


def on_receipt(order_code: str) -> Markup:
    """The number of the order's invoice and where it is read; nothing where none was issued."""
    issued = invoice_facts.issued_for(db.session(), order_code)
    return (
        Markup(render_template("shop/invoice_receipt.html", issued=issued))
        if issued
        else Markup("")
    )


def on_paper(order_code: str) -> Markup:
    """The number of the order's invoice in one line."""
    issued = invoice_facts.issued_for(db.session(), order_code)
    return escape(f"{_('Hóa đơn GTGT của đơn này: số')} {issued.number}") if issued else Markup("")


def _order(code: str) -> OrderFacts:
    return order_facts.seen_by(db.session(), code, current_login(), request.args.get("k", ""))


def _page(order: OrderFacts, error: DomainError | None = None) -> ResponseReturnValue:
    mine = order.belongs_to(current_login())
    error = error if mine else ChangingDeviceNeeded()
    of_order = invoice_facts.of_order(db.session(), order)
    html = render_template(
        "shop/invoice.html",
        order=order,
        seller=sellers.facts(db.session(), order.seller_id),
        back=links.order_path(order.code, order.capability),
        invoice=of_order.newest,
        may_ask=of_order.may_ask,
        mine=mine,
        typed={name: request.form.get(name, "") for name in invoice_bodies.ASKED},
        error=steps.refusal(error) if error and mine else "",
        wrong=error.data.get("field", "") if error else "",
    )
    return html, error.status if error else 200
