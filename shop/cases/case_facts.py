"""Cases read: one with its thread, a seller's, an officer's; and who may see which.

Unknown and not yours look the same (promise P11). Refuses to tell an officer or another seller the number
of whoever complained: it is the seller's concerned alone.
"""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import PhotoFacts
from core import clock
from core.errors import NotFound
from core.identity import people
from core.identity.logins import Login
from shop.cases.case_rules import (
    ESCALATED,
    OFFICER_MS,
    OPEN,
    RUNNING,
    SETTLED,
    WITHDRAWN,
    escalates_ms,
    may_dispute,
)
from shop.cases.models import Case, CaseNote

_MOST_LISTED = 200


@dataclass(frozen=True)
class NoteFacts:
    """One thing said or done: `side` is reporter, seller, officer or market; `name` "" for none."""

    id: str
    side: str
    what: str
    name: str
    text: str
    at_ms: int
    photos: tuple[PhotoFacts, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """A case as it stands; times in UTC ms, the sum in đồng.

    `until_ms` is when whoever has it must have decided, None when it is over.
    `capability` opens it to its holder: it goes into links to whoever complained and nowhere else;
    `phone` (E.164) is for the seller's eyes alone.
    """

    id: str
    seller_id: str
    subject_kind: str
    subject_id: str
    title: str
    person_id: str
    device_id: str | None
    name: str
    phone: str
    capability: str
    problem: str
    wants: str
    state: str
    owner: str
    outcome: str
    amount_vnd: int
    by_officer: bool
    opened_ms: int
    until_ms: int | None
    escalated_ms: int | None
    ended_ms: int | None
    may_dispute: bool

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    def is_reporters(self, login: Login | None, capability: str) -> bool:
        """Whether this caller complained, or holds the link."""
        own = login is not None and login.owns(self.person_id, self.device_id)
        return own or hmac.compare_digest(capability.encode(), self.capability.encode())


@dataclass(frozen=True)
class OnTime:
    """How many cases of a period ended, and how many of them within their time."""

    ended: int
    on_time: int


def facts(session: Session, case_id: str) -> CaseFacts:
    """The case `case_id`.

    Raises:
        NotFound: there is none.
    """
    row = session.get(Case, case_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return _facts(session, [row])[0]


def of_reporter(session: Session, case_id: str, login: Login | None, capability: str) -> CaseFacts:
    """The case, if this caller complained.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = facts(session, case_id)
    if not found.is_reporters(login, capability):
        raise NotFound()
    return found


def of_seller(session: Session, case_id: str, seller_id: str) -> CaseFacts:
    """The case, if it is this seller's.

    Raises:
        NotFound: there is none, or it is another seller's.
    """
    found = facts(session, case_id)
    if found.seller_id != seller_id:
        raise NotFound()
    return found


def running_of_seller(session: Session, seller_id: str) -> int:
    """How many complaints wait for this seller's answer; for the desk's badge and its morning page."""
    query = select(func.count()).where(Case.seller_id == seller_id, Case.state.in_(RUNNING))
    return int(session.scalar(query) or 0)


def counts_about(session: Session, kind: str, subject_ids: Collection[str]) -> dict[str, int]:
    """How many complaints there are about each subject of `kind`, withdrawn ones not; none: absent."""
    query = select(Case.subject_id, func.count()).where(
        Case.subject_kind == kind, Case.subject_id.in_(subject_ids), Case.state != WITHDRAWN
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(Case.subject_id))}


def all_of_seller(session: Session, seller_id: str) -> tuple[CaseFacts, ...]:
    """The seller's cases, what runs first and of it what is due first, at most 200."""
    return _listed(session, seller_id)


def for_officers(session: Session) -> tuple[CaseFacts, ...]:
    """Every seller's cases, those with an officer first, then what is due first, at most 200."""
    return _listed(session, None)


def about(session: Session, kind: str, subject_id: str) -> tuple[CaseFacts, ...]:
    """The cases about one thing, the newest first."""
    query = select(Case).where(Case.subject_kind == kind, Case.subject_id == subject_id)
    rows = session.scalars(query.order_by(Case.opened_ms.desc(), Case.id)).all()
    return tuple(_facts(session, rows))


def thread(session: Session, case_id: str) -> tuple[NoteFacts, ...]:
    """All that was said and done in the case, the oldest first, with the pictures that can be shown."""
    query = select(CaseNote).where(CaseNote.case_id == case_id)
    rows = session.scalars(query.order_by(CaseNote.number)).all()
    names = people.names_of(session, {row.actor for row in rows})
    pictures = photos.of_subjects(session, "case", [row.id for row in rows])
    return tuple(
        NoteFacts(
            id=row.id,
            side=row.side,
            what=row.what,
            name=names[row.actor],
            text=row.text,
            at_ms=row.at_ms,
            photos=pictures.get(row.id, ()),
        )
        for row in rows
    )


def on_time(session: Session, seller_ids: Sequence[str], since_ms: int, until_ms: int) -> OnTime:
    """How many of the sellers' cases opened in [since, until) got an outcome, and in time (48 hours)."""
    in_time = func.sum(sql_case((Case.ended_ms <= Case.due_ms, 1), else_=0))
    query = select(func.count(), in_time).where(
        Case.seller_id.in_(seller_ids),
        Case.opened_ms >= since_ms,
        Case.opened_ms < until_ms,
        Case.state == SETTLED,
    )
    ended, kept = session.execute(query).one()
    return OnTime(int(ended), int(kept or 0))


def _listed(session: Session, seller_id: str | None) -> tuple[CaseFacts, ...]:
    order = {ESCALATED: 0, OPEN: 1} if seller_id is None else {ESCALATED: 0, OPEN: 0}
    query = select(Case).order_by(
        sql_case(order, value=Case.state, else_=2),
        sql_case((Case.state.in_(RUNNING), Case.due_ms), else_=-Case.due_ms),
        Case.id,
    )
    if seller_id is not None:
        query = query.where(Case.seller_id == seller_id)
    return tuple(_facts(session, session.scalars(query.limit(_MOST_LISTED)).all()))


def _facts(session: Session, rows: Sequence[Case]) -> list[CaseFacts]:
    owners = people.names_of(session, {row.owner_actor for row in rows})
    now = clock.now_ms()
    return [_of_row(row, owners[row.owner_actor], now) for row in rows]


def _of_row(row: Case, owner: str, now_ms: int) -> CaseFacts:
    return CaseFacts(
        id=row.id,
        seller_id=row.seller_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        title=row.title,
        person_id=row.person_id,
        device_id=row.device_id,
        name=row.name,
        phone=row.phone,
        capability=row.capability,
        problem=row.problem,
        wants=row.wants,
        state=row.state,
        owner=owner,
        outcome=row.outcome,
        amount_vnd=row.amount_vnd,
        by_officer=row.by_officer,
        opened_ms=row.opened_ms,
        until_ms=_until(row),
        escalated_ms=row.escalated_ms,
        ended_ms=row.ended_ms,
        may_dispute=_may_dispute(row, now_ms),
    )


def _until(row: Case) -> int | None:
    if row.state == OPEN:
        return escalates_ms(row.due_ms, row.warned_ms) or row.due_ms
    return (row.escalated_ms or 0) + OFFICER_MS if row.state == ESCALATED else None


def _may_dispute(row: Case, now_ms: int) -> bool:
    before = row.escalated_ms is not None
    return row.state == SETTLED and may_dispute(
        row.ended_ms or 0, now_ms, by_officer=row.by_officer, before=before
    )
