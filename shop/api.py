"""The shop for programs: cart and orders. Every write goes by its client id."""

from typing import cast

from sqlalchemy.orm import Session

from catalog.cards import unit_of
from core.client_ids import JsonObject, key_of, once
from core.db import db, write
from core.errors import LoginRequired
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.identity.logins import Login
from core.strict_json import JsonValue
from shop import orders, schemas
from shop.buying import cart, checkout, order_form
from shop.buying.cart import CartItem, SellerCart
from shop.ordering import orders_answer

blueprint = ApiBlueprint(
    "shop_api", __name__, url_prefix="/api/v1", description="Cart and orders of the web shop."
)


@blueprint.get("/cart")
@blueprint.response(200, schemas.CartAnswer)
def read_cart() -> JsonObject:
    """The cart, by seller, at today's prices."""
    return _cart_answer(db.session(), _caller())


@blueprint.post("/cart/lines")
@blueprint.arguments(schemas.CartLineBody)
@blueprint.response(200, schemas.CartAnswer)
def add_line(body: JsonObject) -> JsonObject:
    """Put more packs of a listing into the cart."""
    login = _caller()
    listing, packs = cast(str, body["listing"]), cast(int, body["packs"])

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        cart.add(session, login.actor, listing, packs)
        return _cart_answer(session, login)

    return steps.do(login, "cart.add", body, act)


@blueprint.put("/cart/lines/<listing>")
@blueprint.arguments(schemas.CartLineChange)
@blueprint.response(200, schemas.CartAnswer)
def change_line(body: JsonObject, listing: str) -> JsonObject:
    """Have the cart hold exactly so many packs of a listing; 0 takes it out."""
    login = _caller()
    packs = cast(int, body["packs"])

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        cart.put(session, login.actor, listing, packs)
        return _cart_answer(session, login)

    return steps.do(login, "cart.put", {**body, "listing": listing}, act)


@blueprint.post("/cart/orders")
@blueprint.arguments(order_form.OrderBody)
@blueprint.response(200, orders_answer.OrderAnswer)
def order_cart(body: JsonObject) -> JsonObject:
    """Order all the cart holds of one seller: stock is held, and a QR waits for the whole sum."""
    login, form = _caller(), _checkout_form(body)

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        code = checkout.order_cart(session, login, form)
        return orders_answer.answer(session, code)

    return steps.do(login, "cart.order", body, act)


@blueprint.get("/orders/<code>")
@blueprint.arguments(schemas.LinkQuery, location="query")
@blueprint.response(200, orders_answer.OrderAnswer)
def read_order(query: dict[str, str], code: str) -> JsonObject:
    """An order, for its buyer's device or with the capability of its link (`k`); else 404."""
    orders.seen_by(db.session(), code, current_login(), query["k"])
    return orders_answer.answer(db.session(), code)


@blueprint.post("/orders/<code>/cancel")
@blueprint.arguments(schemas.CancelBody)
@blueprint.response(200, orders_answer.OrderAnswer)
def cancel_order(body: dict[str, str], code: str) -> JsonObject:
    """Cancel an order not yet packed; with the link alone, only while it is unpaid."""
    login = current_login()
    order = orders.seen_by(db.session(), code, login, body["k"])
    actor = login.actor if login else f"link:{code}"
    how = orders.Cancellation(actor, body["reason"], by_buyer=order.belongs_to(login))
    asked: JsonObject = {"code": code, "reason": body["reason"]}
    key = key_of(actor, body["client_id"], "order.cancel", asked)

    def act(session: Session) -> JsonObject:
        orders.cancel(session, code, how)
        return orders_answer.answer(session, code)

    return write(lambda session: once(session, key, lambda: act(session)))


def _caller() -> Login:
    login = current_login()
    if login is None:
        raise LoginRequired()
    return login


def _checkout_form(body: JsonObject) -> checkout.CheckoutForm:
    return checkout.CheckoutForm(
        seller_id=cast(str, body["seller"]),
        name=cast(str, body["name"]),
        phone=cast(str, body["phone"]),
        delivery=order_form.choice_of(body),
        voucher=order_form.voucher_in(body),
        if_differs=order_form.wish_if_differs(body),
    )


def _cart_answer(session: Session, login: Login) -> JsonObject:
    parts = cart.read(session, login.actor)
    return {"sellers": [_part_answer(part) for part in parts]}


def _part_answer(part: SellerCart) -> JsonValue:
    return {
        "seller": part.seller_id,
        "goods_vnd": part.goods_vnd,
        "lines": [_line_answer(item) for item in part.items],
    }


def _line_answer(item: CartItem) -> JsonValue:
    listing = item.listing
    return {
        "listing": listing.id,
        "name": listing.name,
        "unit": unit_of(listing),
        "packs": item.packs,
        "left": item.left,
        "unit_price_vnd": item.unit_price_vnd,
        "amount_vnd": item.amount_vnd,
    }
