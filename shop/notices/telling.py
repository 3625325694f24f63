"""Making notices: one for each event and person, however often the event is heard. Refuses to send."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.identity import people, staff
from core.ids import new_id
from core.outbox import publish
from shop.notices.letters import KINDS
from shop.notices.models import Notice, NoticeTry
from shop.notices.notice_events import NoticeHeard
from shop.notices.notice_rules import PUSH, SEEN, UNHEARD, due_ms, event_of, key_of

_KEEPERS = ("owner", "manager")
_OWNERS = ("owner",)
_BOOKKEEPERS = ("owner", "accountant")
_PATH_LENGTH = 200


@dataclass(frozen=True)
class News:
    """What is to be told: its `kind` (of `letters.KINDS`), the `event` it comes from (an id of its own for
    ever), the seller concerned, the facts its words are made of, and where its link leads.

    `stale_ms` (UTC ms) is when it is of no use any more.
    """

    kind: str
    event: str
    seller_id: str
    path: str
    facts: Mapping[str, str] = field(default_factory=dict)
    stale_ms: int | None = None


@dataclass(frozen=True)
class Whom:
    """Who is to be told, as they are addressed; `phone` E.164, "" for none.

    `device_id` did what it is about, and may be told although it has not proved the number (ADR 0004).
    """

    person_id: str
    name: str
    phone: str
    device_id: str | None = None


def tell(session: Session, news: News, whom: Whom) -> bool:
    """Have `whom` be told; returns whether they had not been told of this event before."""
    now = clock.now_ms()
    values: dict[str, object] = {
        "id": new_id(),
        "event_key": key_of(news.kind, news.event, whom.person_id),
        "seller_id": news.seller_id,
        "person_id": whom.person_id,
        "device_id": whom.device_id,
        "name": whom.name[:80],
        "phone": whom.phone,
        "kind": news.kind,
        "facts": json.dumps(dict(news.facts), ensure_ascii=False),
        "path": news.path[:_PATH_LENGTH],
        "state": "waiting",
        "made_ms": now,
        "due_ms": due_ms(now, urgent=KINDS[news.kind].urgent),
        "stale_ms": news.stale_ms,
    }
    return insert_new(session, Notice, values)


def tell_keepers(session: Session, news: News) -> None:
    """Have those who run the seller's shop (owner, managers) be told."""
    _tell_staff(session, news, _KEEPERS)


def tell_owners(session: Session, news: News) -> None:
    """Have every owner of the seller be told: of what only they decide."""
    _tell_staff(session, news, _OWNERS)


def tell_bookkeepers(session: Session, news: News) -> None:
    """Have the seller's owners and accountants be told: of money that went another way than it should."""
    _tell_staff(session, news, _BOOKKEEPERS)


def _tell_staff(session: Session, news: News, roles: tuple[str, ...]) -> None:
    found = staff.of_seller(session, news.seller_id, roles)
    who = people.facts_of(session, [one.person_id for one in found])
    for one in who.values():
        tell(session, news, Whom(one.id, one.name, one.phone))


def seen(session: Session, notice_id: str) -> None:
    """Note that the notice was looked at: nothing more is sent of it. One that was sent does not change,
    nor does a guarded one: whoever looks may be the one it warns of.
    """
    row = session.get(Notice, notice_id, with_for_update=True)
    if row is not None and row.state in UNHEARD and not KINDS[row.kind].guarded:
        row.state, row.ended_ms = SEEN, clock.now_ms()
        _heard(session, row)


def shown(session: Session, notice_id: str) -> None:
    """Note that a device says it showed the notice pushed to it; said again, it changes nothing."""
    row = session.get(Notice, notice_id, with_for_update=True)
    query = select(NoticeTry).where(
        NoticeTry.notice_id == notice_id,
        NoticeTry.road == PUSH,
        NoticeTry.outcome.in_(("sending", "sent", "unknown")),
        NoticeTry.shown_ms.is_(None),
    )
    tried = session.scalars(query.order_by(NoticeTry.number.desc()).limit(1)).one_or_none()
    if row is not None and tried is not None:
        tried.shown_ms = clock.now_ms()
        _heard(session, row)


def seen_by(session: Session, person_id: str) -> None:
    """Note that the person has looked at all that they were to be told."""
    query = select(Notice.id).where(Notice.person_id == person_id, Notice.state.in_(UNHEARD))
    for notice_id in session.scalars(query).all():
        seen(session, notice_id)


def _heard(session: Session, row: Notice) -> None:
    event = event_of(row.event_key, row.kind, row.person_id)
    publish(session, NoticeHeard(row.id, row.kind, event))
