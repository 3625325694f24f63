"""The members' book on the desk: all members with what they are owed, one member, what people record.

Who sees the seller's money sees it; who keeps its book writes. Advances and charges stand under the name of
who recorded them and are undone by a reversal.
"""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog.growers import members
from core import clock
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.money import vnd_in_words
from payments.desk import rights
from payments.desk.cards import Card
from payments.payouts import accounts, book
from payments.qr.banks import by_name
from shop.members_book import booking, paper, reading, rule_bodies, terms
from shop.members_book.rule_bodies import EntryForm, UndoForm
from shop.members_book.words import kind_words

blueprint = Blueprint("members_book", __name__, url_prefix="/console/<seller>/money/members")

PLACE = 50
"""Where its card stands on the money page."""


@blueprint.get("")
def list_page(seller: str) -> str:
    rights.seer(current_login(), seller)
    session = db.session()
    rows = reading.of_all(session, seller)
    return render_template(
        "shop/members_book.html",
        seller=sellers.facts(session, seller),
        rows=rows,
        total=reading.total(rows),
        keeps=bool(terms.of_seller(session, seller).modes),
    )


@blueprint.get("/<member>")
def member_page(seller: str, member: str) -> str:
    rights.seer(current_login(), seller)
    return _member(seller, member)


@blueprint.get("/<member>/statement")
def statement_page(seller: str, member: str) -> str:
    rights.seer(current_login(), seller)
    return statement_of(seller, member, f"/console/{seller}/money/members/{member}")


@blueprint.get("/<member>/statement.pdf")
def statement_file(seller: str, member: str) -> Response:
    rights.seer(current_login(), seller)
    return file_of(seller, member)


@blueprint.post("/<member>/entries")
def record(seller: str, member: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        found = members.get(session, seller, member)
        said = rule_bodies.entry_of(body, booking.payee_of(found.id))
        return {"entry": book.record(session, seller, said, login.actor)}

    return step(login, seller, member, act, EntryForm)


@blueprint.post("/<member>/entries/<entry>/reverse")
def reverse(seller: str, member: str, entry: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)

    def act(session: Session, body: JsonObject) -> JsonObject:
        members.get(session, seller, member)
        why = str(body["reason"])
        return {"entry": book.reverse(session, seller, entry, login.actor, why)}

    return step(login, seller, member, act, UndoForm)


def card(session: Session, _login: Login, seller: str) -> Card | None:
    """The way to the members' book on the money page, for a cooperative."""
    if sellers.facts(session, seller).kind != "cooperative":
        return None
    return rule_bodies.card()


def statement_of(seller: str, member: str, back: str) -> str:
    """A member's statement of a month; whoever asks has judged that it may be seen."""
    session = db.session()
    month = rule_bodies.month_of(request.args.get("month", ""), clock.today())
    told = reading.statement(session, seller, member, month.from_ms, month.until_ms)
    return render_template(
        "shop/members_statement.html",
        seller=sellers.facts(session, seller),
        told=told,
        month=month,
        back=back,
        words=vnd_in_words(abs(told.after_vnd)),
        book_words=kind_words,
    )


def file_of(seller: str, member: str) -> Response:
    """The same as a PDF."""
    session = db.session()
    month = rule_bodies.month_of(request.args.get("month", ""), clock.today())
    told = reading.statement(session, seller, member, month.from_ms, month.until_ms)
    raw = paper.pdf(sellers.facts(session, seller).name, month.name, told)
    answer = Response(raw, mimetype="application/pdf")
    name = f"so-xa-vien-{month.month}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def step(
    login: Login, seller: str, member: str, act: steps.Act, form: type[Schema]
) -> ResponseReturnValue:
    """Do one step on a member's page; refused, the page says why."""
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/money/members/{member}",
        lambda error: _member(seller, member, error),
    )


def _member(seller: str, member: str, error: DomainError | None = None) -> str:
    session, payee = db.session(), booking.payee_of(member)
    return render_template(
        "shop/members_book_member.html",
        seller=sellers.facts(session, seller),
        mine=reading.of_member(session, seller, member),
        account=accounts.newest(session, seller, [payee]).get(payee),
        words=vnd_in_words,
        book_words=kind_words,
        banks=by_name(),
        typed=request.form,
        today=clock.today().isoformat(),
        client_id=new_id(),
        error=steps.refusal(error) if error else "",
    )
