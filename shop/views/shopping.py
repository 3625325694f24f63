"""Pages before an order: the front page, the cart, the checkout."""

from dataclasses import dataclass
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from catalog import forecasts, listings, product_sheet
from catalog.cards import unit_of
from catalog.listings import MOST_PACKS
from core.client_ids import JsonObject, key_of, once
from core.db import db, write
from core.errors import BadRequest, DomainError
from core.http import forms, steps
from core.http.current import current_login, ensure_device
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.phone import format_phone
from core.quantity import format_quantity
from shop import links, orders, schemas
from shop.buying import asking, cart, checkout, order_form, showcase
from shop.delivery import ways
from shop.refunds import surplus
from shop.reliability import standing
from shop.vouchers import spending

blueprint = Blueprint("shop", __name__, template_folder="../templates")

_SEE_OTHER = 303
_TYPED_LENGTH = 20


@blueprint.get("/")
def front_page() -> ResponseReturnValue:
    return render_template(
        "shop/front.html", page_name="home", front=showcase.front_page(db.session())
    )


@blueprint.get("/cart")
def cart_page() -> ResponseReturnValue:
    return _cart()


@dataclass(frozen=True)
class Mistake:
    """A number of packs as typed that cannot be, and what may be."""

    listing_id: str
    typed: str
    message: str


def _cart(wrong: Mistake | None = None) -> str:
    login = current_login()
    parts = cart.read(db.session(), login.actor) if login else ()
    seller_ids = [part.seller_id for part in parts]
    return render_template(
        "shop/cart.html",
        page_name="cart",
        parts=parts,
        names=sellers.facts_of(db.session(), seller_ids),
        ship_from={one: ways.ship_from_vnd(db.session(), one) for one in seller_ids},
        unit_of=unit_of,
        max_packs=MOST_PACKS,
        wrong=wrong,
    )


def _mistake(listing_id: str, error: BadRequest) -> Mistake:
    """What to say of a number of packs that no cart holds.

    Raises:
        BadRequest: something else is wrong. NotFound: there is no such listing.
    """
    if error.data.get("field") != "packs":
        raise error
    listing = listings.get(db.session(), listing_id)
    most = min(listing.available_packs, MOST_PACKS) if listing.on_sale else 0
    message = (
        gettext(
            "Bạn chọn ít nhất 1, nhiều nhất %(most)s nhé.",
            most=format_quantity(most, "piece", listing.unit_word),
        )
        if most
        else gettext("Món này vừa hết hàng.")
    )
    return Mistake(listing_id, request.form.get("packs", "")[:_TYPED_LENGTH], message)


@blueprint.post("/cart/lines")
def add_to_cart() -> ResponseReturnValue:
    try:
        body = forms.load(schemas.CartLineForm, request.form)
    except BadRequest as error:
        wrong = _mistake(request.form.get("listing", ""), error)
        return product_sheet.shown(wrong.listing_id, wrong.typed, wrong.message), error.status
    listing, packs = cast(str, body["listing"]), cast(int, body["packs"])
    owner = ensure_device()

    def act(session: Session, _asked: JsonObject) -> None:
        cart.add(session, owner.actor, listing, packs)

    steps.do(owner, "form.cart.add", body, act)
    return redirect("/cart", _SEE_OTHER)


@blueprint.post("/cart/lines/<listing>")
def change_cart(listing: str) -> ResponseReturnValue:
    try:
        packs = cast(int, forms.load(schemas.CartChangeForm, request.form)["packs"])
    except BadRequest as error:
        return _cart(_mistake(listing, error)), error.status
    owner = ensure_device().actor
    write(lambda session: cart.put(session, owner, listing, packs))
    return redirect("/cart", _SEE_OTHER)


@blueprint.get("/checkout/<seller>")
def checkout_page(seller: str) -> ResponseReturnValue:
    login = current_login()
    known = {"name": login.name, "phone": _local(login.phone)} if login else {}
    return _checkout(login, seller, _Typed(new_id(), known))


@blueprint.post("/checkout/<seller>")
def place_order(seller: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:  # nobody without a device has a cart
        return redirect("/cart", _SEE_OTHER)
    try:
        if "look" in request.form:  # only the fees for the place typed
            return _checkout(login, seller, _Typed(new_id(), order_form.typed(request.form)))
        body = forms.load(order_form.OrderForm, request.form)
        told = _place(login, cast(str, body["client_id"]), _asked(seller, body))
    except DomainError as error:
        typed = _Typed(new_id(), order_form.typed(request.form))
        return _checkout(login, seller, typed, error)
    return redirect(cast(str, told["path"]), _SEE_OTHER)


@dataclass(frozen=True)
class _Typed:
    """What stands in the checkout form, and the id its next sending goes by."""

    client_id: str
    values: dict[str, str]


def _checkout(
    login: Login | None, seller_id: str, typed: _Typed, error: DomainError | None = None
) -> ResponseReturnValue:
    seller = sellers.facts(db.session(), seller_id)
    part = cart.of_seller(db.session(), login.actor if login else "", seller_id)
    if not part.items:
        return redirect("/cart", _SEE_OTHER)
    ahead = {item.listing.forecast_id for item in part.items if item.listing.forecast_id}
    page = render_template(
        "shop/checkout.html",
        ahead=forecasts.facts(db.session(), ahead) if ahead else {},
        page_name="cart",
        seller=seller,
        part=part,
        asking=asking.shown(_purchase(login, part), typed.values, error),
        client_id=typed.client_id,
        credit_vnd=surplus.credit_vnd(db.session(), seller_id, login),
        unit_of=unit_of,
    )
    return page, error.status if error else 200


def _purchase(login: Login | None, part: cart.SellerCart) -> asking.Purchase:
    session = db.session()
    person_id = (login.person_id if login else None) or ""
    return asking.Purchase(
        part.seller_id,
        part.goods_vnd,
        lambda commune: checkout.ways_for(session, part, commune),
        standing.told_to(session, part.seller_id, login),
        by_estimate=any(item.by_estimate for item in part.items),
        off=lambda code: spending.look(
            session, spending.Wish(code, part.seller_id, person_id, part.goods_vnd)
        ),
    )


def _asked(seller: str, body: JsonObject) -> JsonObject:
    """The form in the shape of the API's body."""
    phone = order_form.phone_of(str(body["phone"]))
    return {"seller": seller, "name": body["name"], "phone": phone, **order_form.nested(body)}


def _place(login: Login, client_id: str, asked: JsonObject) -> JsonObject:
    key = key_of(login.actor, client_id, "checkout", asked)
    form = checkout.CheckoutForm(
        seller_id=cast(str, asked["seller"]),
        name=cast(str, asked["name"]),
        phone=cast(str, asked["phone"]),
        delivery=order_form.choice_of(asked),
        voucher=order_form.voucher_in(asked),
        if_differs=order_form.wish_if_differs(asked),
    )

    def act(session: Session) -> JsonObject:
        order = orders.facts(session, checkout.order_cart(session, login, form))
        return {"path": links.order_path(order.code, order.capability)}

    return write(lambda session: once(session, key, lambda: act(session)))


def _local(phone: str) -> str:
    return format_phone(phone) if phone else ""
