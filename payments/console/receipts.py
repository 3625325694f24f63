"""The seller's receipts: found by number or code, and declared void by a named keeper with a reason."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line
from core.identity import people, sellers
from core.identity.logins import Login, require_staff
from payments.desk import rights
from payments.desk.cards import Card
from payments.receipts import register, voids
from payments.receipts.models import REASON_LENGTH
from payments.receipts.voids import Declaration

blueprint = Blueprint("receipt_desk", __name__, url_prefix="/console/<seller>/money/receipts")

_KEEPERS = ("owner", "manager")
_MOST_TYPED = 60


class VoidForm(Body):
    """Why the receipt no longer counts."""

    client_id = ClientId()
    reason = Line(REASON_LENGTH)


@blueprint.get("")
def list_page(seller: str) -> str:
    rights.seer(current_login(), seller)
    return _page(seller)


@blueprint.post("/<int(max=9007199254740991):number>/void")
def declare_void(seller: str, number: int) -> ResponseReturnValue:
    login = require_staff(current_login(), seller, *_KEEPERS)

    def act(session: Session, body: JsonObject) -> None:
        by = Declaration(login.actor, str(body["reason"]))
        voids.declare(session, seller, number, by)

    return steps.answer(
        lambda: steps.take(login, act, VoidForm),
        f"/console/{seller}/money/receipts?q={number}",
        lambda error: _page(seller, number, error),
    )


def card(_session: Session, _login: Login, _seller: str) -> Card:
    """The way here from the money front page."""
    return Card(
        "money/receipts",
        "badge-check",
        _("Biên nhận đã phát"),
        _("Tìm theo số hoặc mã đơn, hủy cái phát nhầm"),
    )


def _page(seller: str, tried: int = 0, error: DomainError | None = None) -> str:
    """The list; what was typed stands again at the receipt `tried`."""
    session, wanted = db.session(), str(tried or request.args.get("q", ""))[:_MOST_TYPED]
    found = register.entries(session, seller, wanted)
    login = current_login()
    return render_template(
        "payments/receipt_desk.html",
        seller=sellers.facts(session, seller),
        entries=found,
        names=people.names_of(session, {one.void.actor for one in found if one.void}),
        wanted=wanted,
        tried=tried,
        typed=request.form.get("reason", ""),
        may_void=login is not None and login.works_for(seller, *_KEEPERS),
        error=steps.refusal(error) if error else "",
    )
