"""The door for providers' notices: verify over the raw body, store it, answer; nothing else.

What a notice means is worked out later by the inbox, so that a provider is answered in milliseconds
and a fault of ours never costs a notice. Refuses what is not signed, and a body its provider would not
send: it is told so and may send again, and what it signed is kept for a person to look at.
"""

import hashlib
from dataclasses import dataclass, replace

from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from core import clock, outbox
from core.db import db, insert_new, write
from core.errors import DomainError, NotFound
from core.http.api import ApiBlueprint
from core.ids import new_id
from payments import providers
from payments.bank import feeds
from payments.bank.feeds import FeedFacts
from payments.events import WebhookStored
from payments.models import WebhookBody
from payments.providers import hearing

blueprint = ApiBlueprint("webhooks", __name__, description="Notices of banks, signed by a provider")

_PROBLEM = 200
_UNREAD = "unread:"


class Received(Schema):
    """The answer SePay waits for, and good for all; anything else makes a provider send again."""

    success = fields.Boolean(required=True)


@dataclass(frozen=True)
class _Stored:
    """A notice as it goes into the database."""

    feed: FeedFacts
    replay_key: str
    body: bytes
    headers: str
    problem: str = ""


@blueprint.post("/webhooks/<string:provider>/<string:feed>")
@blueprint.doc(
    requestBody={"content": {"application/json": {"schema": {"type": "object"}}}, "required": True}
)
@blueprint.response(200, Received)
@blueprint.alt_response(400, description="Not a notice of this provider: bad_json, bad_request")
@blueprint.alt_response(401, description="Not signed, or too old: bad_signature")
@blueprint.alt_response(404, description="No such feed: not_found")
@blueprint.alt_response(413, description="Over 64 KiB: too_large")
def receive(provider: str, feed: str) -> dict[str, bool]:
    """Take in one notice; the same notice again is answered alike and stored once."""
    listener = providers.BY_NAME.get(provider)
    if listener is None:
        raise NotFound()
    connection = feeds.facts(db.session(), provider, feed)
    notice = hearing.heard(listener)
    hearing.proving(listener, notice, connection.secrets)
    headers = hearing.kept_headers(notice)
    try:
        listener.read(notice.body)
        replay_key = listener.replay_key(notice.body)
    except DomainError as error:
        _keep_unread(_Stored(connection, "", notice.body, headers, str(error)[:_PROBLEM]))
        raise
    stored = _Stored(connection, replay_key, notice.body, headers)
    write(lambda session: _store(session, stored))
    return {"success": True}


def _keep_unread(unread: _Stored) -> None:
    """Keep what a provider signed and we cannot read, for a person to look at: it may be money."""
    digest = hashlib.sha256(unread.body).hexdigest()
    stored = replace(unread, replay_key=f"{_UNREAD}{digest}")
    write(lambda session: _store(session, stored))


def _store(session: Session, stored: _Stored) -> None:
    """Insert the body unless the same notice is there; tell the inbox of a new one that can be read."""
    webhook_id = new_id()
    values: dict[str, object] = {
        "id": webhook_id,
        "seller_id": stored.feed.seller_id,
        "feed_id": stored.feed.id,
        "replay_key": stored.replay_key,
        "body": stored.body,
        "headers": stored.headers,
        "state": "unreadable" if stored.problem else "stored",
        "problem": stored.problem,
        "received_ms": clock.now_ms(),
    }
    if insert_new(session, WebhookBody, values) and not stored.problem:
        outbox.publish(session, WebhookStored(webhook_id))
