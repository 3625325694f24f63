"""Where people want to be written to: an address counts once its owner has opened the link sent to it.

Refuses to write to an address that somebody else may have typed.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.outbox import publish
from shop.notices.models import Mailbox
from shop.notices.notice_events import MailboxGiven

_TOKEN = "."


@dataclass(frozen=True)
class MailboxFacts:
    """A person's address as typed, whether it is theirs for sure, and the language they read."""

    address: str
    confirmed: bool
    lang: str


NO_MAILBOX = MailboxFacts("", False, "vi")


def of_person(session: Session, person_id: str) -> MailboxFacts:
    """Where `person_id` is written to; nothing, in Vietnamese, for who has said nothing."""
    row = session.get(Mailbox, person_id)
    return MailboxFacts(row.address, row.confirmed_ms is not None, row.lang) if row else NO_MAILBOX


def langs_of(session: Session, person_ids: Collection[str]) -> dict[str, str]:
    """The language each of `person_ids` reads, in one query; Vietnamese for who has said nothing."""
    rows = session.scalars(select(Mailbox).where(Mailbox.person_id.in_(set(person_ids))))
    return {
        **dict.fromkeys(person_ids, NO_MAILBOX.lang),
        **{row.person_id: row.lang for row in rows},
    }


def give(session: Session, person_id: str, address: str, lang: str) -> None:
    """Have `person_id` be written to at `address` ("" for nowhere) in `lang`.

    Effect: a new address is not used before it is confirmed; a letter with the link is on its way
    (`MailboxGiven`). The same address stays as confirmed as it was.
    """
    row = session.get(Mailbox, person_id, with_for_update=True)
    if row is None:
        row = Mailbox(person_id=person_id, address="", changed_ms=0, token="")
        session.add(row)
    row.lang = lang
    row.changed_ms = clock.now_ms()
    if row.address == address:
        return
    row.address, row.confirmed_ms = address, None
    row.token = secrets.token_urlsafe(24) if address else ""
    session.flush()
    if address:
        publish(session, MailboxGiven(person_id))


def token_of(session: Session, person_id: str) -> str:
    """What the link to `person_id`'s unconfirmed address carries; "" when none is waited for."""
    row = session.get(Mailbox, person_id)
    return f"{person_id}{_TOKEN}{row.token}" if row and row.token else ""


def confirm(session: Session, token: str) -> None:
    """Note that whoever holds `token` reads the address it was sent to; again by the same changes nothing.

    Raises:
        NotFound: it is no token of ours, or the address was changed since.
    """
    row = _by_token(session, token)
    row.confirmed_ms = row.confirmed_ms or clock.now_ms()


def waits(session: Session, token: str) -> str:
    """The address `token` confirms.

    Raises:
        NotFound: it is no token of ours, or the address was changed since.
    """
    return _by_token(session, token).address


def _by_token(session: Session, token: str) -> Mailbox:
    person_id, _, secret = token.partition(_TOKEN)
    row = session.get(Mailbox, person_id)
    if (
        row is None
        or not row.token
        or not secrets.compare_digest(row.token.encode(), secret.encode())
    ):
        raise NotFound()
    return row
