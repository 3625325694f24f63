"""The door for Stripe's notices: verify over the raw body, store it, answer; nothing else.

The seller stands in the address; whose account there it is, is told by the secret that proves it.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock, outbox
from core.db import db, insert_new, write
from core.errors import NotFound
from core.http.api import ApiBlueprint
from core.ids import new_id
from payments.bank.webhooks import Received
from payments.cards import card_accounts, notices
from payments.cards.card_events import CardNoticeStored
from payments.cards.models import CardNotice
from payments.providers import hearing
from payments.providers.base import Notice
from payments.providers.stripe_sdk import StripeNotices

blueprint = ApiBlueprint("card_webhooks", __name__, description="Notices of card payments")

_SIGNER = StripeNotices()


@dataclass(frozen=True)
class _Stored:
    """A notice as it goes into the database."""

    seller_id: str
    account_id: str
    event_id: str
    kind: str
    notice: Notice


@blueprint.post("/webhooks/stripe/<string:seller>")
@blueprint.doc(
    requestBody={"content": {"application/json": {"schema": {"type": "object"}}}, "required": True}
)
@blueprint.response(200, Received)
@blueprint.alt_response(400, description="No event: bad_json, bad_request")
@blueprint.alt_response(401, description="Not signed, or too old: bad_signature")
@blueprint.alt_response(404, description="This seller has no account at Stripe: not_found")
@blueprint.alt_response(413, description="Over 64 KiB: too_large")
def receive(seller: str) -> dict[str, bool]:
    """Take in one notice of Stripe's; the same again is answered alike and stored once."""
    secrets = card_accounts.webhook_secrets(db.session(), seller)
    if not secrets:
        raise NotFound()
    notice = hearing.heard(_SIGNER)
    proving = hearing.proving(_SIGNER, notice, [secret for _, secret in secrets])
    account_id = secrets[proving][0]
    stored = _Stored(seller, account_id, *notices.identity(notice.body), notice)
    write(lambda session: _store(session, stored))
    return {"success": True}


def _store(session: Session, stored: _Stored) -> None:
    """Insert the body unless the same notice is there; have a new one read."""
    notice_id = new_id()
    values: dict[str, object] = {
        "id": notice_id,
        "seller_id": stored.seller_id,
        "account_id": stored.account_id,
        "event_id": stored.event_id,
        "kind": stored.kind,
        "body": stored.notice.body,
        "headers": hearing.kept_headers(stored.notice),
        "state": "stored",
        "about": "",
        "received_ms": clock.now_ms(),
    }
    if insert_new(session, CardNotice, values):
        outbox.publish(session, CardNoticeStored(notice_id))
