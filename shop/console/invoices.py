"""The seller's desk of VAT invoices: who waits how long, and the answer, once. For the seller's keepers."""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError
from core.http import steps
from core.http.current import current_login
from core.identity import people, sellers
from shop.invoices import answering, invoice_bodies, invoice_facts
from shop.invoices.answering import Answering

blueprint = Blueprint("invoice_desk", __name__, url_prefix="/console/<seller>/invoices")

Answer = Callable[[Session, Answering, JsonObject], None]


@blueprint.get("")
def list_page(seller: str) -> ResponseReturnValue:
    access.require(current_login(), seller, access.KEEPERS)
    return _page(seller)


@blueprint.post("/<invoice>/issue")
def issue(seller: str, invoice: str) -> ResponseReturnValue:
    def act(session: Session, by: Answering, body: JsonObject) -> None:
        answering.issue(session, by, str(body["invoice_number"]), str(body["url"]))

    return _answer(seller, invoice, act, invoice_bodies.IssuedForm)


@blueprint.post("/<invoice>/decline")
def decline(seller: str, invoice: str) -> ResponseReturnValue:
    def act(session: Session, by: Answering, body: JsonObject) -> None:
        answering.decline(session, by, str(body["reason"]))

    return _answer(seller, invoice, act, invoice_bodies.DeclinedForm)


def _answer(seller: str, invoice: str, act: Answer, form: type[Schema]) -> ResponseReturnValue:
    """Take one answer; refused, the page says why and shows again what was typed."""
    login = access.require(current_login(), seller, access.KEEPERS)

    def answered(session: Session, body: JsonObject) -> None:
        by = Answering(seller, invoice, int(str(body["seen"])), login.actor)
        act(session, by, body)

    return steps.answer(
        lambda: steps.take(login, answered, form),
        f"/console/{seller}/invoices",
        lambda error: _page(seller, invoice, error),
    )


def _page(seller: str, tried: str = "", error: DomainError | None = None) -> str:
    """The desk; what was typed stands again at the request `tried`."""
    session = db.session()
    answered = invoice_facts.answered_of(session, seller)
    return render_template(
        "shop/console_invoices.html",
        seller=sellers.facts(session, seller),
        waiting=invoice_facts.waiting_of(session, seller),
        answered=answered,
        names=people.names_of(session, {one.invoice.answered_by for one in answered}),
        tried=tried,
        typed={name: request.form.get(name, "") for name in invoice_bodies.ANSWERED},
        error=steps.refusal(error) if error else "",
    )
