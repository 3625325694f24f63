"""The call list and the book of notices of one seller: whom to call with which words, who was told what.

Refuses another seller's notices, and words other than those the notice would have gone out with.
"""

import json
from dataclasses import dataclass

from flask import has_request_context
from flask_babel import get_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.ids import new_id
from core.states import BadTransition
from shop import links
from shop.notices import letters, mailboxes
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_rules import CALL, REACHED, TO_CALL

_MOST = 100
MISSED = "missed"


@dataclass(frozen=True)
class Call:
    """Somebody to call: why (`subject`), the words to send them, and how often nobody answered."""

    id: str
    name: str
    phone: str
    subject: str
    words: str
    made_ms: int
    missed: int


@dataclass(frozen=True)
class Told:
    """A notice and its fate: `roads` are those tried with what came of each."""

    id: str
    name: str
    subject: str
    state: str
    made_ms: int
    due_ms: int
    roads: tuple[tuple[str, str], ...]


def calls_of(session: Session, seller_id: str) -> tuple[Call, ...]:
    """Whom the seller's people have to call, the oldest first; at most a hundred."""
    query = (
        select(Notice)
        .where(Notice.seller_id == seller_id, Notice.state == TO_CALL)
        .order_by(Notice.made_ms, Notice.id)
        .limit(_MOST)
    )
    rows = session.scalars(query).all()
    tries = _tries(session, [row.id for row in rows])
    langs = mailboxes.langs_of(session, [row.person_id for row in rows])
    return tuple(_call(row, tries.get(row.id, ()), langs[row.person_id]) for row in rows)


def to_call(session: Session, seller_id: str) -> int:
    """How many wait to be called."""
    query = select(func.count()).where(Notice.seller_id == seller_id, Notice.state == TO_CALL)
    return int(session.scalar(query) or 0)


def book_of(session: Session, seller_id: str, person_id: str = "") -> tuple[Told, ...]:
    """The seller's notices (to one person, where named), the newest first; at most a hundred.

    Each with its fate. Followers stay unnamed.
    """
    query = select(Notice).where(
        Notice.seller_id == seller_id, Notice.kind.not_in(sorted(letters.PRIVATE))
    )
    if person_id:
        query = query.where(Notice.person_id == person_id)
    rows = session.scalars(query.order_by(Notice.made_ms.desc(), Notice.id).limit(_MOST)).all()
    tries = _tries(session, [row.id for row in rows])
    return tuple(
        Told(
            id=row.id,
            name=row.name,
            subject=_subject(row),
            state=row.state,
            made_ms=row.made_ms,
            due_ms=row.due_ms,
            roads=tuple((one.road, _fate(one)) for one in tries.get(row.id, ())),
        )
        for row in rows
    )


def tick(session: Session, seller_id: str, notice_id: str, result: str, actor: str) -> None:
    """Note that somebody was called: `reached` ends the notice, `missed` leaves it on the list.

    Raises:
        NotFound: it is not the seller's. BadTransition: nobody has to be called for it any more.
    """
    owned(session, Notice, notice_id, seller_id)
    row = session.get_one(Notice, notice_id, with_for_update=True, populate_existing=True)
    if row.state != TO_CALL:
        raise BadTransition("notice", row.state, result)
    many = select(func.count()).where(NoticeTry.notice_id == row.id)
    session.add(
        NoticeTry(
            id=new_id(),
            notice_id=row.id,
            seller_id=row.seller_id,
            number=int(session.scalar(many) or 0) + 1,
            road=CALL,
            outcome=result,
            actor=actor,
            at_ms=clock.now_ms(),
        )
    )
    if result == REACHED:
        row.state, row.ended_ms = REACHED, clock.now_ms()


def _call(row: Notice, tries: tuple[NoticeTry, ...], lang: str) -> Call:
    link = links.notice_url(row.id)
    letter = letters.written(row.kind, json.loads(row.facts), link, lang)
    missed = sum(one.outcome == MISSED for one in tries)
    return Call(row.id, row.name, row.phone, _subject(row), letter.text, row.made_ms, missed)


def _subject(row: Notice) -> str:
    """What a notice is about, in the language of whoever reads the desk."""
    reads = str(get_locale() or "vi") if has_request_context() else "vi"
    return letters.written(row.kind, json.loads(row.facts), "", reads).subject


def _fate(tried: NoticeTry) -> str:
    """What came of a try; a device that showed it has said more than its push service could."""
    return "shown" if tried.shown_ms is not None else tried.outcome


def _tries(session: Session, notice_ids: list[str]) -> dict[str, tuple[NoticeTry, ...]]:
    query = select(NoticeTry).where(NoticeTry.notice_id.in_(notice_ids))
    found: dict[str, tuple[NoticeTry, ...]] = {}
    for one in session.scalars(query.order_by(NoticeTry.notice_id, NoticeTry.number)):
        found[one.notice_id] = (*found.get(one.notice_id, ()), one)
    return found
