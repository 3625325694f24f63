"""The market's prices of a week, for everybody; and the page where officers write down what they saw."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalog import communes, kinds, market_prices
from catalog.console import goods_bodies, steps
from catalog.console.steps import Asked
from catalog.market_prices import NewEntry
from catalog.market_rules import LEAST_LINES, LEAST_SELLERS, read_week, week_of
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http.current import current_login
from core.http.fields import Body, StepForm
from core.http.problems import error_fields
from core.http.steps import take
from core.identity import officers
from core.ids import new_id
from core.money import parse_vnd

blueprint = Blueprint("market", __name__, url_prefix="/market")

_SEE_OTHER = 303
_ENTRIES = "/market/entries"


@blueprint.get("")
def board() -> str:
    this = week_of(clock.today())
    week = read_week(request.args.get("week", "")) or this
    week = min(week, this)
    return render_template(
        "catalog/market.html",
        rows=market_prices.board(db.session(), week),
        week=week,
        before=week.plus(-1),
        after=week.plus(1) if week < this else None,
        least=(LEAST_LINES, LEAST_SELLERS),
        officer=officers.held_by(db.session(), current_login()),
    )


@blueprint.get("/entries")
def entries_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect(f"/login?next={_ENTRIES}", _SEE_OTHER)
    officers.require(db.session(), login)
    return _entries_page()


@blueprint.post("/entries")
def add_entry() -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        return {"entry": market_prices.add_entry(session, _entry(asked), asked.actor)}

    return _step(goods_bodies.EntryForm, act)


@blueprint.post("/entries/<entry>/remove")
def remove_entry(entry: str) -> ResponseReturnValue:
    def act(session: Session, asked: Asked) -> JsonObject:
        market_prices.remove_entry(session, entry, asked.actor)
        return {}

    return _step(StepForm, act)


def _step(form: type[Body], act: steps.Act) -> ResponseReturnValue:
    login = current_login()
    officers.require(db.session(), login)
    assert login is not None, "an officer is signed in"
    try:
        take(login, lambda session, body: act(session, Asked(body, login.actor)), form)
    except DomainError as error:
        return _entries_page(error), error.status
    return redirect(_ENTRIES, _SEE_OTHER)


def _entry(asked: Asked) -> NewEntry:
    return NewEntry(
        kind=asked.text("kind"),
        commune_code=communes.code_of(asked.text("commune")),
        price_vnd=parse_vnd(asked.text("price")),
        seen_on=steps.day(asked.text("seen_on"), "seen_on"),
        source=asked.text("source"),
    )


def _entries_page(error: DomainError | None = None) -> str:
    login = current_login()
    officer = officers.require(db.session(), login)
    assert login is not None, "an officer is signed in"
    return render_template(
        "catalog/market_entries.html",
        officer=officer,
        entries=market_prices.entries_of(db.session(), login.actor),
        kinds=[kind for kind in kinds.KINDS.values() if kind.code != "khac"],
        communes=communes.COMMUNES.values(),
        today=clock.today(),
        typed=request.form,
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
