"""The page "Tôi đã thấy tiền": tell of money seen in the bank's app, see what the bank made of it, take back.

All who see money may tell: their name stands with it. Reached from the money front page and from an order.
"""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine
from core.identity import people, sellers
from core.identity.logins import Login
from core.money import parse_vnd
from payments.bank import accounts, seen_rules
from payments.bank.seen_rules import Standing
from payments.desk import front, open_payments, rights, seen, seen_list
from payments.desk.cards import Card
from payments.desk.desk_errors import NoSuchPayment
from payments.desk.seen import Sight, Witness

blueprint = Blueprint("money_seen", __name__, url_prefix="/console/<seller>/money/seen")

_TYPED, _REASON, _MEMO, _CODE = 20, 200, 200, 40
_MOST_TAIL = 80
Act = Callable[[Session, JsonObject], None]


class SeenForm(Body):
    """What the bank's app shows of one sum that came, and why it is told by hand."""

    client_id = ClientId()
    account = Opaque()
    amount = Line(_TYPED)
    tail = Line(_MOST_TAIL)
    day = Line(10)
    memo = OptionalLine(_MEMO)
    reason = Line(_REASON)


class TakeBackForm(Body):
    """Why the word no longer stands."""

    client_id = ClientId()
    reason = Line(_REASON)


@blueprint.get("")
def seen_page(seller: str) -> str:
    rights.seer(current_login(), seller)
    return _page(seller)


@blueprint.post("")
def say(seller: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> None:
        sight = Sight(
            str(body["account"]),
            parse_vnd(str(body["amount"])),
            seen_rules.tail_of(str(body["tail"])),
            seen_rules.day_of(str(body["day"]), clock.today()),
            str(body["memo"]),
        )
        seen.say(session, _witness(session, login, seller, body), sight)

    return _done(seller, login, act, SeenForm)


@blueprint.post("/<line>/back")
def take_back(seller: str, line: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> None:
        seen.take_back(session, line, _witness(session, login, seller, body))

    return _done(seller, login, act, TakeBackForm)


def card(session: Session, _login: Login, seller_id: str) -> Card:
    """The way here from the money front page; marked where a statement does not hold what was seen."""
    waits = seen_list.open_of(session, seller_id)
    missing = sum(one.standing is Standing.MISSING for one in waits)
    return Card(
        "money/seen",
        "user-check",
        _("Tôi đã thấy tiền"),
        _("Tiền thấy trong app ngân hàng, ghi tên người xác nhận, chờ sao kê"),
        _("%(n)s không có trong sao kê", n=missing)
        if missing
        else (_("%(n)s chờ sao kê", n=len(waits)) if waits else ""),
    )


def _witness(session: Session, login: Login, seller: str, body: JsonObject) -> Witness:
    name = people.names_of(session, {login.actor})[login.actor]
    return Witness(seller, login.actor, name, str(body["reason"]))


def _done(seller: str, login: Login, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do one step, once; refused, the page says why and has what was typed."""
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/money/seen",
        lambda error: _page(seller, steps.refusal(error)),
    )


def _page(seller: str, problem: str = "") -> str:
    session = db.session()
    watched = front.watched(session, seller)
    return render_template(
        "payments/money_seen.html",
        seller=sellers.facts(session, seller),
        now_ms=clock.now_ms(),
        today=clock.today().isoformat(),
        accounts=accounts.of_seller(session, seller),
        receiving=next((one.account.books_id for one in watched if one.receives), ""),
        heard={one.account.books_id for one in watched if one.feeds},
        asked=_asked(session, seller, request.args.get("code", "")[:_CODE]),
        waits=seen_list.open_of(session, seller),
        done=seen_list.lately(session, seller),
        typed=request.form,
        problem=problem,
    )


def _asked(session: Session, seller: str, code: str) -> open_payments.OpenPayment | None:
    """The payment for which somebody came here, if it still asks for money."""
    try:
        return open_payments.by_code(session, seller, code) if code else None
    except NoSuchPayment:
        return None
