"""The page of carriers' lists: choose the bank's line, paste the list, look at it, settle it in one step."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, LoginRequired
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, Opaque
from core.identity import sellers
from core.identity.logins import Login
from payments.bank import remitted
from shop.cash import remittances
from shop.cash.remittance_list import read_list
from shop.cash.remittances import Look

blueprint = Blueprint("shop_remittances", __name__, url_prefix="/console/<seller>/remittances")

_MOST_TEXT = 60_000
_LOOK, _SETTLE = "look", "settle"


class ListForm(Body):
    """A carrier's list as it was pasted, and the line of the bank it belongs to."""

    client_id = ClientId()
    bank_line = Opaque()
    carrier = Line(80)
    carrier_list = fields.String(required=True, validate=validate.Length(1, _MOST_TEXT))
    do = fields.String(load_default=_SETTLE, validate=validate.OneOf([_LOOK, _SETTLE]))


@blueprint.get("")
def list_page(seller: str) -> ResponseReturnValue:
    _staff(seller)
    return _page(seller)


@blueprint.post("")
def take_list(seller: str) -> ResponseReturnValue:
    login = _staff(seller)
    try:
        body = forms.load(ListForm, request.form)
        if body["do"] == _LOOK:
            listed = read_list(str(body["carrier_list"]))
            return _page(seller, seen=remittances.look(db.session(), seller, listed))
        steps.take(login, lambda session, fields: _settle(session, seller, login, fields), ListForm)
    except LoginRequired:
        raise
    except DomainError as error:
        return _page(seller, steps.refusal(error)), error.status
    return redirect(f"/console/{seller}/remittances", steps.SEE_OTHER)


def _settle(session: Session, seller: str, login: Login, body: JsonObject) -> JsonObject:
    listed = read_list(str(body["carrier_list"]))
    who = (str(body["carrier"]), login.actor)
    return {"id": remittances.settle(session, seller, str(body["bank_line"]), listed, who)}


def _page(seller: str, problem: str = "", seen: Look | None = None) -> str:
    session = db.session()
    lines = remitted.waiting(session, seller)
    chosen = next((one for one in lines if one.id == request.form.get("bank_line")), None)
    return render_template(
        "shop/remittances.html",
        seller=sellers.facts(session, seller),
        desk_tab="hand-over",
        lines=lines,
        chosen=chosen,
        seen=seen,
        missing=seen.missing if seen else remittances.look(session, seller, ()).missing,
        settled=remittances.lately(session, seller),
        typed=request.form,
        problem=problem,
    )


def _staff(seller: str) -> Login:
    return access.require(current_login(), seller, (*access.KEEPERS, "accountant"))
