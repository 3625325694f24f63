"""The customer book's pages: the buyers of one seller, one buyer, notes, and the book as a file.

For those who call buyers or keep the money; the file is the owner's and managers', with a reason each time.
"""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, StepForm
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.phone import format_phone
from shop.customers import customers, keeping, messages
from shop.notices import call_desk, notice_words

blueprint = Blueprint("customer_book", __name__, url_prefix="/console/<seller>/customers")

ROLES = ("owner", "manager", "host", "accountant")
_MOST_PAGE_DIGITS = 6


class CustomerNoteForm(Body):
    """A note about a buyer."""

    client_id = ClientId()
    note = Line(keeping.NOTE_LENGTH)


class ExportForm(Body):
    """Why the book is taken away as a file."""

    client_id = ClientId()
    reason = Line(keeping.REASON_LENGTH)


@blueprint.get("")
def book_page(seller: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    return _book(seller, access.require(login, seller, ROLES))


@blueprint.post("")
def take_away(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.KEEPERS)

    def act(session: Session, body: JsonObject) -> None:
        keeping.log_export(session, seller, str(body["reason"]), login.actor)

    try:
        steps.take(login, act, ExportForm)
    except DomainError as error:
        return _book(seller, login, error), error.status
    answer = make_response(keeping.as_csv(db.session(), seller))
    answer.content_type = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="so-khach.csv"'
    return answer


@blueprint.get("/<person_id>")
def customer_page(seller: str, person_id: str) -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return steps.sign_in()
    access.require(login, seller, ROLES)
    return _customer(seller, person_id)


@blueprint.post("/<person_id>/notes")
def note(seller: str, person_id: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, ROLES)

    def act(session: Session, body: JsonObject) -> None:
        keeping.note(session, seller, person_id, str(body["note"]), login.actor)

    return _step(seller, person_id, act, CustomerNoteForm)


@blueprint.post("/<person_id>/notes/<customer_note>/drop")
def drop_note(seller: str, person_id: str, customer_note: str) -> ResponseReturnValue:
    access.require(current_login(), seller, ROLES)

    def act(session: Session, _body: JsonObject) -> None:
        keeping.drop_note(session, seller, person_id, customer_note)

    return _step(seller, person_id, act, StepForm)


def _step(seller: str, person_id: str, act: steps.Act, form: type[Schema]) -> ResponseReturnValue:
    login = access.require(current_login(), seller, ROLES)
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/customers/{person_id}",
        lambda error: _customer(seller, person_id, error),
    )


def _book(seller: str, login: Login, error: DomainError | None = None) -> str:
    asked, number = request.args.get("q", ""), request.args.get("page", "1")
    is_number = number.isascii() and number.isdigit() and len(number) < _MOST_PAGE_DIGITS
    may_take = login.works_for(seller, *access.KEEPERS)
    return render_template(
        "shop/customers.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="customers",
        page=customers.page(db.session(), seller, asked, int(number) if is_number else 1),
        asked=asked,
        may_take=may_take,
        taken=keeping.exports_of(db.session(), seller) if may_take else (),
        read_phone=format_phone,
        typed=dict(request.form) if error else {},
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )


def _customer(seller: str, person_id: str, error: DomainError | None = None) -> str:
    facts = sellers.facts(db.session(), seller)
    orders = customers.orders_of(db.session(), seller, person_id)
    return render_template(
        "shop/customer.html",
        seller=facts,
        desk_tab="customers",
        customer=customers.one(db.session(), seller, person_id),
        orders=orders,
        messages=messages.about(orders, facts.name),
        told=call_desk.book_of(db.session(), seller, person_id),
        words=notice_words,
        notes=keeping.notes_of(db.session(), seller, person_id),
        read_phone=format_phone,
        typed=dict(request.form) if error else {},
        client_id=new_id(),
        error=error_fields(error) if error else None,
    )
