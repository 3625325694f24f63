"""The seller's page of cards: the account at Stripe, its secrets taken in and never shown, tries, disputes.

Only owners connect or switch off; whoever sees the money looks, and has Stripe asked again.
"""

from collections.abc import Callable

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db, owned
from core.http import forms, steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, Opaque, StepForm
from core.identity import sellers
from core.identity.logins import Login
from payments.cards import asking, attempts, card_accounts, card_facts, payout_facts
from payments.cards.card_accounts import GivenKeys
from payments.cards.card_errors import BadCardKey, StripeSilent
from payments.cards.card_provider import AccountSeen, CardRefuses, CardSilent
from payments.cards.models import CardAttempt
from payments.desk import rights
from payments.desk.cards import Card

blueprint = Blueprint("card_desk", __name__, url_prefix="/console/<seller>/money/cards")

_SECRET_LENGTH = 300


class KeysForm(Body):
    """What Stripe's pages show: the secret key of the API, and the secret of the webhook made for us."""

    client_id = ClientId()
    card_key = Line(_SECRET_LENGTH)
    webhook_secret = Line(_SECRET_LENGTH)


class AttemptForm(Body):
    """A step with one try."""

    client_id = ClientId()
    attempt = Opaque()


@blueprint.get("")
def card_page(seller: str) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    return _page(seller)


@blueprint.post("/connect")
def connect(seller: str) -> ResponseReturnValue:
    login = rights.owner(current_login(), seller)

    def connected() -> JsonObject:
        body = forms.load(KeysForm, request.form)
        given = GivenKeys(str(body["card_key"]), str(body["webhook_secret"]))
        card_accounts.check(given, tests_allowed=not _settings().production)
        seen = _seen(given.key)  # before the write: the network waits for nobody's commit
        return steps.do(
            login,
            request.path,
            body,
            lambda session, _: card_accounts.connect(session, seller, seen, given, login.actor),
        )

    return _answer(seller, connected)


@blueprint.post("/off")
def switch_off(seller: str) -> ResponseReturnValue:
    def act(session: Session, _body: JsonObject) -> None:
        card_accounts.switch_off(session, seller)

    return _done(seller, rights.owner(current_login(), seller), act, StepForm)


@blueprint.post("/ask")
def ask_again(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        row = owned(session, CardAttempt, str(body["attempt"]), seller)
        attempts.ask_soon(session, row.id)

    return _done(seller, rights.seer(current_login(), seller), act, AttemptForm)


def card(session: Session, login: Login, seller_id: str) -> Card | None:
    """The way here from the money front page."""
    if not login.works_for(seller_id, *rights.SEERS):
        return None
    account = card_accounts.of_seller(session, seller_id)
    is_on = account is not None and account.off_ms is None
    words = _("Đang nhận thẻ qua Stripe") if is_on else _("Chưa nhận thẻ. Cần tài khoản Stripe.")
    return Card("money/cards", "credit-card", _("Thẻ"), words)


def _done(seller: str, login: Login, act: steps.Act, form: type[Body]) -> ResponseReturnValue:
    return _answer(seller, lambda: steps.take(login, act, form))


def _answer(seller: str, do: Callable[[], JsonObject]) -> ResponseReturnValue:
    return steps.answer(do, _here(seller), lambda error: _page(seller, steps.refusal(error)))


def _seen(key: str) -> AccountSeen:
    try:
        return asking.provider().account(key)
    except CardRefuses as no:
        raise BadCardKey() from no
    except CardSilent as silence:
        raise StripeSilent() from silence


def _page(seller: str, problem: str = "") -> str:
    session, login = db.session(), current_login()
    return render_template(
        "payments/card_desk.html",
        seller=sellers.facts(session, seller),
        account=card_accounts.of_seller(session, seller),
        rows=card_facts.lately(session, seller),
        at_stripe=payout_facts.of_seller(session, seller),
        notices_url=f"{_settings().public_url}/webhooks/stripe/{seller}",
        keeps=login is not None and login.works_for(seller, *rights.OWNERS),
        now_ms=clock.now_ms(),
        problem=problem,
    )


def _here(seller: str) -> str:
    return f"/console/{seller}/money/cards"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
