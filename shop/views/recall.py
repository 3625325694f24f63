"""The recall page of a seller's desk: one tap asks, the second stops the sale, then the list to call.

For those who handle goods; buyers' numbers are shown here because somebody has to call them.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.http import forms, steps
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from core.phone import format_phone
from shop import recall, schemas

blueprint = Blueprint("shop_recall", __name__, url_prefix="/console/<seller>/recall/<lot>")


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

    def act(session: Session, asked: JsonObject) -> None:
        recall.recall(session, seller, lot, login.actor, cast(str, asked["reason"]))

    steps.do(login, "recall", {**body, "lot": lot}, act)
    return redirect(f"/console/{seller}/recall/{lot}", steps.SEE_OTHER)


@blueprint.post("/told")
def tick(seller: str, lot: str) -> ResponseReturnValue:
    login = _staff(seller)
    body = forms.load(schemas.ToldForm, request.form)
    code = cast(str, body["order"])

    def act(session: Session, _asked: JsonObject) -> None:
        recall.tick(session, seller, lot, code, login.actor)

    steps.do(login, "recall.told", {**body, "lot": lot}, act)
    return redirect(f"/console/{seller}/recall/{lot}#o-{code}", steps.SEE_OTHER)


def _staff(seller_id: str) -> Login:
    return access.require(current_login(), seller_id, access.STOCKERS)
