"""The page of connections: connect a provider step by step, hear its test, change its secret, read again.

All who see money may look; only owners act: who chooses a feed's secret could tell of money that never came.
"""

from collections.abc import Callable

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.config import Settings
from core.db import db
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId, Line, Opaque, StepForm
from core.identity import sellers
from core.identity.logins import Login
from payments.bank import accounts, feed_desk
from payments.desk import rights
from payments.receiving import virtual

blueprint = Blueprint("money_feeds", __name__, url_prefix="/console/<seller>/money/feeds")

_SECRET = 300
_NUMBER = 40
_QR = 600
Act = Callable[[Session, JsonObject], None]


class FeedForm(Body):
    """Which account, at whom, and the secret, which is never shown again."""

    client_id = ClientId()
    account = Opaque()
    provider = fields.String(required=True, validate=validate.OneOf(feed_desk.names()))
    secret = Line(_SECRET)


class SecretForm(Body):
    """A new secret for a connection."""

    client_id = ClientId()
    secret = Line(_SECRET)


class VirtualForm(Body):
    """A virtual account's number, twice (the second time perhaps as its QR text)."""

    client_id = ClientId()
    account_number = Line(_NUMBER)
    account_again = Line(_QR)


@blueprint.get("")
def feeds_page(seller: str) -> ResponseReturnValue:
    return _page(seller, rights.seer(current_login(), seller))


@blueprint.post("")
def connect(seller: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        given = (str(body["provider"]), str(body["secret"]))
        feed_desk.connect(session, seller, str(body["account"]), given)

    return _done(seller, act, FeedForm)


@blueprint.post("/<feed>/secret")
def rotate(seller: str, feed: str) -> ResponseReturnValue:
    def act(session: Session, body: JsonObject) -> None:
        feed_desk.rotate(session, seller, feed, str(body["secret"]))

    return _done(seller, act, SecretForm)


@blueprint.post("/<feed>/virtual")
def force_virtual(seller: str, feed: str) -> ResponseReturnValue:
    """Have buyers pay to a virtual account of this feed's account: a change of where money arrives."""
    login = rights.owner(current_login(), seller)

    def act(session: Session, body: JsonObject) -> None:
        typed = str(body["account_number"]), str(body["account_again"])
        virtual.force(session, seller, feed, typed, login.actor)

    return _done(seller, act, VirtualForm)


@blueprint.post("/unread/<webhook>")
def read_again(seller: str, webhook: str) -> ResponseReturnValue:
    def act(session: Session, _: JsonObject) -> None:
        feed_desk.read_again(session, seller, webhook)

    return _done(seller, act, StepForm)


def _done(seller: str, act: Act, form: type[Schema]) -> ResponseReturnValue:
    """Do one step of an owner, once; refused, the page says why. A secret does not come back to the page."""
    login = rights.owner(current_login(), seller)
    return steps.answer(
        lambda: steps.take(login, act, form),
        f"/console/{seller}/money/feeds",
        lambda error: _page(seller, login, steps.refusal(error)),
    )


def _page(seller: str, login: Login, problem: str = "") -> str:
    session = db.session()
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "payments/money_feeds.html",
        seller=sellers.facts(session, seller),
        now_ms=clock.now_ms(),
        watching=feed_desk.of_seller(session, seller),
        unread=feed_desk.unread(session, seller),
        accounts=accounts.of_seller(session, seller),
        names=feed_desk.names(),
        market=settings.public_url,
        is_owner=login.works_for(seller, *rights.OWNERS),
        typed=request.form,
        problem=problem,
    )
