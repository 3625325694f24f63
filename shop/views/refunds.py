"""The buyer says where money that goes back is sent, and reads how far it has come."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from payments.refunds import account_rules
from shop import links
from shop.ordering import by_buyer, order_facts
from shop.ordering.by_buyer import ChangingDeviceNeeded
from shop.ordering.order_facts import OrderFacts
from shop.refunds import money_back, refund_bodies

blueprint = Blueprint("refunds", __name__, url_prefix="/orders/<code>/refund")


@blueprint.get("")
def refund_page(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("")
def give_account(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, body: JsonObject) -> None:
        typed = (str(body[name]) for name in refund_bodies.ACCOUNT)
        money_back.give_account(session, code, account_rules.read(*typed), login.actor)

    try:
        login = by_buyer.require_buyer(order, current_login())
        steps.take(login, act, refund_bodies.AccountForm)
    except NotFound:
        raise
    except DomainError as error:
        return _page(order, error)
    return redirect(f"/orders/{code}/refund?k={order.capability}", steps.SEE_OTHER)


def _order(code: str) -> OrderFacts:
    return order_facts.seen_by(db.session(), code, current_login(), request.args.get("k", ""))


def _page(order: OrderFacts, error: DomainError | None = None) -> ResponseReturnValue:
    mine = order.belongs_to(current_login())
    error = error if mine else ChangingDeviceNeeded() if error else None
    html = render_template(
        "shop/refund.html",
        order=order,
        seller=sellers.facts(db.session(), order.seller_id),
        back_to=links.order_path(order.code, order.capability),
        money=money_back.of_order(db.session(), order.code),
        mine=mine,
        banks=money_back.banks(),
        typed={name: request.form.get(name, "") for name in refund_bodies.ACCOUNT},
        error=steps.refusal(error) if error and mine else "",
        wrong=_FIELDS.get(str(error.data.get("field", "")), "other") if error else "",
    )
    return html, error.status if error else 200


_FIELDS = {
    **{name: name for name in refund_bodies.ACCOUNT},
    "bin": "bank_bin",
    "account": "account_number",
    "holder": "account_holder",
}
"""Which box of the form a refusal speaks of."""
