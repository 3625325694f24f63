"""Paying an order by card inside of somebody else's form: a native app's, or a page with Stripe's Elements.

Gives out what such a form needs, a PaymentIntent's client secret, and says how the attempt stands; the card
is typed there, never here. Our own page leads to Stripe's instead (ADR 0046). The same client id is the same
attempt; a silence of Stripe's is a 503 to be sent again. Refuses to keep a secret, and to believe a browser.
"""

from typing import cast

from marshmallow import fields, validate
from sqlalchemy.orm import Session

from core.client_ids import JsonObject, key_of, once
from core.db import db, write
from core.http.api import ApiBlueprint
from core.http.current import current_login
from core.http.fields import Body, ClientId
from payments.cards import asking, attempts, card_facts
from payments.cards.attempts import Wanted
from payments.cards.card_errors import CardUnderWay, NothingToCharge
from payments.cards.card_provider import INTENT
from shop import links
from shop.buying import pay_page
from shop.buying.pay_page import PayPage
from shop.schemas import CAPABILITY_LENGTH, LinkQuery

blueprint = ApiBlueprint(
    "order_card_api",
    __name__,
    url_prefix="/api/v1/orders/<code>/card-intent",
    description="Cards in a form of one's own: Stripe's PaymentIntent.",
)


class IntentBody(Body):
    """Who asks: the device that ordered, or the capability of the order's link (`k`)."""

    client_id = ClientId()
    k = fields.String(load_default="", validate=validate.Length(max=CAPABILITY_LENGTH))


class IntentAnswer(Body):
    """The attempt as it stands, `none` before any; `client_secret` while the card may be tried; đồng."""

    attempt = fields.String(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["none", "asked", "unknown", "open", "paid", "ended", "failed"]),
    )
    amount_vnd = fields.Integer(required=True)
    client_secret = fields.String(required=True)
    declined = fields.String(required=True)


_NONE: JsonObject = {
    "attempt": "",
    "state": "none",
    "amount_vnd": 0,
    "client_secret": "",
    "declined": "",
}


@blueprint.post("")
@blueprint.arguments(IntentBody)
@blueprint.response(200, IntentAnswer)
@blueprint.alt_response(402, description="Stripe declines: card_declined")
@blueprint.alt_response(409, description="cards_off, nothing_to_charge, card_under_way")
@blueprint.alt_response(503, description="Stripe is silent, nothing was charged: card_silent")
def begin_intent(body: JsonObject, code: str) -> JsonObject:
    """Have a PaymentIntent for what the order asks for, the live one if there is one."""
    page = _page(code, body)
    login = current_login()
    actor = login.actor if login else f"link:{code}"
    key = key_of(actor, cast(str, body["client_id"]), "order.card_intent", {"code": code})

    def act(session: Session) -> JsonObject:
        return once(session, key, lambda: {"attempt": _begun(session, page)})

    try:
        kept = write(act)
    except CardUnderWay:
        _call_off(page.payment.id)
        kept = write(act)
    return _told(cast(str, kept["attempt"]))


@blueprint.post("/look")
@blueprint.arguments(LinkQuery)
@blueprint.response(200, IntentAnswer)
@blueprint.alt_response(503, description="Stripe is silent: card_silent")
def look(body: JsonObject, code: str) -> JsonObject:
    """The form is done, which proves nothing: Stripe is asked how the newest attempt stands."""
    page = _page(code, body)
    newest = card_facts.newest(db.session(), page.payment.id)
    return _told(newest) if newest else dict(_NONE)


def _begun(session: Session, page: PayPage) -> str:
    if not page.asks:
        raise NothingToCharge()
    back_url = links.public(page.path)
    wanted = Wanted(page.payment.id, INTENT, page.payment.due_vnd, back_url)
    return attempts.begin(session, wanted)


def _call_off(payment_id: str) -> None:
    known = write(lambda session: attempts.give_up(session, payment_id))
    if known is not None:
        _ask(known)


def _ask(attempt_id: str) -> str:
    """Ask Stripe, take in what it says; the client secret, "" where it told none."""
    question = write(lambda session: attempts.question(session, attempt_id))
    answer = asking.answered(question)
    write(lambda session: attempts.told(session, attempt_id, answer))
    return answer.seen.secret if answer.seen else ""


def _told(attempt_id: str) -> JsonObject:
    secret = _ask(attempt_id)
    stands = card_facts.standing(db.session(), attempt_id, told=bool(secret))
    return {
        "attempt": attempt_id,
        "state": stands.state,
        "amount_vnd": stands.amount_vnd,
        "client_secret": secret if stands.state == "open" else "",
        "declined": stands.declined,
    }


def _page(code: str, body: JsonObject) -> PayPage:
    return pay_page.read(db.session(), code, current_login(), cast(str, body["k"]))
