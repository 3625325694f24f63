"""The accountant's pages: a month's trial balance, its journal, the files for other programs, its closing."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Pattern
from core.identity import logins, people, sellers
from core.identity.logins import Login
from core.tables import sheets
from payments.desk import cards, rights
from payments.desk.cards import Card
from payments.ledger import books, chart, closing, journal, journal_sheets, months, names
from payments.ledger.chart import UnknownAccount
from payments.ledger.journal import Asked
from payments.ledger.months import Month

blueprint = Blueprint("ledger_books", __name__, url_prefix="/console/<seller>/money/books")

CLOSERS = ("owner", "accountant")
_MOST_PAGE_DIGITS = 5
_MOST_ABOUT = 80
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _WrittenMonth(Pattern):
    """A month as `2026-11`."""

    pattern = months.WRITTEN


class CloseMonthForm(Body):
    """A month to be closed, and that the person knows it cannot be undone."""

    client_id = ClientId()
    month = _WrittenMonth()
    consent = fields.String(required=True, validate=validate.OneOf(["yes"]))


@blueprint.get("")
def month_page(seller: str) -> str:
    login = rights.seer(current_login(), seller)
    return _month(seller, login, _asked_month())


@blueprint.get("/journal")
def journal_page(seller: str) -> str:
    """The month's entries; of one account with what stood after each, or about one code or reference."""
    rights.seer(current_login(), seller)
    session, month = db.session(), _asked_month()
    account, about = request.args.get("account", ""), request.args.get("about", "")[:_MOST_ABOUT]
    subject = names.find_subject(session, seller, about.strip()) if about.strip() else ""
    return render_template(
        "payments/books_journal.html",
        seller=sellers.facts(session, seller),
        month=month,
        account=_named(session, seller, account),
        about=about.strip(),
        page=journal.page(session, seller, Asked(month, account, subject), _page_number()),
        balance=books.trial_balance(session, seller, month),
        document=journal_sheets.document_number,
    )


@blueprint.get("/journal.csv")
def journal_csv(seller: str) -> Response:
    rights.seer(current_login(), seller)
    month = _asked_month()
    entries = journal.all_of(db.session(), seller, month)
    raw = sheets.as_csv(journal_sheets.every_line(month, entries))
    return _file(raw, "text/csv; charset=utf-8", f"so-cai-{month}.csv")


@blueprint.get("/journal.xlsx")
def journal_xlsx(seller: str) -> Response:
    rights.seer(current_login(), seller)
    month = _asked_month()
    entries = journal.all_of(db.session(), seller, month)
    raw = sheets.as_xlsx(journal_sheets.for_import(month, entries))
    return _file(raw, _XLSX, f"chung-tu-{month}.xlsx")


@blueprint.post("/close")
def close_month(seller: str) -> ResponseReturnValue:
    """Close a month for ever; refused, the page says why."""
    login = logins.require_staff(current_login(), seller, *CLOSERS)

    def act(session: Session, body: JsonObject) -> None:
        closing.close(session, seller, months.read(str(body["month"])), login.actor)

    try:
        steps.take(login, act, CloseMonthForm)
    except DomainError as error:
        written = request.form.get("month", "")
        known = months.WRITTEN.fullmatch(written)
        month = months.read(written) if known else months.month_of(clock.today())
        return _month(seller, login, month, error), error.status
    return redirect(f"/console/{seller}/money/books?month={request.form['month']}", steps.SEE_OTHER)


def _month(seller: str, login: Login, month: Month, error: DomainError | None = None) -> str:
    session = db.session()
    closed = closing.closing_of(session, seller, month)
    return render_template(
        "payments/books.html",
        seller=sellers.facts(session, seller),
        month=month,
        is_over=closing.ends_ms(month) <= clock.now_ms(),
        balance=books.trial_balance(session, seller, month),
        closed=closed,
        closed_by=people.names_of(session, {closed.actor})[closed.actor] if closed else "",
        may_close=login.works_for(seller, *CLOSERS),
        error=steps.refusal(error) if error else "",
    )


def _asked_month() -> Month:
    """The month in the address; this one if none is named."""
    written = request.args.get("month", "")
    return months.read(written) if written else months.month_of(clock.today())


def _page_number() -> int:
    number = request.args.get("page", "1")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_PAGE_DIGITS
    return max(int(number), 1) if is_number else 1


def _named(session: Session, seller: str, account: str) -> names.Named | None:
    """The account asked for, None for all of them; NotFound if the chart has no such."""
    if not account:
        return None
    try:
        chart.meaning(account)
    except UnknownAccount as error:
        raise NotFound() from error
    return names.Names(session, seller).of(account)


def _file(raw: bytes, kind: str, name: str) -> Response:
    answer = Response(raw, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _card(_session: Session, _login: Login, _seller: str) -> Card:
    return Card(
        "money/books",
        "clipboard-list",
        _("Sổ sách tháng"),
        _("Đầu kỳ, vào, ra, cuối kỳ; nhật ký, khóa sổ, tệp cho kế toán"),
    )


cards.add(60, "books", _card)
