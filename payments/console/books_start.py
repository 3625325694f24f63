"""The accountant's page of what stood on each account when the books begin: said once, or taken back."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Count, Line
from core.identity import logins, people, sellers
from core.identity.logins import Login
from core.money import parse_vnd
from payments.console.books import CLOSERS
from payments.desk import rights
from payments.ledger import names, starting
from payments.ledger.starting import Speaker, Start

blueprint = Blueprint("ledger_start", __name__, url_prefix="/console/<seller>/money/books/start")

_ACCOUNT, _TYPED, _DAY, _REASON = 40, 20, 10, 200
_MOST_SEEN = 1000


class StartForm(Body):
    """What stood on an account when a day began, and where that is written."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    account = Line(_ACCOUNT)
    amount = Line(_TYPED)
    day = Line(_DAY)
    reason = Line(_REASON)


class BackForm(Body):
    """Why what was said was wrong."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    account = Line(_ACCOUNT)
    reason = Line(_REASON)


@blueprint.get("")
def start_page(seller: str) -> str:
    login = rights.seer(current_login(), seller)
    return _page(seller, login)


@blueprint.post("")
def say(seller: str) -> ResponseReturnValue:
    """Say once what stood on an account; refused, the page says why and has what was typed."""
    login = logins.require_staff(current_login(), seller, *CLOSERS)

    def act(session: Session, body: JsonObject) -> None:
        amount_vnd = parse_vnd(str(body["amount"]))
        start = Start(str(body["account"]), amount_vnd, _day(str(body["day"])))
        starting.say(session, _speaker(seller, login, body), start)

    return steps.answer(
        lambda: steps.take(login, act, StartForm),
        f"/console/{seller}/money/books/start",
        lambda error: _page(seller, login, steps.refusal(error)),
    )


@blueprint.post("/back")
def take_back(seller: str) -> ResponseReturnValue:
    """Take back what was said, so that another sum may be said."""
    login = logins.require_staff(current_login(), seller, *CLOSERS)

    def act(session: Session, body: JsonObject) -> None:
        starting.take_back(session, _speaker(seller, login, body), str(body["account"]))

    return steps.answer(
        lambda: steps.take(login, act, BackForm),
        f"/console/{seller}/money/books/start",
        lambda error: _page(seller, login, steps.refusal(error)),
    )


def _speaker(seller: str, login: Login, body: JsonObject) -> Speaker:
    return Speaker(seller, login.actor, str(body["reason"]), int(str(body["seen"])))


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadRequest(field="day") from error


def _page(seller: str, login: Login, problem: str = "") -> str:
    session = db.session()
    stands = starting.standing(session, seller)
    known = names.Names(session, seller)
    return render_template(
        "payments/books_start.html",
        seller=sellers.facts(session, seller),
        today=clock.today().isoformat(),
        accounts=[(one, known.of(one.account)) for one in stands],
        day_of=clock.day_of,
        day_words=lambda at_ms: f"{clock.day_of(at_ms):%d/%m/%Y}",
        names=people.names_of(session, {one.actor for one in stands if one.actor}),
        may_say=login.works_for(seller, *CLOSERS),
        typed=request.form,
        problem=problem,
    )
