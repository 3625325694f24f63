"""The recall page of a seller's desk: one tap asks, the second stops the sale, then the list to call.

For those who handle goods; buyers' numbers are shown here because somebody has to call them.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject, key_of_body, once
from core.db import db, write
from core.http import forms
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from core.phone import format_phone
from shop import recall, schemas

blueprint = Blueprint("shop_recall", __name__, url_prefix="/console/<seller>/recall/<lot>")

_SEE_OTHER = 303


@blueprint.get("")
def recall_page(seller: str, lot: str) -> ResponseReturnValue:
    _staff(seller)
    page = recall.read(db.session(), seller, lot)
    return render_template(
        "shop/recall.html",
        page=page,
        lot=page.lot,
        seller=sellers.facts(db.session(), seller),
        desk_tab="lots",
        read_phone=format_phone,
    )


@blueprint.post("")
def stop_sales(seller: str, lot: str) -> ResponseReturnValue:
    login = _staff(seller)
    body = forms.load(schemas.RecallForm, request.form)
    key = key_of_body(login.actor, "recall", {**body, "lot": lot})

    def act(session: Session) -> JsonObject:
        recall.recall(session, seller, lot, login.actor, cast(str, body["reason"]))
        return {}

    write(lambda session: once(session, key, lambda: act(session)))
    return redirect(f"/console/{seller}/recall/{lot}", _SEE_OTHER)


@blueprint.post("/told")
def tick(seller: str, lot: str) -> ResponseReturnValue:
    login = _staff(seller)
    body = forms.load(schemas.ToldForm, request.form)
    code = cast(str, body["order"])
    key = key_of_body(login.actor, "recall.told", {**body, "lot": lot})

    def act(session: Session) -> JsonObject:
        recall.tick(session, seller, lot, code, login.actor)
        return {}

    write(lambda session: once(session, key, lambda: act(session)))
    return redirect(f"/console/{seller}/recall/{lot}#o-{code}", _SEE_OTHER)


def _staff(seller_id: str) -> Login:
    return access.require(current_login(), seller_id, access.STOCKERS)
