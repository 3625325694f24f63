"""The ladder: what is due takes its next road, and what became of it decides whether there is another.

A try is written down before it is sent and begun once: one that may have gone is never sent again, by this
road or another. Refuses to talk to anybody inside a write; `reactions` sends.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.outbox import publish
from shop.notices import mailboxes, roads
from shop.notices.letters import KINDS
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_events import NoticeDue
from shop.notices.notice_rules import (
    CALL,
    GIVEN_UP,
    SENDING,
    STALE,
    TO_CALL,
    WAITING,
    Reach,
    next_road,
)
from shop.notices.roads import REFUSED, UNKNOWN, Fate, Recipient

_AT_ONCE = 50
_BEGUN = ("started", "sending")
_WORDS_LENGTH = 2000
_DETAIL_LENGTH = 120


@dataclass(frozen=True)
class Task:
    """A try that was begun: what to say to whom, by which road, in which language, under which key."""

    notice_id: str
    road: str
    kind: str
    facts: Mapping[str, str]
    recipient: Recipient
    lang: str
    key: str


@dataclass(frozen=True)
class Told:
    """What came of a try: its fate, and the words as they went."""

    fate: Fate
    words: str = ""


def climb(session: Session) -> None:
    """Give each notice that is due its next road, the oldest first, some fifty a round."""
    query = (
        select(Notice.id)
        .where(Notice.state == WAITING, Notice.due_ms <= clock.now_ms())
        .order_by(Notice.due_ms, Notice.id)
        .limit(_AT_ONCE)
    )
    for notice_id in session.scalars(query).all():
        row = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
        if row is not None and row.state == WAITING:
            _step(session, row)


def begin(session: Session, try_id: str) -> Task | None:
    """What the try has to send; None if somebody has begun it, who may have sent it."""
    tried = session.get(NoticeTry, try_id, with_for_update=True, populate_existing=True)
    if tried is None or tried.outcome != "started":
        return None
    tried.outcome = "sending"
    row = session.get_one(Notice, tried.notice_id)
    mailbox = mailboxes.of_person(session, row.person_id)
    return Task(
        notice_id=row.id,
        road=tried.road,
        kind=row.kind,
        facts=json.loads(row.facts),
        recipient=_recipient(session, row),
        lang=mailbox.lang,
        key=tried.id,
    )


def record(session: Session, try_id: str, told: Told) -> None:
    """Write down what came of the try; what did not go is due for the next road. Twice changes nothing."""
    tried = session.get(NoticeTry, try_id, with_for_update=True, populate_existing=True)
    if tried is None or tried.outcome not in _BEGUN:
        return
    tried.outcome = told.fate.outcome
    tried.words = told.words[:_WORDS_LENGTH]
    tried.detail = told.fate.detail[:_DETAIL_LENGTH]
    row = session.get_one(Notice, tried.notice_id, with_for_update=True)
    if row.state != SENDING:
        return
    if told.fate.outcome == REFUSED:
        row.state, row.due_ms = WAITING, clock.now_ms()
    elif told.fate.outcome == UNKNOWN:
        _end(row, TO_CALL if CALL in KINDS[row.kind].roads and row.phone else GIVEN_UP)
    else:
        _end(row, told.fate.outcome)


def _step(session: Session, row: Notice) -> None:
    if row.stale_ms is not None and row.stale_ms <= clock.now_ms():
        _end(row, STALE)
        return
    before = session.scalars(select(NoticeTry).where(NoticeTry.notice_id == row.id)).all()
    reach = Reach(roads.leading_to(_recipient(session, row)), by_call=bool(row.phone))
    road = next_road(KINDS[row.kind].roads, [one.road for one in before], reach)
    if road is None:
        _end(row, GIVEN_UP)
    elif road == CALL:
        row.state = TO_CALL
    else:
        _start(session, row, road, len(before) + 1)


def _start(session: Session, row: Notice, road: str, number: int) -> None:
    tried = NoticeTry(
        id=new_id(),
        notice_id=row.id,
        seller_id=row.seller_id,
        number=number,
        road=road,
        at_ms=clock.now_ms(),
    )
    session.add(tried)
    row.state = SENDING
    session.flush()
    publish(session, NoticeDue(tried.id))


def _recipient(session: Session, row: Notice) -> Recipient:
    mailbox = mailboxes.of_person(session, row.person_id)
    return Recipient(row.name, row.phone, mailbox.address if mailbox.confirmed else "")


def _end(row: Notice, state: str) -> None:
    row.state = state
    row.ended_ms = None if state == TO_CALL else clock.now_ms()
