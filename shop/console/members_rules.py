"""The rules of a cooperative's book on the desk: mode, prices of grades, deductions, each from a day on."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access, products
from catalog.growers import holders
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from core.ids import new_id
from core.money import parse_vnd
from shop.members_book import booking, rule_bodies, terms
from shop.members_book.rule_bodies import ModeForm, PriceForm, RateForm
from shop.members_book.terms import NewPrice

blueprint = Blueprint("members_rules", __name__, url_prefix="/console/<seller>/money/members-rules")


@blueprint.get("")
def rules_page(seller: str) -> str:
    access.require(current_login(), seller, access.KEEPERS)
    return _page(seller)


@blueprint.post("/mode")
def set_mode(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        from_ms = rule_bodies.day_of(str(body["day"]))
        terms.set_mode(session, seller, str(body["book_mode"]), from_ms, login.actor)
        booking.settle_all(session, seller)
        return {"ok": True}

    return _step(seller, act, ModeForm)


@blueprint.post("/price")
def set_price(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        product = products.facts(session, seller, str(body["product"])).id
        new = NewPrice(product, str(body["grade"]), parse_vnd(str(body["price"])))
        terms.set_price(session, seller, new, clock.now_ms(), login.actor)
        booking.settle_intakes(session, seller)
        return {"ok": True}

    return _step(seller, act, PriceForm)


@blueprint.post("/rate")
def set_rate(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> JsonObject:
        rate = rule_bodies.rate_of(str(body["percent"]))
        terms.set_rate(session, seller, str(body["kind"]), rate, login.actor)
        return {"ok": True}

    return _step(seller, act, RateForm)


def _step(seller: str, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/money/members-rules",
        lambda error: _page(seller, error),
    )


def _page(seller: str, error: DomainError | None = None) -> str:
    session = db.session()
    rules = terms.of_seller(session, seller)
    goods = holders.products_of(session, seller)
    return render_template(
        "shop/members_rules.html",
        seller=sellers.facts(session, seller),
        modes=rules.modes[::-1],
        prices=[
            (one.name, grade, rows[::-1])
            for one in goods
            for (product, grade), rows in sorted(rules.prices.items())
            if product == one.id
        ],
        rates=rules.rates_at(clock.now_ms()),
        goods=goods,
        typed=request.form,
        today=clock.today().isoformat(),
        client_id=new_id(),
        error=steps.refusal(error) if error else "",
    )
