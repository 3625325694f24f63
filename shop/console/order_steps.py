"""One order at the seller's desk: what it is, what comes next, and what may still be changed.

Those who handle goods pack and hand over; taking money, and what ends an order, is for its keepers.
Unknown and another seller's look the same (promise P11).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access, listings, weighing
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, LoginRequired
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity import sellers
from core.identity.logins import Login
from core.phone import format_phone
from payments import payments
from payments.desk import flagged, rights, seen_list
from payments.surplus import choices
from shop.buying import asking, order_form
from shop.buying.asking import Asking, Purchase
from shop.console import order_forms
from shop.ordering import (
    adding,
    balance,
    changes,
    freezes,
    fulfilment,
    order_facts,
    securing,
    weighing_first,
    what_if,
)
from shop.ordering.changes import Delivered
from shop.ordering.line_changes import CHANGING
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.ordering.order_history import entries_of
from shop.refunds import money_back
from shop.reliability import standing
from shop.shipments import joining, shipments
from shop.shipments.labels import spoken

blueprint = Blueprint("order_steps", __name__, url_prefix="/console/orders/<code>")

Step = Callable[[Session, str, str, str], None]
"""An order's code, who does it, and why."""
Act = Callable[[Session, JsonObject, Login], None]
"""What a form does, as its fields say, for whoever sent it."""

_STEPS: Mapping[str, Step] = {
    "cod": lambda session, code, actor, _: securing.secure_by(session, code, securing.COD, actor),
    "cash": lambda session, code, actor, _: securing.take_cash(session, code, actor),
    "start": lambda session, code, actor, _: fulfilment.start_packing(session, code, actor),
    "pack": lambda session, code, actor, _: fulfilment.pack(session, code, actor),
    "aside": fulfilment.stop_packing,
    "unpack": fulfilment.unpack,
    "hand_over": lambda session, code, actor, _: fulfilment.hand_over(session, code, actor),
    "delivered": lambda session, code, actor, _: fulfilment.deliver(session, code, actor),
    "refused": fulfilment.refuse,
    "returned": fulfilment.take_back,
    "off": changes.call_off,
}
_DELIVERY = ("commune", "way", "slot", "address")
_LARGE = {"g": "kg", "ml": "lít"}
"""The word a weight is typed in, by base unit; pieces are not weighed."""
_OF_KEEPERS = frozenset({"cod", "cash", "off"})


@blueprint.get("")
def order_at_desk(code: str) -> ResponseReturnValue:
    return _page(_order(code))


@blueprint.post("/step")
def order_step(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        if fields["do"] in _OF_KEEPERS:
            access.require(login, order.seller_id, access.KEEPERS)
        _STEPS[str(fields["do"])](session, order.code, login.actor, str(fields["reason"]))

    return _done(order, act, order_forms.OrderStepForm)


@blueprint.post("/lines/<line>")
def order_line(code: str, line: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        packs, reason = cast(int, fields["packs"]), str(fields["reason"])
        changes.shorten(session, order.code, Delivered(line, packs, login.actor, reason))

    return _done(order, act, order_forms.LineForm)


@blueprint.post("/weigh")
def order_weigh(code: str) -> ResponseReturnValue:
    """Weigh what is paid only then: its buyer gets the sum."""
    order = _order(code)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        told = _weights(session, order, fields)
        weighing_first.weigh(session, order.code, told, login.actor)

    return _done(order, act, order_forms.WeighForm)


@blueprint.post("/delivery")
def order_delivery(code: str) -> ResponseReturnValue:
    order = _order(code)
    if "look" in request.form:  # only the fees for the place typed
        return _page(order)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        told: JsonObject = {"delivery": {name: fields[name] for name in _DELIVERY}}
        choice = replace(order_form.choice_of(told), gift=adding.gift_in(order))
        changes.change_delivery(session, order.code, choice, login.actor)

    return _done(order, act, order_forms.WayForm)


@blueprint.post("/join")
def order_join(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        other = order_facts.facts(session, str(fields["other_order"]))
        access.require(login, other.seller_id, access.STOCKERS)
        joining.join(session, [order.code, other.code], login.actor)

    return _done(order, act, order_forms.JoinForm)


@blueprint.post("/leave")
def order_leave(code: str) -> ResponseReturnValue:
    order = _order(code)

    def act(session: Session, fields: JsonObject, login: Login) -> None:
        joining.leave(session, order.code, login.actor)

    return _done(order, act, StepForm)


def _weights(session: Session, order: OrderFacts, fields: JsonObject) -> dict[str, int]:
    """Base units by line, of those that were typed; lines of another order are nothing here."""
    lines = {line.id: line for line in order.lines if line.by_weight}
    sold = listings.facts(session, {line.listing_id for line in lines.values()})
    told: dict[str, int] = {}
    for n in range(1, order_forms.MOST_WEIGHED + 1):
        line = lines.get(str(fields.get(f"line_{n}") or ""))
        typed = str(fields.get(f"weight_{n}") or "")
        if line and typed.strip():
            product_id, word = sold[line.listing_id].product_id, _LARGE[line.base_unit]
            told[line.id] = weighing.read(session, order.seller_id, product_id, typed, word)
    return told


def _done(order: OrderFacts, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do a step once under its client id; refused, the page says why and keeps everything as it was."""

    login = _staff(order)

    def once(session: Session, fields: JsonObject) -> None:
        act(session, fields, login)

    return steps.answer(
        lambda: steps.take(login, once, form),
        f"/console/orders/{order.code}",
        lambda error: _page(_order(order.code), error),
    )


def _order(code: str) -> OrderFacts:
    """The order, if who calls handles its seller's goods; else LoginRequired or NotFound."""
    if current_login() is None:
        raise LoginRequired()
    order = order_facts.facts(db.session(), code)
    _staff(order)
    return order


def _staff(order: OrderFacts) -> Login:
    return access.require(current_login(), order.seller_id, access.STOCKERS)


def _asking(session: Session, order: OrderFacts, error: DomainError | None) -> Asking:
    """The form that changes delivery: as it was typed in this request, else as the order is."""
    sent = request.form if "way" in request.form else what_if.as_it_is(order)
    typed = {name: sent.get(name, "") for name in _DELIVERY}
    goods_vnd = order.goods_vnd - order.discount_vnd
    ways_to = partial(what_if.ways_to, session, order)
    return asking.shown(Purchase(order.seller_id, goods_vnd, ways_to), typed, error)


def _page(order: OrderFacts, error: DomainError | None = None) -> str:
    session, login = db.session(), _staff(order)
    return render_template(
        "shop/console_order.html",
        order=order,
        payment=payments.facts(session, reference_of(order.code)),
        on_top=balance.owed(session, order.code),
        missing=fulfilment.unbound(session, order.code),
        history=entries_of(session, order.code),
        asking=_asking(session, order, error) if order.state in CHANGING else None,
        at_the_door=standing.terms_for(session, order.seller_id, order.person_id).at_the_door,
        may_change=order.state in CHANGING,
        keeps=login.works_for(order.seller_id, *access.KEEPERS),
        back=money_back.of_order(session, order.code),
        chosen=choices.of_references(session, money_back.references_of(session, order.code)),
        seen=seen_list.of_reference(session, reference_of(order.code)),
        flagged=flagged.of_reference(session, reference_of(order.code)),
        sees_money=login.works_for(order.seller_id, *rights.SEERS),
        seller=sellers.facts(session, order.seller_id),
        parcel=shipments.of_order(session, order.code),
        companions=joining.companions(session, order.code),
        read_label=spoken,
        refused=steps.refusal(error) if error else "",
        frozen=freezes.is_waiting(session, order.code),
        large_units=_LARGE,
        read_phone=format_phone,
    )
