"""The pages of bank statements: send a file, correct how its columns are read, look, take it in."""

import hashlib
import re
from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest, DomainError
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Opaque
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.tables import reading
from core.tables.cells import Table
from core.tables.errors import IsPdf, IsPicture
from payments.bank import accounts
from payments.desk import rights
from payments.statements import layout, shelf, taking
from payments.statements.layout import COLUMNS
from payments.statements.shelf import KeptStatement, NewStatement
from payments.statements.statement_errors import PdfStatement, ScreenshotIsNoProof

blueprint = Blueprint("statements", __name__, url_prefix="/console/<seller>/money/statements")
TAKES_FILES = "statements.send"
MOST_BODY = reading.MOST_BYTES + 64 * 1024
_COLUMN = re.compile(r"column_([0-9]{1,2})")
_SAMPLE = 3
_MOST_PASTED = 60_000
_SHOWN = 200


class SendForm(Body):
    """A file beside these fields, or cells pasted from one; of one of the seller's accounts."""

    client_id = ClientId()
    account = Opaque()
    pasted = fields.String(load_default="", validate=validate.Length(max=_MOST_PASTED))


class ColumnsForm(Body):
    """What the columns are comes beside it, a field each."""

    client_id = ClientId()


class TakeForm(Body):
    """What was shown when the button was pressed."""

    client_id = ClientId()
    shown = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{24}\Z"))


@blueprint.get("")
def statements_page(seller: str) -> str:
    return _home(rights.seer(current_login(), seller), seller)


@blueprint.post("")
def send(seller: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)
    return steps.answer(
        lambda: _send(login, seller),
        lambda sent: _place(seller, str(sent["statement"])),
        lambda error: _home(login, seller, steps.refusal(error)),
    )


@blueprint.get("/<statement>")
def look(seller: str, statement: str) -> str:
    rights.seer(current_login(), seller)
    return _look(seller, statement)


@blueprint.post("/<statement>/columns")
def columns(seller: str, statement: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def read_otherwise() -> JsonObject:
        chosen, rest = _columns(request.form)
        body = forms.load(ColumnsForm, rest)
        asked: JsonObject = {**body, "statement": statement, "columns": dict(chosen)}
        places = {int(name): what for name, what in chosen.items()}

        def act(session: Session, _asked: JsonObject) -> None:
            shelf.read_otherwise(session, seller, statement, places)

        return steps.do(login, "statements.columns", asked, act)

    return _back(seller, statement, read_otherwise)


@blueprint.post("/<statement>/take")
def take(seller: str, statement: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> None:
        kept = shelf.get(session, seller, statement)
        account = accounts.facts(session, kept.facts.account_id)
        taking.begin(session, account, statement, str(body["shown"]))

    return _back(seller, statement, lambda: steps.take(login, act, TakeForm))


def _back(seller: str, statement: str, do: Callable[[], JsonObject]) -> ResponseReturnValue:
    """Do a step about a file and show the file again."""
    place = _place(seller, statement)
    return steps.answer(do, place, lambda error: _look(seller, statement, steps.refusal(error)))


def _place(seller: str, statement: str) -> str:
    return f"/console/{seller}/money/statements/{statement}"


def _send(login: Login, seller: str) -> JsonObject:
    body = forms.load(SendForm, request.form)
    name, raw = forms.one_file(request.files)
    pasted = str(body["pasted"])
    tables = _tables(raw) if raw else reading.pasted(pasted)
    digest = hashlib.sha256(raw or pasted.encode()).hexdigest()
    new = NewStatement(name, str(body["account"]), tables, digest)

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        return {"statement": shelf.keep(session, seller, new, login.actor)}

    asked: JsonObject = {**body, "seller": seller, "digest": digest}
    return steps.do(login, "statements.send", asked, act)


def _tables(raw: bytes) -> tuple[Table, ...]:
    """The tables of a file; what shows a table and is none is refused in words about statements."""
    try:
        return reading.tables(raw)
    except IsPicture as refusal:
        raise ScreenshotIsNoProof() from refusal
    except IsPdf as refusal:
        raise PdfStatement() from refusal


def _columns(form: MultiDict[str, str]) -> tuple[dict[str, str], MultiDict[str, str]]:
    """What was chosen for each column (numbers as text), and the other fields."""
    chosen: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for name, what in form.items(multi=True):
        found = _COLUMN.fullmatch(name)
        if found is None:
            rest.append((name, what))
        elif what and (what not in COLUMNS or found[1] in chosen):
            raise BadRequest(field="column")
        elif what:
            chosen[found[1]] = what
    return chosen, MultiDict(rest)


def _home(login: Login, seller: str, problem: str = "") -> str:
    session = db.session()
    return render_template(
        "payments/statements.html",
        seller=sellers.facts(session, seller),
        accounts=accounts.of_seller(session, seller),
        recent=shelf.recent(session, seller),
        problem=problem,
        typed=request.form,
        most_mb=reading.MOST_MB,
        client_id=new_id(),
    )


def _look(seller: str, statement: str, problem: str = "") -> str:
    session = db.session()
    kept = shelf.get(session, seller, statement)
    account = accounts.facts(session, kept.facts.account_id)
    made = None
    if kept.facts.state == shelf.WAITING:
        try:
            made = taking.preview(session, account, kept)
        except DomainError as error:
            problem = problem or steps.refusal(error)
    return render_template(
        "payments/statement.html",
        seller=sellers.facts(session, seller),
        file=kept.facts,
        account=account,
        preview=made,
        sent_before=shelf.sent_before(session, kept.facts),
        titles=layout.titles(kept.table, kept.layout),
        chosen={place: what for what, place in kept.layout.places.items()},
        sample=_sample(kept),
        most_shown=_SHOWN,
        problem=problem,
        client_id=new_id(),
    )


def _sample(kept: KeptStatement) -> list[tuple[str, ...]]:
    """The first rows below the header that say something in at least three columns."""
    rows = kept.table.rows[kept.layout.header :]
    full = [row for row in rows if sum(not cell.empty for cell in row) >= _SAMPLE]
    return [tuple(cell.text for cell in row) for row in full[:_SAMPLE]]
