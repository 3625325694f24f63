"""From what a buyer holds to an order: the whole price with delivery, one button, then the page to pay.

The form goes by the client id printed into it, so sending it twice orders once.
"""

from dataclasses import replace
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import forms, steps
from core.http.current import current_login
from core.identity.logins import Login
from core.ids import new_id
from core.phone import format_phone
from livestream.desk import answers
from livestream.errors import EmptyBasket
from livestream.room import basket_page, view
from livestream.room.basket_page import BasketPage
from shop import links, orders
from shop.buying import asking, order_form
from shop.buying.asking import Asking, Purchase
from shop.delivery import choices, ways
from shop.delivery.choices import WayChoice
from shop.reliability import standing
from shop.vouchers import spending
from shop.vouchers.spending import Discount, Wish

blueprint = Blueprint("live_basket", __name__, template_folder="../templates")


@blueprint.get("/live/<session_id>/basket/<seller_id>")
def basket(session_id: str, seller_id: str) -> ResponseReturnValue:
    login = current_login()
    view.public_facts(db.session(), session_id)
    if login is None or login.person_id is None:
        return redirect(f"/live/{session_id}", steps.SEE_OTHER)
    known = {"name": login.name, "phone": format_phone(login.phone)}
    return _page(session_id, seller_id, login, known)


@blueprint.post("/live/<session_id>/basket/<seller_id>")
def place_order(session_id: str, seller_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None or login.person_id is None:
        return redirect(f"/live/{session_id}", steps.SEE_OTHER)
    typed = order_form.typed(request.form)
    if "look" in request.form:  # only the fees for the place typed
        return _page(session_id, seller_id, login, typed)
    try:
        body = forms.load(order_form.OrderForm, request.form)
        answer = answers.order(login, _wanted(session_id, seller_id, body))
    except DomainError as error:
        return _page(session_id, seller_id, login, typed, error), error.status
    order = orders.facts(db.session(), cast(str, answer["code"]))
    return redirect(links.order_path(order.code, order.capability), steps.SEE_OTHER)


def _page(
    session_id: str,
    seller_id: str,
    login: Login,
    typed: dict[str, str],
    error: DomainError | None = None,
) -> str:
    show = view.public_facts(db.session(), session_id)
    facts = None if show.is_lesson else basket_page.page(db.session(), session_id, seller_id, login)
    return render_template(
        "livestream/basket.html",
        page_name="live",
        show=show,
        basket=facts,
        asking=_asking(facts, typed, error) if facts else None,
        client_id=new_id(),
    )


def _asking(facts: BasketPage, typed: dict[str, str], error: DomainError | None) -> Asking:
    def ways_to(commune: str) -> tuple[WayChoice, ...]:
        parcel = replace(facts.parcel, to=ways.destination(commune))
        return choices.with_slow(db.session(), facts.seller.id, parcel)

    refused = None if isinstance(error, EmptyBasket) else error
    login = current_login()

    def off(code: str) -> Discount:
        buyer = (login.person_id if login else None) or ""
        return spending.look(db.session(), Wish(code, facts.seller.id, buyer, facts.goods_vnd))

    first = standing.told_to(db.session(), facts.seller.id, login)
    purchase = Purchase(facts.seller.id, facts.goods_vnd, ways_to, first, facts.by_estimate, off)
    return asking.shown(purchase, typed, refused)


def _wanted(session_id: str, seller_id: str, body: JsonObject) -> JsonObject:
    return {
        "session": session_id,
        "seller": seller_id,
        "client_id": body["client_id"],
        "name": body["name"],
        "phone": order_form.phone_of(str(body["phone"])),
        **order_form.nested(body),
    }
