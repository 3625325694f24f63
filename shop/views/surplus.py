"""The buyer says what becomes of money that came on top, and pays with what they keep."""

from collections.abc import Callable, Mapping

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from shop import links
from shop.ordering import by_buyer, order_facts
from shop.ordering.order_facts import OrderFacts
from shop.refunds import money_back, refund_bodies, surplus

blueprint = Blueprint("surplus", __name__, url_prefix="/orders/<code>")

_WAYS: Mapping[str, Callable[[Session, OrderFacts, Login], None]] = {
    refund_bodies.BACK: surplus.ask_back,
    refund_bodies.KEEP: surplus.keep,
    refund_bodies.UNKEEP: surplus.want_back,
}
"""What each choice does; any other one is the code of an order to put it on."""


@blueprint.get("/surplus")
def surplus_page(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("/surplus")
def choose(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, body: JsonObject) -> None:
        choice = str(body["choice"])
        if choice in _WAYS:
            _WAYS[choice](session, order, login)
        else:
            surplus.put_on(session, order, choice, login)

    try:
        login = by_buyer.require_buyer(order, current_login())
        steps.take(login, act, refund_bodies.SurplusForm)
    except NotFound:
        raise
    except DomainError as error:
        return _page(order, error)
    to_account = request.form["choice"] in (refund_bodies.BACK, refund_bodies.UNKEEP)
    return redirect(_refund_path(order) if to_account else _path(order), steps.SEE_OTHER)


@blueprint.post("/credit")
def use_credit(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, _body: JsonObject) -> JsonObject:
        return {"paid_vnd": surplus.use_credit(session, order, login)}

    try:
        login = by_buyer.require_buyer(order, current_login())
        steps.take(login, act)
    except NotFound:
        raise
    except DomainError as error:
        return _page(order, error)
    return redirect(_path(order), steps.SEE_OTHER)


def _order(code: str) -> OrderFacts:
    return order_facts.seen_by(db.session(), code, current_login(), request.args.get("k", ""))


def _path(order: OrderFacts) -> str:
    return links.order_path(order.code, order.capability)


def _refund_path(order: OrderFacts) -> str:
    return f"/orders/{order.code}/refund?k={order.capability}"


def _page(order: OrderFacts, error: DomainError | None = None) -> ResponseReturnValue:
    session = db.session()
    html = render_template(
        "shop/surplus.html",
        order=order,
        seller=sellers.facts(session, order.seller_id),
        back_to=_path(order),
        on_top=surplus.of_order(session, order, current_login()),
        money=money_back.of_order(session, order.code),
        mine=order.belongs_to(current_login()),
        typed=request.form.get("choice", ""),
        error=steps.refusal(error) if error else "",
    )
    return html, error.status if error else 200
