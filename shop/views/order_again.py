"""Buying the same again: what of an order is still sold, with today's prices, and the way into the cart."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.current import current_login, ensure_device
from shop import links
from shop.buying import again
from shop.ordering import order_facts
from shop.ordering.order_facts import OrderFacts

blueprint = Blueprint("order_again", __name__, url_prefix="/orders/<code>/again")


@blueprint.get("")
def again_page(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("")
def buy_again(code: str) -> ResponseReturnValue:
    order, owner = _order(code), ensure_device()

    def act(session: Session, _: JsonObject) -> JsonObject:
        return {"put": again.put(session, owner.actor, order)}

    return steps.answer(
        lambda: steps.take(owner, act),
        "/cart",
        lambda error: _page(order, steps.refusal(error)),
    )


def _order(code: str) -> OrderFacts:
    key = request.args.get("k", "")
    return order_facts.seen_by(db.session(), code, current_login(), key)


def _page(order: OrderFacts, refused: str = "") -> str:
    return render_template(
        "shop/order_again.html",
        order=order,
        lines=again.read(db.session(), order),
        back=links.order_path(order.code, order.capability),
        refused=refused,
    )
