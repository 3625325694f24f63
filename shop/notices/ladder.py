"""The ladder: what is due takes its next road, and what became of it decides whether there is another.

A try is written down before it is sent and begun once: one that may have gone is never sent again, by this
road or another. Refuses to talk to anybody inside a write; `reactions` sends.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.outbox import publish
from shop.notices import mailboxes, push_devices, roads
from shop.notices.letters import KINDS
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_events import NoticeDue
from shop.notices.notice_rules import (
    CALL,
    GIVEN_UP,
    PUSH,
    SEEN,
    SENDING,
    STALE,
    TO_CALL,
    WAITING,
    Reach,
    Tried,
    event_of,
    next_road,
    not_before,
)
from shop.notices.roads import REFUSED, UNKNOWN, Fate, Recipient

_AT_ONCE = 50
_BEGUN = ("started", "sending")
_WORDS_LENGTH = 2000
_DETAIL_LENGTH = 120
_news: dict[str, Callable[[Session, str], bool]] = {}


@dataclass(frozen=True)
class Task:
    """A try that was begun: what to say, by which road, under which key; `to` whom in which language.

    `stale_ms` (UTC ms) is when it is of no use any more, None for never.
    """

    notice_id: str
    road: str
    kind: str
    facts: Mapping[str, str]
    to: tuple[tuple[str, Recipient], ...]
    key: str
    stale_ms: int | None


@dataclass(frozen=True)
class Told:
    """What came of a try: its fate, and the words as they went."""

    fate: Fate
    words: str = ""


def only_while(kind: str, is_news: Callable[[Session, str], bool]) -> None:
    """Have notices of `kind` told only while `is_news(session, event)`: else they were heard of otherwise.

    For packages above, whose facts the ladder does not know; said twice, the last one counts.
    """
    _news[kind] = is_news


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
        to=_by_language(tried.road, _recipient(session, row), mailbox.lang),
        key=tried.id,
        stale_ms=row.stale_ms,
    )


def record(session: Session, try_id: str, told: Told) -> None:
    """Write down what came of the try; what did not go is due for the next road. Twice changes nothing."""
    tried = session.get(NoticeTry, try_id, with_for_update=True, populate_existing=True)
    if tried is None or tried.outcome not in _BEGUN:
        return
    tried.outcome = told.fate.outcome
    tried.words = told.words[:_WORDS_LENGTH]
    tried.detail = told.fate.detail[:_DETAIL_LENGTH]
    push_devices.drop(session, told.fate.gone)
    row = session.get_one(Notice, tried.notice_id, with_for_update=True)
    if row.state != SENDING:
        return
    if told.fate.outcome == REFUSED:
        row.state, row.due_ms = WAITING, clock.now_ms()
        if told.fate.again_s:
            tried.again_ms = row.due_ms + told.fate.again_s * 1000
            row.due_ms = not_before(tried.again_ms, urgent=KINDS[row.kind].urgent)
    elif told.fate.outcome == UNKNOWN:
        _end(row, TO_CALL if CALL in KINDS[row.kind].roads and row.phone else GIVEN_UP)
    else:
        _end(row, told.fate.outcome)


def _step(session: Session, row: Notice) -> None:
    if row.stale_ms is not None and row.stale_ms <= clock.now_ms():
        _end(row, STALE)
        return
    is_news = _news.get(row.kind)
    if is_news and not is_news(session, event_of(row.event_key, row.kind, row.person_id)):
        _end(row, SEEN)
        return
    before = session.scalars(select(NoticeTry).where(NoticeTry.notice_id == row.id)).all()
    reach = Reach(roads.leading_to(_recipient(session, row)), by_call=bool(row.phone))
    tried = [Tried(one.road, one.again_ms is not None) for one in before]
    road = next_road(KINDS[row.kind].roads, tried, reach)
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
    address = mailbox.address if mailbox.confirmed else ""
    devices = push_devices.targets(session, row.person_id, row.device_id)
    if KINDS[row.kind].guarded:
        devices = push_devices.of_device(session, row.person_id, row.device_id)
    return Recipient(row.name, row.phone, address, devices)


def _by_language(road: str, whom: Recipient, lang: str) -> tuple[tuple[str, Recipient], ...]:
    """Whom to tell in which language: a device in its own, a person in theirs."""
    if road != PUSH:
        return ((lang, whom),)
    found = dict.fromkeys(one.lang for one in whom.devices)
    return tuple(
        (said, replace(whom, devices=tuple(one for one in whom.devices if one.lang == said)))
        for said in found
    )


def _end(row: Notice, state: str) -> None:
    row.state = state
    row.ended_ms = None if state == TO_CALL else clock.now_ms()
