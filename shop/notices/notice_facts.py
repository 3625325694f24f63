"""Notices read by those they are for."""

import json
from dataclasses import dataclass

from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from shop.notices import letters
from shop.notices.models import Notice
from shop.notices.notice_rules import UNHEARD

_MOST = 50


@dataclass(frozen=True)
class NoticeFacts:
    """What a person was or is to be told; `unheard` until they look or somebody tells them.

    `followed` is the seller whose news it is, for who wants no more of it; "" for what concerns them.
    """

    id: str
    subject: str
    text: str
    path: str
    made_ms: int
    unheard: bool
    followed: str = ""


@dataclass(frozen=True)
class Way:
    """Where a notice's link leads, and whether its notice still waits to be heard."""

    path: str
    unheard: bool


def path_of(session: Session, notice_id: str) -> Way:
    """Where the notice leads. Its id cannot be guessed: whoever has it was sent it.

    Raises:
        NotFound: there is none.
    """
    row = session.get(Notice, notice_id)
    if row is None:
        raise NotFound()
    return Way(row.path, row.state in UNHEARD)


def of_person(session: Session, person_id: str) -> tuple[NoticeFacts, ...]:
    """The person's notices, the newest first, at most fifty, in the language of who asks."""
    query = select(Notice).where(Notice.person_id == person_id)
    rows = session.scalars(query.order_by(Notice.made_ms.desc(), Notice.id).limit(_MOST)).all()
    return tuple(_facts(row) for row in rows)


def _facts(row: Notice) -> NoticeFacts:
    letter = letters.written(row.kind, json.loads(row.facts), "", str(get_locale() or "vi"))
    unheard = row.state in UNHEARD
    said = (letter.subject, letter.text, row.path, row.made_ms, unheard)
    followed = row.seller_id if row.kind in letters.PRIVATE else ""
    return NoticeFacts(row.id, *said, followed)
