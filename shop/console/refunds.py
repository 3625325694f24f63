"""The desk of money that goes back: what is owed to whom since when, and one refund from begin to proof.

For those who may see the seller's money. Unknown and another seller's look the same (promise P11).
"""

from collections.abc import Callable

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from marshmallow import Schema
from sqlalchemy.orm import Session

from core import clock, qr_image
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.http.fields import StepForm
from core.identity import people, sellers
from core.identity.logins import Login
from core.phone import format_phone
from payments.desk import rights
from payments.desk.cards import Card
from payments.qr import vietqr
from payments.qr.vietqr import VietQR
from payments.refunds import beginning, owed, sending
from payments.refunds.beginning import Asked
from payments.refunds.rules import BANK, Source
from shop.refunds import money_back, refund_bodies

blueprint = Blueprint("refund_desk", __name__, url_prefix="/console/<seller>/refunds")

CARD_PLACE = 20
Act = Callable[[Session, JsonObject, Login], JsonObject | None]


@blueprint.get("")
def list_page(seller: str) -> str:
    """Everything owed back, the oldest first."""
    rights.seer(current_login(), seller)
    session = db.session()
    return render_template(
        "shop/console_refunds.html",
        seller=sellers.facts(session, seller),
        rows=money_back.due_list(session, seller),
        kept=money_back.kept(session, seller),
        now_ms=clock.now_ms(),
        read_phone=format_phone,
    )


@blueprint.get("/new/<code>")
def new_page(seller: str, code: str) -> ResponseReturnValue:
    """How much of the payment with that code goes back, and why."""
    rights.seer(current_login(), seller)
    return _new(seller, code)


@blueprint.post("")
def begin(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> JsonObject:
        lines = refund_bodies.lines_of(body)
        asked = Asked(
            seller,
            owed.reference_of(session, seller, str(body["payment_code"])),
            0 if lines else refund_bodies.sum_of(body),
            str(body["reason"]),
            login.actor,
            Source(str(body["source"])),
            lines,
        )
        return {"id": beginning.begin(session, asked)}

    login = rights.seer(current_login(), seller)
    return steps.answer(
        lambda: steps.take(
            login, lambda session, body: act(session, body, login), refund_bodies.BeginForm
        ),
        lambda begun: f"/console/{seller}/refunds/{begun['id']}",
        lambda error: _new(seller, request.form.get("payment_code", ""), error),
    )


@blueprint.get("/<refund>")
def refund_page(seller: str, refund: str) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    return _page(seller, refund)


@blueprint.get("/<refund>/qr.png")
def refund_picture(seller: str, refund: str) -> ResponseReturnValue:
    """The VietQR of the buyer's account, for the seller's own bank app."""
    rights.seer(current_login(), seller)
    payload = _payload(db.session(), seller, refund)
    if payload is None:
        raise NotFound()
    picture = make_response(qr_image.png(payload))
    picture.mimetype = "image/png"
    picture.headers["Cache-Control"] = "private, no-store"
    return picture


@blueprint.post("/<refund>/sent")
def say_sent(seller: str, refund: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, login: Login) -> None:
        sending.say_sent(session, seller, refund, str(body["bank_reference"]).strip(), login.actor)

    return _done(seller, refund, act, refund_bodies.SentForm)


@blueprint.post("/<refund>/not-sent")
def not_sent(seller: str, refund: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, _login: Login) -> None:
        sending.take_back(session, seller, refund)

    return _done(seller, refund, act)


@blueprint.post("/<refund>/drop")
def drop(seller: str, refund: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject, login: Login) -> None:
        beginning.drop(session, seller, refund, login.actor)

    return _done(seller, refund, act)


@blueprint.post("/<refund>/confirm")
def confirm(seller: str, refund: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject, _login: Login) -> None:
        sending.confirm(session, seller, refund, str(body["bank_line"]))

    return _done(seller, refund, act, refund_bodies.ConfirmForm)


def card(session: Session, _login: Login, seller_id: str) -> Card:
    """The way here from the money front page."""
    waiting = len(owed.of_seller(session, seller_id))
    return Card(
        "refunds",
        "undo-2",
        gettext("Tiền phải trả lại khách"),
        gettext("Ai được trả lại, bao nhiêu, từ bao giờ"),
        ngettext("%(num)s khoản", "%(num)s khoản", waiting) if waiting else "",
    )


def _done(seller: str, refund: str, act: Act, form: type[Schema] = StepForm) -> ResponseReturnValue:
    """Do a step once under its client id; refused, the page says why."""
    login = rights.seer(current_login(), seller)
    return steps.answer(
        lambda: steps.take(login, lambda session, body: act(session, body, login), form),
        f"/console/{seller}/refunds/{refund}",
        lambda error: _page(seller, refund, error),
    )


def _new(seller: str, code: str, error: DomainError | None = None) -> str:
    session = db.session()
    reference = owed.reference_of(session, seller, code)
    row = money_back.due_row(session, seller, reference)
    order = row.order if row else money_back.order_of(session, seller, reference)
    if order is None:
        raise NotFound()
    return render_template(
        "shop/console_refund_new.html",
        seller=sellers.facts(session, seller),
        code=code,
        order=order,
        owed=row.owed if row else None,
        why=row.why if row else "given",
        lines=owed.lines_of(session, reference)[: refund_bodies.MOST_LINES],
        typed=request.form,
        error=steps.refusal(error) if error else "",
    )


def _page(seller: str, refund_id: str, error: DomainError | None = None) -> str:
    session = db.session()
    refund = owed.refund(session, seller, refund_id)
    is_open = refund.state in ("due", "asked", "sent")
    return render_template(
        "shop/console_refund.html",
        seller=sellers.facts(session, seller),
        refund=refund,
        order=money_back.order_of(session, seller, refund.reference),
        account=owed.account_of(session, seller, refund_id) if is_open else None,
        given=owed.account_given(session, seller, refund_id),
        rests=refund.rests_until_ms > clock.now_ms(),
        hears=owed.hears_out(session, refund.reference),
        candidates=owed.candidates(session, seller, refund_id) if is_open else (),
        names=people.names_of(session, {refund.begun_by, refund.sent_by}),
        read_phone=format_phone,
        typed=request.form,
        error=steps.refusal(error) if error else "",
    )


def _payload(session: Session, seller: str, refund_id: str) -> str | None:
    """What the seller's bank app reads; None for a card, and while no account can be paid."""
    refund = owed.refund(session, seller, refund_id)
    account = owed.account_of(session, seller, refund_id)
    is_asked = refund.method == BANK and refund.state == "asked"
    if not is_asked or account is None or refund.rests_until_ms > clock.now_ms():
        return None
    return vietqr.write(VietQR(account.bin, account.number, refund.amount_vnd, refund.code))
