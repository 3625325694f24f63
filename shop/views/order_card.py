"""Paying an order by card: led to Stripe's page and back; what a browser says on its return proves nothing.

A row is committed before Stripe is asked and another after, with no write under way meanwhile. A press that
is repeated leads to the same page; a try for another sum is called off first.
"""

from contextlib import suppress
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core.db import db, write
from core.errors import Busy, DomainError, LoginRequired, NotFound, ReadOnly
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body
from payments.cards import asking, attempts, card_facts
from payments.cards.attempts import Wanted
from payments.cards.card_errors import CardUnderWay, NothingToCharge
from payments.cards.card_provider import CHECKOUT
from shop import links
from shop.buying import pay_page
from shop.buying.pay_page import PayPage

blueprint = Blueprint("order_card", __name__, url_prefix="/orders/<code>/card")

_GO, _LEFT = "go", "left"


class CardForm(Body):
    """Nothing is typed: the sum is what the order's page asks for."""


@blueprint.post("")
def pay_by_card(code: str) -> ResponseReturnValue:
    forms.load(CardForm, request.form)
    page = _page(code)
    try:
        _begin(page)
    except (NotFound, LoginRequired):
        raise
    except DomainError as error:
        return _shown(page, problem=steps.refusal(error)), error.status
    return redirect(f"{_path(page)}&how={_GO}", steps.SEE_OTHER)


@blueprint.get("")
def card_page(code: str) -> ResponseReturnValue:
    """On the way to Stripe; or back from it: the order's page waits for what Stripe says."""
    page, how = _page(code), request.args.get("how", "")
    there = card_facts.live_page(db.session(), page.payment.id)
    if how == _GO and there:
        return _shown(page, there)
    if how not in (_GO, _LEFT):
        with suppress(Busy, ReadOnly):  # Stripe is asked sooner or later anyway
            write(lambda session: attempts.came_back(session, page.payment.id))
    return redirect(page.path, steps.SEE_OTHER)


def _begin(page: PayPage) -> None:
    """Have a page at Stripe for what is asked; raises what stands in the way."""
    if not page.asks:
        raise NothingToCharge()
    wanted = Wanted(page.payment.id, CHECKOUT, page.payment.due_vnd, links.public(f"{_path(page)}"))
    try:
        attempt_id = write(lambda session: attempts.begin(session, wanted))
    except CardUnderWay:
        _call_off(page.payment.id)
        attempt_id = write(lambda session: attempts.begin(session, wanted))
    if not card_facts.live_page(db.session(), page.payment.id):
        _ask(attempt_id)
    card_facts.page_of(db.session(), attempt_id)


def _call_off(payment_id: str) -> None:
    known = write(lambda session: attempts.give_up(session, payment_id))
    if known is not None:
        _ask(known)


def _ask(attempt_id: str) -> None:
    question = write(lambda session: attempts.question(session, attempt_id))
    answer = asking.answered(question)
    write(lambda session: attempts.told(session, attempt_id, answer))


def _shown(page: PayPage, there: str = "", problem: str = "") -> str:
    return render_template("shop/order_card.html", page=page, there=there, problem=problem)


def _page(code: str) -> PayPage:
    return pay_page.read(db.session(), code, current_login(), request.args.get("k", ""))


def _path(page: PayPage) -> str:
    return f"/orders/{page.order.code}/card?k={quote(page.order.capability)}"
