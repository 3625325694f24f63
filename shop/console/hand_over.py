"""The hand-over page: scan or type a parcel's label, say who takes it; it works without a network too.

The form works before any script arrives; with one, the phone keeps each hand-over and sends it once.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import access
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, LoginRequired
from core.http import kept, steps
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from shop.console.hand_over_bodies import HandOverBody, step_of
from shop.shipments import board
from shop.shipments import steps as parcel_steps
from shop.shipments.labels import spoken

blueprint = Blueprint("shop_hand_over", __name__, url_prefix="/console/<seller>/hand-over")


def keep_pages() -> None:
    """Have phones keep the page; the reader of codes is kept only where it is needed."""
    kept.keep(
        "/console/[a-z0-9]+/hand-over",
        "catalog/stock.css",
        "shop/hand-over.css",
        "shop/hand-over.js",
    )


@blueprint.get("")
def hand_over_page(seller: str) -> ResponseReturnValue:
    _staff(seller)
    return _page(seller)


@blueprint.post("")
def hand_over(seller: str) -> ResponseReturnValue:
    login = _staff(seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        made = parcel_steps.take(session, seller, step_of(body, login.actor))
        return {"label": made.label_code}

    try:
        answer = steps.take(login, act, HandOverBody)
    except LoginRequired:
        raise
    except DomainError as error:
        return _page(seller, steps.refusal(error)), error.status
    return redirect(f"/console/{seller}/hand-over?done={answer['label']}", steps.SEE_OTHER)


def _page(seller: str, problem: str = "") -> str:
    session = db.session()
    done = request.args.get("done", "")
    return render_template(
        "shop/hand_over.html",
        seller=sellers.facts(session, seller),
        desk_tab="hand-over",
        board=board.of_seller(session, seller),
        client_id=new_id(),
        done=spoken(done[:10]) if done else "",
        problem=problem,
        typed=request.form,
        today=clock.today(),
    )


def _staff(seller: str) -> Login:
    return access.require(current_login(), seller, access.STOCKERS)
