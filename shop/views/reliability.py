"""A buyer reads why a seller asks a deposit, and says what they have to say to it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from shop.reliability import appeals, standing
from shop.reliability.reliability_bodies import AppealForm

blueprint = Blueprint("deposits", __name__, url_prefix="/deposits/<seller>")


@blueprint.get("")
def why_page(seller: str) -> ResponseReturnValue:
    return _page(seller)


@blueprint.post("")
def appeal(seller: str) -> ResponseReturnValue:
    login = current_login()
    sellers.facts(db.session(), seller)
    if login is None or login.person_id is None:
        return steps.sign_in()

    def act(session: Session, body: JsonObject) -> None:
        appeals.appeal(session, seller, login, str(body["reason"]))

    return steps.answer(
        lambda: steps.take(login, act, AppealForm),
        f"/deposits/{seller}",
        lambda error: _page(seller, error),
    )


def _page(seller: str, error: DomainError | None = None) -> str:
    login = current_login()
    return render_template(
        "shop/deposit_why.html",
        seller=sellers.facts(db.session(), seller),
        asked=standing.told_to(db.session(), seller, login),
        proved=bool(login and login.verified),
        typed=request.form.get("reason", ""),
        error=steps.refusal(error) if error else "",
    )
