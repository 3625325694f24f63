"""The purse page: open it with change, see what must lie in it, put in or take out, count and close.

Everybody who handles goods has a purse of their own; those who keep the books see all of them.
"""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import NotFound
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, OptionalLine
from core.identity import sellers
from core.identity.logins import Login
from core.money import parse_vnd
from shop.cash import purses
from shop.cash.purses import Keeper, Move

blueprint = Blueprint("shop_cash", __name__, url_prefix="/console/<seller>/cash")

_TYPED = 20
_NOTE = 200
_SEE_ALL = (*access.KEEPERS, "accountant")


Act = Callable[[Session, JsonObject, Login], None]
"""What a form does, as its fields say, for whoever sent it."""


class OpenForm(Body):
    """The change a purse begins with, as people write money; empty for none."""

    client_id = ClientId()
    change = OptionalLine(_TYPED)


class MoveForm(Body):
    """Cash put in or taken out by hand, and why."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf([purses.IN, purses.OUT]))
    amount = Line(_TYPED)
    note = OptionalLine(_NOTE)


class CountForm(Body):
    """What was counted in the purse, and a word on a difference."""

    client_id = ClientId()
    counted_cash = Line(_TYPED)
    note = OptionalLine(_NOTE)


@blueprint.get("")
def cash_page(seller: str) -> ResponseReturnValue:
    return _page(seller, _staff(seller))


@blueprint.post("/open")
def open_purse(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> None:
        float_vnd = parse_vnd(str(body["change"]) or "0")
        purses.open_purse(session, seller, Keeper(login.actor, login.name), float_vnd)

    return _done(seller, act, OpenForm)


@blueprint.post("/<purse>/moves")
def move(seller: str, purse: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> None:
        _own(session, seller, purse, login)
        amount_vnd = parse_vnd(str(body["amount"]))
        purses.move(session, seller, purse, Move(str(body["kind"]), amount_vnd, str(body["note"])))

    return _done(seller, act, MoveForm)


@blueprint.post("/<purse>/count")
def count(seller: str, purse: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> None:
        _own(session, seller, purse, login)
        counted_vnd = parse_vnd(str(body["counted_cash"]))
        purses.close(session, seller, purse, counted_vnd, str(body["note"]))

    return _done(seller, act, CountForm)


def _own(session: Session, seller: str, purse: str, login: Login) -> None:
    """Refuse a purse that is neither one's own nor one's to keep books of."""
    keeper = purses.facts(session, seller, purse).keeper
    if keeper != login.actor and not login.works_for(seller, *_SEE_ALL):
        raise NotFound()


def _done(seller: str, act: Act, form: type[Body]) -> ResponseReturnValue:
    """Do a step once under its client id; refused, the page says why and has what was typed."""
    login = _staff(seller)

    def once(session: Session, body: JsonObject) -> None:
        act(session, body, login)

    return steps.answer(
        lambda: steps.take(login, once, form),
        f"/console/{seller}/cash",
        lambda error: _page(seller, login, steps.refusal(error)),
    )


def _page(seller: str, login: Login, problem: str = "") -> str:
    session = db.session()
    sees_all = login.works_for(seller, *_SEE_ALL)
    return render_template(
        "shop/cash.html",
        seller=sellers.facts(session, seller),
        desk_tab="hand-over",
        mine=purses.mine(session, seller, login.actor),
        pocket_vnd=purses.in_pocket_vnd(session, seller, login.actor),
        others=[
            one
            for one in purses.of_seller(session, seller, "" if sees_all else login.actor)
            if one.closed_ms or one.keeper != login.actor
        ],
        sees_all=sees_all,
        problem=problem,
        typed=request.form,
    )


def _staff(seller: str) -> Login:
    return access.require(current_login(), seller, (*access.STOCKERS, "accountant"))
