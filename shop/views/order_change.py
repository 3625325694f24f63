"""Changing an order, for its buyer: where and how it goes, what is in it, what travels with it.

Whoever only holds the link may look at the order, not change it, and is told how it can be done. What
costs something is shown before it is confirmed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import listings
from catalog.cards import unit_of
from catalog.listings import ListingFacts
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import forms, steps
from core.http.current import current_login
from core.identity.logins import Login
from shop import links
from shop.buying import asking, order_form, pay_page
from shop.buying.asking import Purchase
from shop.buying.pay_page import PayPage
from shop.ordering import adding, by_buyer, order_facts, what_if
from shop.ordering.by_buyer import Agreed
from shop.ordering.pricing import DeliveryChoice
from shop.ordering.what_if import NewSum
from shop.shipments import joining
from shop.views import order_bodies

blueprint = Blueprint("order_change", __name__, url_prefix="/orders/<code>/change")

_DELIVERY = ("commune", "way", "slot", "address")
_DROPPED = "khách đổi ý"
"""The reason kept where a buyer gave none; frozen in Vietnamese like other words of the history."""
Act = Callable[[Session, JsonObject, Login], JsonObject | None]


@dataclass(frozen=True)
class _Shown:
    """What stands in the form: typed values, a refusal, and the new sum that waits to be confirmed."""

    typed: Mapping[str, str]
    error: DomainError | None = None
    sums: NewSum | None = None


@blueprint.get("")
def change_page(code: str) -> ResponseReturnValue:
    page = _page(code)
    return _changes(page, _Shown(what_if.as_it_is(page.order)))


@blueprint.post("/delivery")
def change_delivery(code: str) -> ResponseReturnValue:
    page = _page(code)
    typed = {name: request.form.get(name, "") for name in _DELIVERY}
    try:
        login = by_buyer.require_buyer(page.order, current_login())
        if "look" in request.form:  # only the fees for the place typed
            return _changes(page, _Shown(typed))
        fields = forms.load(order_bodies.SendForm, request.form)
        choice = _choice(page, fields)
        if fields["seen_fee"] is None:
            sums = what_if.delivered(db.session(), page.order.code, choice)
            return _changes(page, _Shown(typed, sums=sums))
        agreed = Agreed(choice, cast(int, fields["seen_fee"]))
        steps.do(
            login, request.path, fields, lambda session, _: _sent(session, code, login, agreed)
        )
    except NotFound:
        raise
    except DomainError as error:
        return _changes(_page(code), _Shown(typed, error))
    return redirect(page.path, steps.SEE_OTHER)


@blueprint.post("/lines/<line>")
def drop_line(code: str, line: str) -> ResponseReturnValue:
    def act(session: Session, fields: JsonObject, login: Login) -> None:
        reason = str(fields["reason"]) or _DROPPED
        by_buyer.drop_line(session, code, line, login, reason)

    return _done(code, act, order_bodies.DropForm)


@blueprint.post("/together")
def travel_together(code: str) -> ResponseReturnValue:
    def act(session: Session, fields: JsonObject, login: Login) -> None:
        other = order_facts.seen_by(session, str(fields["other_order"]), login, "")
        by_buyer.require_buyer(order_facts.facts(session, code), login)
        by_buyer.require_buyer(other, login)
        joining.join(session, [code, other.code], login.actor)

    return _done(code, act, order_bodies.TogetherForm)


@blueprint.get("/add")
def add_page(code: str) -> ResponseReturnValue:
    return _adding(_page(code), {})


@blueprint.post("/add")
def add_goods(code: str) -> ResponseReturnValue:
    page = _page(code)
    try:
        login = by_buyer.require_buyer(page.order, current_login())

        def act(session: Session, fields: JsonObject) -> JsonObject:
            return {"code": by_buyer.add(session, code, login, order_bodies.wishes_in(fields))}

        told = steps.take(login, act, order_bodies.AddForm)
    except NotFound:
        raise
    except DomainError as error:
        return _adding(_page(code), request.form, error)
    now = order_facts.facts(db.session(), str(told["code"]))
    return redirect(links.order_path(now.code, now.capability), steps.SEE_OTHER)


def _sent(session: Session, code: str, login: Login, agreed: Agreed) -> JsonObject:
    return {"more_vnd": by_buyer.send(session, code, login, agreed)}


def _done(code: str, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do one step of the order's buyer; refused, the page says why and the order is as it was."""
    page = _page(code)
    try:
        login = by_buyer.require_buyer(page.order, current_login())
        steps.take(login, lambda session, fields: act(session, fields, login), form)
    except NotFound:
        raise
    except DomainError as error:
        page = _page(code)
        return _changes(page, _Shown(what_if.as_it_is(page.order), error))
    return redirect(page.path, steps.SEE_OTHER)


def _page(code: str) -> PayPage:
    return pay_page.read(db.session(), code, current_login(), request.args.get("k", ""))


def _choice(page: PayPage, fields: JsonObject) -> DeliveryChoice:
    """The delivery that was filled in; who gets a gift stays as it was."""
    told: JsonObject = {"delivery": {name: fields[name] for name in _DELIVERY}}
    gift = adding.gift_in(page.order)
    return replace(order_form.choice_of(told), gift=gift)


def _refused(page: PayPage, error: DomainError | None) -> DomainError | None:
    """Why this caller changes nothing here: what was refused, or that they only hold the link."""
    try:
        by_buyer.require_buyer(page.order, current_login())
    except DomainError as needed:
        return needed
    return error


def _changes(page: PayPage, shown: _Shown) -> ResponseReturnValue:
    order, error = page.order, _refused(page, shown.error)
    goods_vnd = order.goods_vnd - order.discount_vnd
    ways_to = partial(what_if.ways_to, db.session(), order)
    purchase = Purchase(order.seller_id, max(0, goods_vnd), ways_to)
    asked = asking.shown(purchase, shown.typed, error)
    html = render_template(
        "shop/order_change.html",
        page=page,
        order=order,
        seller=page.seller,
        asking=asked,
        sums=shown.sums,
        mine=page.by_buyer,
        may_change=page.may_change,
        may_drop=order.state in by_buyer.LINES_CHANGE and not page.is_over,
        refused=steps.refusal(error) if error else "",
    )
    return html, error.status if error else 200


def _adding(
    page: PayPage, typed: Mapping[str, str], error: DomainError | None = None
) -> ResponseReturnValue:
    error = _refused(page, error)
    html = render_template(
        "shop/order_add.html",
        page=page,
        order=page.order,
        seller=page.seller,
        listings=_on_sale(page.order.seller_id),
        typed=typed,
        unit_of=unit_of,
        mine=page.by_buyer,
        may_change=page.may_change,
        refused=steps.refusal(error) if error else "",
    )
    return html, error.status if error else 200


def _on_sale(seller_id: str) -> tuple[ListingFacts, ...]:
    found = listings.of_seller(db.session(), seller_id)
    return tuple(one for one in found if one.on_sale and one.available_packs)[
        : order_bodies.MOST_ADDED
    ]
