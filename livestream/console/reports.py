"""The sale day's report, for the people of one seller who see its money: as a page, a CSV, a PDF.

A session's is the seller's own part; a campaign's counts whoever lets it. Owners, managers and accountants
add what was sold elsewhere and notes; owners and managers say whether a campaign may count them.
"""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access as staff_access
from core import clock
from core.client_ids import JsonObject
from core.db import db, write
from core.errors import BadRequest, DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.money import BadAmount, check_vnd, parse_vnd
from livestream.access import MONEY
from livestream.console.report_bodies import ConsentForm, DeclareForm, NoteForm
from livestream.figures import paper, reports, shown, telling
from livestream.figures.paper import Said
from livestream.figures.report_errors import BadDeclaredSum
from livestream.figures.reports import CAMPAIGN, SESSION, ReportPage, Scope
from livestream.figures.shown import ShownReport
from livestream.together import campaigns

blueprint = Blueprint(
    "live_reports", __name__, url_prefix="/console/<seller>", template_folder="../templates"
)

WRITERS = ("owner", "manager", "accountant")
_ALL = "/reports"
_ONE = "/reports/<session_id>"
_FAIR = "/campaigns/<campaign_id>/report"
_FILES = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@blueprint.get(_ALL)
def all_of_seller(seller: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    staff_access.require(login, seller, MONEY)
    return render_template(
        "livestream/reports.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="reports",
        shows=reports.listed(db.session(), seller),
        campaigns=campaigns.of_seller(db.session(), seller),
        now_ms=clock.now_ms(),
        open_ms=reports.OPEN_MS,
    )


@blueprint.get(_ONE)
def session_page(seller: str, session_id: str) -> ResponseReturnValue:
    return _get(Scope(SESSION, session_id, seller))


@blueprint.get(f"{_ONE}/file")
def session_file(seller: str, session_id: str) -> Response:
    return _file(Scope(SESSION, session_id, seller))


@blueprint.get(_FAIR)
def campaign_page(seller: str, campaign_id: str) -> ResponseReturnValue:
    return _get(Scope(CAMPAIGN, campaign_id, seller))


@blueprint.get(f"{_FAIR}/file")
def campaign_file(seller: str, campaign_id: str) -> Response:
    return _file(Scope(CAMPAIGN, campaign_id, seller))


@blueprint.post(f"{_ONE}/declared")
def declare(seller: str, session_id: str) -> ResponseReturnValue:
    scope = Scope(SESSION, session_id, seller)

    def act(session: Session, body: JsonObject, actor: str) -> None:
        telling.declare(session, scope, str(body["what_sold"]), _vnd(str(body["amount"])), actor)

    return _step(scope, act, DeclareForm)


@blueprint.post(f"{_ONE}/declared/<declared_id>/withdraw")
def take_back(seller: str, session_id: str, declared_id: str) -> ResponseReturnValue:
    scope = Scope(SESSION, session_id, seller)

    def act(session: Session, _body: JsonObject, _actor: str) -> None:
        telling.take_back(session, scope, declared_id)

    return _step(scope, act, StepForm)


@blueprint.post(f"{_ONE}/notes")
def note(seller: str, session_id: str) -> ResponseReturnValue:
    return _note(Scope(SESSION, session_id, seller))


@blueprint.post(f"{_FAIR}/notes")
def campaign_note(seller: str, campaign_id: str) -> ResponseReturnValue:
    return _note(Scope(CAMPAIGN, campaign_id, seller))


@blueprint.post(f"{_ONE}/consent")
def consent(seller: str, session_id: str) -> ResponseReturnValue:
    scope = Scope(SESSION, session_id, seller)

    def act(session: Session, body: JsonObject, actor: str) -> None:
        telling.consent(session, scope, actor, agrees=body["answer"] == "yes")

    return _step(scope, act, ConsentForm, staff_access.KEEPERS)


def _note(scope: Scope) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, actor: str) -> None:
        telling.note(session, scope, str(body["note"]), actor)

    return _step(scope, act, NoteForm)


def _vnd(typed: str) -> int:
    try:
        return check_vnd(parse_vnd(typed), least=1)
    except BadAmount as error:
        raise BadDeclaredSum() from error


def _get(scope: Scope) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    staff_access.require(login, scope.seller_id, MONEY)
    return _page(scope, login)


def _step(
    scope: Scope,
    act: Callable[[Session, JsonObject, str], None],
    form: type[Schema],
    roles: tuple[str, ...] = WRITERS,
) -> ResponseReturnValue:
    """One step on a report; a refusal is told on it, with what was typed."""
    login = staff_access.require(current_login(), scope.seller_id, roles)
    return steps.answer(
        lambda: steps.take(login, lambda session, body: act(session, body, login.actor), form),
        _url(scope),
        lambda error: _page(scope, login, error),
    )


def _read(scope: Scope) -> ReportPage:
    """The report; what is due to be frozen is frozen first."""
    if reports.is_due(db.session(), scope):
        write(lambda session: reports.freeze(session, scope))
    return reports.read(db.session(), scope)


def _shown(page: ReportPage) -> ShownReport:
    return shown.shown(page, sellers.facts(db.session(), page.scope.seller_id).name)


def _file(scope: Scope) -> Response:
    staff_access.require(current_login(), scope.seller_id, MONEY)
    kind = request.args.get("as", "csv")
    if kind not in _FILES:
        raise BadRequest(field="as")
    page = _read(scope)
    report = _shown(page)
    said = [_said(one) for one in telling.notes(db.session(), scope)]
    db.session.remove()  # the file is made without holding a connection
    raw = shown.as_csv(report) if kind == "csv" else paper.pdf(report, said, page.digest)
    answer = make_response(raw)
    answer.content_type = _FILES[kind]
    name = f"bao-cao-{scope.about}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _said(note: telling.NoteFacts) -> Said:
    when = f"{clock.in_vietnam(note.at_ms):%H:%M %d/%m/%Y}"
    return Said(f"{when}, {note.name}" if note.name else when, note.text)


def _page(scope: Scope, login: Login, error: DomainError | None = None) -> str:
    page = _read(scope)
    of = campaigns.of_session(db.session(), scope.about) if scope.kind == SESSION else None
    return render_template(
        "livestream/report.html",
        seller=sellers.facts(db.session(), scope.seller_id),
        desk_tab="reports",
        url=_url(scope),
        page=page,
        report=_shown(page),
        notes=telling.notes(db.session(), scope),
        of_session=scope.kind == SESSION,
        still_open=not reports.is_closed(db.session(), scope),
        may_write=login.works_for(scope.seller_id, *WRITERS),
        may_agree=login.works_for(scope.seller_id, *staff_access.KEEPERS),
        campaign=of if of and of.seller_id != scope.seller_id else None,
        agreed=of is not None and telling.consents(db.session(), of.id, scope.seller_id),
        typed=dict(request.form) if error else {},
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )


def _url(scope: Scope) -> str:
    if scope.kind == SESSION:
        return f"/console/{scope.seller_id}/reports/{scope.about}"
    return f"/console/{scope.seller_id}/campaigns/{scope.about}/report"
