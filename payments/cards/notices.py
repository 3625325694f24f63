"""Stripe's notices are read here, off the webhook's path: each says which attempt to ask about, no more.

Why no more: notices come twice and in any order, and what a charge is now only Stripe's answer tells. Refuses
to lose one: what is of no use, of a kind we do not know or of nobody's attempt is kept with the reason.
"""

import re

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.errors import BadRequest, DomainError
from core.strict_json import JsonValue
from payments.cards import attempts, card_payouts, refunding
from payments.cards.card_events import CardNoticeStored
from payments.cards.models import CardAccount, CardAttempt, CardLine, CardNotice, CardRefund
from payments.providers import reading
from payments.providers.reading import Fields

OURS = "cho_phien"
"""Where our own id stands in the metadata of what we make at Stripe."""
_ABOUT = ("checkout.session.", "payment_intent.", "charge.", "refund.")
_PAYOUTS = "payout."
_PAYOUT = re.compile(r"po_[A-Za-z0-9_]{1,200}")
_ID = re.compile(r"evt_[A-Za-z0-9_]{1,70}")
_TYPE = re.compile(r"(?=.{1,100}$)[a-z0-9_]+(\.[a-z0-9_]+)+")


class _OtherAccount(DomainError):
    """The notice is of an account that is connected to the seller's, not of the seller's own."""

    code = "other_account"


class _OtherMode(DomainError):
    """Tests are told to an account for real money, or the other way."""

    code = "other_mode"


def identity(body: bytes) -> tuple[str, str]:
    """The id and the type of the event in `body`; raises BadJson or BadRequest where it is none."""
    fields = reading.fields_of(body)
    _thing(fields)
    return _word(fields, "id", _ID), _word(fields, "type", _TYPE)


def read_stored(session: Session, event: CardNoticeStored) -> None:
    """Read a stored notice; a second call finds nothing left to do."""
    stored = session.get_one(
        CardNotice, event.notice_id, with_for_update=True, populate_existing=True
    )
    if stored.state != "stored":
        return
    try:
        if stored.kind.startswith(_PAYOUTS):
            _payout_told(session, stored)
            return
        attempt_id = _attempt_meant(session, stored)
    except DomainError as error:
        stored.state, stored.about = "unreadable", str(error)[:200]
        return
    if attempt_id is None:
        stored.state, stored.about = "unused", "no attempt of this seller's"
        return
    stored.state, stored.about = "read", attempt_id
    attempts.ask_soon(session, attempt_id)
    for refund_id in session.scalars(_open_refunds(attempt_id)):
        refunding.ask_again(session, refund_id)


def _payout_told(session: Session, stored: CardNotice) -> None:
    """Have the payout a notice is about asked after."""
    thing = _own_thing(session.get_one(CardAccount, stored.account_id), stored.body)
    payout_id = _word(thing, "id", _PAYOUT)
    card_payouts.heard(session, stored.account_id, payout_id)
    stored.state, stored.about = "read", payout_id


def _attempt_meant(session: Session, stored: CardNotice) -> str | None:
    """The seller's attempt the notice is about, by whichever id of it the notice has."""
    if not stored.kind.startswith(_ABOUT):
        return None
    account = session.get_one(CardAccount, stored.account_id)
    thing = _own_thing(account, stored.body)
    ids = {_text(thing.get("id")), _text(thing.get("payment_intent")), _own(thing)} - {""}
    query = select(CardAttempt.id).where(
        CardAttempt.account_id == account.id,
        or_(
            CardAttempt.id.in_(ids),
            CardAttempt.session_id.in_(ids),
            CardAttempt.intent_id.in_(ids),
        ),
    )
    return session.scalars(query.limit(1)).one_or_none()


def _own_thing(account: CardAccount, body: bytes) -> Fields:
    """What an event of this very account is about; raises what makes it another's."""
    fields = reading.fields_of(body)
    if fields.get("account") not in (None, account.provider_account):
        raise _OtherAccount()
    if fields.get("livemode") is not (not account.is_test):
        raise _OtherMode()
    return _thing(fields)


def _thing(fields: Fields) -> Fields:
    return reading.as_fields(reading.as_fields(fields.get("data"), "data").get("object"), "object")


def _word(fields: Fields, name: str, shape: re.Pattern[str]) -> str:
    given = _text(fields.get(name))
    if not shape.fullmatch(given):
        raise BadRequest(name, "not an event's")
    return given


def _own(thing: Fields) -> str:
    metadata = thing.get("metadata")
    return _text(metadata.get(OURS)) if isinstance(metadata, dict) else ""


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _open_refunds(attempt_id: str) -> Select[str]:
    query = select(CardRefund.id).join(CardLine, CardLine.id == CardRefund.line_id)
    return query.where(CardLine.attempt_id == attempt_id, CardRefund.ask_ms.is_not(None))
