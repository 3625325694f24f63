"""A complaint is made: the seller's clock starts, and whoever complained gets a page that answers.

Refuses a second running case of one person about one thing: what they write goes into the first.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import SentPhoto
from core import clock
from core.db import insert_new
from core.ids import new_id
from core.outbox import publish
from shop.cases.case_events import CaseOpened, CaseSaid
from shop.cases.case_rules import ANSWER_MS, OPEN
from shop.cases.models import Case, CaseNote
from shop.cases.subjects import Subject

REPORTER, SELLER, OFFICER, MARKET = "reporter", "seller", "officer", "market"


@dataclass(frozen=True)
class Complaint:
    """Who complains about what: `problem` and `wants` are of `case_rules`.

    `name` and `phone` (E.164) are those given with it, or with the order it is about.
    """

    subject: Subject
    person_id: str
    device_id: str | None
    name: str
    phone: str
    problem: str
    wants: str


@dataclass(frozen=True)
class Words:
    """A text (it may be empty where pictures speak) by `actor`, with the pictures stored for it."""

    actor: str
    text: str
    pictures: tuple[SentPhoto, ...] = ()


def open_case(session: Session, complaint: Complaint, words: Words) -> str:
    """Make the complaint and start the seller's 48 hours; returns the case's id.

    Effect: `CaseOpened` is published. While an earlier one of the same person about the same thing
    runs, the words go there and its id is returned.
    Precondition: the pictures are stored (`photos.intake`).
    """
    about = complaint.subject
    key = f"{about.kind}:{about.id}:{complaint.person_id}"[:60]
    case_id, now = new_id(), clock.now_ms()
    values: dict[str, object] = {
        "id": case_id,
        "seller_id": about.seller_id,
        "subject_kind": about.kind,
        "subject_id": about.id,
        "title": about.title[:160],
        "person_id": complaint.person_id,
        "device_id": complaint.device_id,
        "name": complaint.name,
        "phone": complaint.phone,
        "capability": secrets.token_urlsafe(32),
        "open_key": key,
        "problem": complaint.problem,
        "wants": complaint.wants,
        "state": OPEN,
        "owner_actor": "",
        "outcome": "",
        "amount_vnd": 0,
        "given_back_vnd": 0,
        "by_officer": False,
        "opened_ms": now,
        "due_ms": now + ANSWER_MS,
    }
    if not insert_new(session, Case, values):
        return _go_on(session, key, words)
    note(session, session.get_one(Case, case_id), REPORTER, "opened", words)
    publish(session, CaseOpened(case_id))
    return case_id


def note(session: Session, case: Case, side: str, what: str, words: Words) -> str:
    """Write down what `side` did or said, with its pictures; returns the note's id.

    Precondition: the caller has the case's row locked, or has just made it.
    """
    row = CaseNote(
        id=new_id(),
        case_id=case.id,
        seller_id=case.seller_id,
        number=_next_number(session, case.id),
        side=side,
        actor=words.actor,
        what=what,
        text=words.text,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    _attach(session, case.seller_id, row.id, words.pictures, words.actor)
    return row.id


def _next_number(session: Session, case_id: str) -> int:
    query = select(func.max(CaseNote.number)).where(CaseNote.case_id == case_id)
    return int(session.scalar(query) or 0) + 1


def _attach(
    session: Session, seller_id: str, note_id: str, pictures: Sequence[SentPhoto], actor: str
) -> None:
    for sent in pictures:
        photos.add_evidence(session, seller_id, note_id, sent, actor)


def _go_on(session: Session, key: str, words: Words) -> str:
    case = session.scalars(select(Case).where(Case.open_key == key).with_for_update()).one()
    note_id = note(session, case, REPORTER, "said", words)
    publish(session, CaseSaid(case.id, note_id, REPORTER))
    return case.id
