"""A seller's accounts: which one receives, one more added, a change asked for, confirmed or stopped.

All who see money may look; only owners act.
"""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, StepForm
from core.identity import people, sellers, staff
from core.identity.logins import Login
from payments.bank.change_rules import WAITING
from payments.desk import front, rights
from payments.receiving import changes
from payments.receiving.changes import Given

blueprint = Blueprint("receiving", __name__, url_prefix="/console/<seller>/money")

_NUMBER = 40
_NAME = 80
_QR = 600
Act = Callable[[Session, JsonObject, Login], None]
"""What a form does, as its fields say, for which owner."""


class AccountForm(Body):
    """An account, its number and its holder's name twice (the number perhaps as the account's QR text)."""

    client_id = ClientId()
    bank = Line(6)
    account_number = Line(_NUMBER)
    account_again = Line(_QR)
    holder_name = Line(_NAME)
    holder_again = Line(_NAME)


class ChooseForm(Body):
    """That an account shall receive: its number and its holder's name once more."""

    client_id = ClientId()
    account_again = Line(_QR)
    holder_again = Line(_NAME)


@blueprint.get("/accounts")
def accounts_page(seller: str) -> ResponseReturnValue:
    return _page(seller, rights.seer(current_login(), seller))


@blueprint.post("/accounts")
def add(seller: str) -> ResponseReturnValue:
    rights.owner(current_login(), seller)
    demo = sellers.facts(db.session(), seller).demo

    def act(session: Session, body: JsonObject, _: Login) -> None:
        given = _given(seller, body)
        changes.add(session, given, changes.bank_name(given.bank, demo=demo))

    return _done(seller, act, AccountForm)


@blueprint.post("/accounts/<account>/choose")
def choose(seller: str, account: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> None:
        changes.ask(session, account, _given(seller, body), login.actor)

    return _done(seller, act, ChooseForm)


@blueprint.post("/changes/<change>/confirm")
def confirm(seller: str, change: str) -> ResponseReturnValue:
    def act(session: Session, _: JsonObject, login: Login) -> None:
        changes.confirm(session, seller, change, login.actor)

    return _done(seller, act, StepForm)


@blueprint.post("/changes/<change>/stop")
def stop(seller: str, change: str) -> ResponseReturnValue:
    def act(session: Session, _: JsonObject, login: Login) -> None:
        changes.stop(session, seller, change, login.actor)

    return _done(seller, act, StepForm)


def _given(seller: str, body: JsonObject) -> Given:
    names = ("bank", "account_number", "account_again", "holder_name", "holder_again")
    return Given(seller, *(str(body.get(name, "")) for name in names))


def _done(seller: str, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do one step of an owner, once; refused, the page says why and has what was typed."""
    login = rights.owner(current_login(), seller)

    def once(session: Session, body: JsonObject) -> None:
        act(session, body, login)

    return steps.answer(
        lambda: steps.take(login, once, form),
        f"/console/{seller}/money/accounts",
        lambda error: _page(seller, login, steps.refusal(error)),
    )


def _page(seller_id: str, login: Login, problem: str = "") -> str:
    session, seller = db.session(), sellers.facts(db.session(), seller_id)
    lately = changes.lately(session, seller_id)
    actors = {one.asked_by for one in lately} | {
        actor for one in lately for actor in (one.confirmed_by, one.cancelled_by) if actor
    }
    return render_template(
        "payments/money_accounts.html",
        seller=seller,
        now_ms=clock.now_ms(),
        watched=front.watched(session, seller_id),
        waiting=next((one for one in lately if one.state == WAITING), None),
        lately=lately,
        names=people.names_of(session, actors),
        banks=changes.bank_names(demo=seller.demo),
        me=login.actor,
        is_owner=login.works_for(seller_id, *rights.OWNERS),
        owners=len(staff.of_seller(session, seller_id, rights.OWNERS)),
        typed=request.form,
        tried=(request.view_args or {}).get("account", ""),
        problem=problem,
    )
