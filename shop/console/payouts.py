"""Paying members out: lists for the bank, the file it takes, money given by hand, the accounts of members.

A list is paid when the bank's outgoing lines say so; nobody presses "paid". Who sees the seller's money makes
lists, and a large one needs a second person.
"""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalog.growers import members
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError, LoginRequired, NotFound
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, OptionalLine
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.money import parse_vnd
from core.tables import sheets
from payments.desk import rights
from payments.payouts import accounts, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.paying import Wanted
from shop.console import members_book
from shop.members_book import paylist
from shop.members_book.booking import payee_of

blueprint = Blueprint("payouts", __name__, url_prefix="/console/<seller>/money")

_MOST = 500
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class DraftForm(Body):
    """Who is paid is ticked beside it; `until` is the last day that counts, empty for all."""

    client_id = ClientId()
    until = OptionalLine(10)


class AccountForm(Body):
    """Where a member is paid."""

    client_id = ClientId()
    bank_name = Line(80)
    account_number = Line(30)
    account_holder = Line(80)


class CashForm(Body):
    """Money handed to a member, and how they said so."""

    client_id = ClientId()
    amount = Line(20)
    said = Line(80)


@blueprint.get("/payouts")
def list_page(seller: str) -> str:
    rights.seer(current_login(), seller)
    return _list(seller)


@blueprint.post("/payouts")
def draft(seller: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)
    try:
        chosen = ticked("member")
        rest = [(name, text) for name, text in request.form.items(multi=True) if name != "member"]
        body = forms.load(DraftForm, MultiDict(rest))
        until_ms = _end_of(str(body["until"]))

        def act(session: Session, _fields: JsonObject) -> JsonObject:
            wanted = paylist.chosen(session, seller, chosen, until_ms)
            return {"run": paying.draft(session, seller, wanted, login.actor)}

        answer = steps.do(login, request.path, {**body, "members": [*chosen]}, act)
    except LoginRequired:
        raise
    except DomainError as error:
        return _list(seller, error), error.status
    return redirect(f"/console/{seller}/money/payouts/{answer['run']}", steps.SEE_OTHER)


@blueprint.get("/payouts/<run>")
def run_page(seller: str, run: str) -> str:
    rights.seer(current_login(), seller)
    return _run(seller, run)


@blueprint.get("/payouts/<run>/file.<kind>")
def run_file(seller: str, run: str, kind: str) -> Response:
    rights.seer(current_login(), seller)
    if kind not in _TYPES:
        raise NotFound()
    sheet = paylist.for_bank(db.session(), seller, run)
    raw = sheets.as_csv(sheet) if kind == "csv" else sheets.as_xlsx(sheet)
    answer = Response(raw, content_type=_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="chi-tra.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/payouts/<run>/agree")
def agree(seller: str, run: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)
    return _run_step(login, seller, run, paying.agree)


@blueprint.post("/payouts/<run>/cancel")
def cancel(seller: str, run: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)
    return _run_step(login, seller, run, paying.cancel)


@blueprint.post("/members/<member>/account")
def put_account(seller: str, member: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        payee = payee_of(members.get(session, seller, member).id)
        names = ("bank_name", "account_number", "account_holder")
        new = NewAccount(payee, *(str(body[name]) for name in names))
        return {"account": accounts.put(session, seller, new, login.actor)}

    return members_book.step(login, seller, member, act, AccountForm)


@blueprint.post("/members/<member>/cash")
def give_cash(seller: str, member: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        found = members.get(session, seller, member)
        given = Wanted(payee_of(found.id), found.name, parse_vnd(str(body["amount"])))
        return {"payout": paying.give_cash(session, seller, given, str(body["said"]), login.actor)}

    return members_book.step(login, seller, member, act, CashForm)


def ticked(name: str) -> list[str]:
    """The boxes called `name` that were ticked in this request's form; raises BadRequest."""
    found = request.form.getlist(name)
    if len(set(found)) < len(found) or len(found) > _MOST:
        raise BadRequest(field=name, why="given twice")
    return found


def _end_of(day: str) -> int | None:
    """The end of a day of ours (UTC ms), None for none; raises BadRequest."""
    if not day:
        return None
    try:
        found = date.fromisoformat(day)
        return clock.midnight_ms(found + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise BadRequest(field="until", why="not a day") from error


def _until_asked() -> str:
    """The last day that counts as the page was asked for it; empty where it is none."""
    day = request.values.get("until", "")
    try:
        return day if _end_of(day) else ""
    except BadRequest:
        return ""


def _run_step(
    login: Login, seller: str, run: str, do: Callable[[Session, str, str, str], None]
) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject) -> None:
        do(session, seller, run, login.actor)

    return steps.answer(
        lambda: steps.take(login, act),
        f"/console/{seller}/money/payouts/{run}",
        lambda error: _run(seller, run, error),
    )


def _list(seller: str, error: DomainError | None = None) -> str:
    session = db.session()
    return render_template(
        "shop/payouts.html",
        seller=sellers.facts(session, seller),
        payable=paylist.payable(session, seller, _end_of(_until_asked())),
        until=_until_asked(),
        today=clock.today().isoformat(),
        runs=lists.runs(session, seller),
        client_id=new_id(),
        error=steps.refusal(error) if error else "",
    )


def _run(seller: str, run: str, error: DomainError | None = None) -> str:
    session = db.session()
    found = lists.run(session, seller, run)
    return render_template(
        "shop/payout_run.html",
        seller=sellers.facts(session, seller),
        run=found,
        accounts=accounts.of_ids(session, found.account_ids),
        error=steps.refusal(error) if error else "",
    )
