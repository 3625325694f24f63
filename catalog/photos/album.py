"""Which photos a thing has, in which order; taking one away and bringing it back.

Rows only: what was sent lies in the storage already when `add` is called (`intake.receive`), so a row
never promises a file that is not there. Refuses another seller's things and more than `MOST_OF_ONE`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.models import Certificate, Lot, Photo, Product
from catalog.photos.errors import PhotoGone, StuckPhoto, TooManyPhotos
from catalog.photos.events import PhotoSent
from catalog.photos.facts import MOST_OF_ONE, PhotoFacts, Subject
from core import clock, outbox
from core.db import Base, owned
from core.errors import NotFound

UNDO_MS = 24 * 3_600_000
"""How long a photo taken away can be brought back; then its files go."""

_EVIDENCE = "case"
_DRAFT_ID = re.compile(r"[A-Za-z0-9_-]{8,16}")
_TABLES: dict[str, type[Base]] = {
    "product": Product,
    "lot": Lot,
    "certificate": Certificate,
}


def keep_for(kind: str, table: type[Base]) -> None:
    """Let things of a package above have photos: rows of `table`, each with its `seller_id`.

    Precondition: `kind` is one of `facts.KINDS`; called once, while the package is wired.
    """
    _TABLES[kind] = table


@dataclass(frozen=True)
class SentPhoto:
    """What `intake.receive` has stored: the id it lies under and what kind of file it is."""

    id: str
    kind: str


def add(
    session: Session, seller_id: str, subject: Subject, sent: SentPhoto, actor: str
) -> PhotoFacts:
    """Put a stored original behind the photos of `subject`; its copies are made after the commit.

    Raises:
        NotFound: the subject is not this seller's. TooManyPhotos: it has as many as it can have.
    """
    _require_own(session, seller_id, subject)
    return _put(session, seller_id, subject, sent, actor)


def add_evidence(
    session: Session, seller_id: str, subject_id: str, sent: SentPhoto, actor: str
) -> None:
    """Put a stored original behind the evidence `subject_id` about a seller's goods.

    Whoever calls knows who may send it; the seller can neither take it away nor add to it.

    Raises:
        TooManyPhotos: it has as many as it can have.
    """
    _put(session, seller_id, Subject(_EVIDENCE, subject_id), sent, actor)


def _put(
    session: Session, seller_id: str, subject: Subject, sent: SentPhoto, actor: str
) -> PhotoFacts:
    there = _rows(session, seller_id, subject)
    if len(there) >= MOST_OF_ONE:
        raise TooManyPhotos(MOST_OF_ONE)
    photo = Photo(
        id=sent.id,
        seller_id=seller_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        position=there[-1].position + 1 if there else 0,
        state="waiting",
        why="",
        kind=sent.kind,
        width=0,
        height=0,
        created_by=actor,
        created_ms=clock.now_ms(),
    )
    session.add(photo)
    session.flush()
    outbox.publish(session, PhotoSent(photo.id))
    return _facts(photo)


def of_products(session: Session, product_ids: Iterable[str]) -> dict[str, tuple[PhotoFacts, ...]]:
    """The photos that can be shown, by product, each product's first one first; one query."""
    return of_subjects(session, "product", product_ids)


def of_subjects(
    session: Session, kind: str, subject_ids: Iterable[str]
) -> dict[str, tuple[PhotoFacts, ...]]:
    """As `of_products`, for things of one kind (`facts.KINDS`)."""
    query = (
        select(Photo)
        .where(
            Photo.subject_kind == kind,
            Photo.subject_id.in_(set(subject_ids)),
            Photo.state == "ready",
            Photo.removed_ms.is_(None),
        )
        .order_by(Photo.position, Photo.id)
    )
    found: dict[str, tuple[PhotoFacts, ...]] = {}
    for photo in session.scalars(query):
        found[photo.subject_id] = (*found.get(photo.subject_id, ()), _facts(photo))
    return found


def of_subject(session: Session, seller_id: str, subject: Subject) -> tuple[PhotoFacts, ...]:
    """Every photo of one thing for those who keep it, also those still waiting and those that failed.

    Raises:
        NotFound: the subject is not this seller's.
    """
    _require_own(session, seller_id, subject)
    return tuple(_facts(photo) for photo in _rows(session, seller_id, subject))


def get(session: Session, seller_id: str, photo_id: str) -> PhotoFacts:
    """One photo of the seller's, taken away or not.

    Raises:
        NotFound: it is not there, or another seller's.
    """
    return _facts(_own(session, seller_id, photo_id))


def find(session: Session, photo_id: str) -> PhotoFacts | None:
    """One photo, whosever it is, for who hears of it by its id; None when its row is gone or taken away."""
    photo = session.get(Photo, photo_id)
    return None if photo is None or photo.removed_ms is not None else _facts(photo)


def removed_of(
    session: Session, seller_id: str, subject: Subject, photo_id: str
) -> PhotoFacts | None:
    """The photo `photo_id` of `subject` if it was taken away and can still be brought back."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.removed_ms is None or photo.removed_ms + UNDO_MS <= clock.now_ms():
        return None
    facts = _facts(photo)
    return facts if (facts.seller_id, facts.subject) == (seller_id, subject) else None


def shown(session: Session, photo_id: str) -> bool:
    """Whether the copies of this photo are for everybody to see."""
    query = select(Photo.id).where(
        Photo.id == photo_id, Photo.state == "ready", Photo.removed_ms.is_(None)
    )
    return session.scalar(query) is not None


def reorder(session: Session, seller_id: str, subject: Subject, photo_ids: Sequence[str]) -> None:
    """Put the photos of one thing in the order of `photo_ids`; those not named follow as they were.

    Raises:
        NotFound: the subject, or a photo named, is not there or not this seller's.
    """
    _require_own(session, seller_id, subject)
    rows = {photo.id: photo for photo in _rows(session, seller_id, subject)}
    if not set(photo_ids) <= set(rows):
        raise NotFound()
    wanted = dict.fromkeys([*photo_ids, *rows])
    for position, photo_id in enumerate(wanted):
        rows[photo_id].position = position
    session.flush()


def remove(session: Session, seller_id: str, photo_id: str) -> PhotoFacts:
    """Take a photo away from every page; `restore` brings it back for a day. Twice changes nothing.

    Raises:
        NotFound: it is not there, or another seller's.
    """
    photo = _own(session, seller_id, photo_id)
    if photo.removed_ms is None:
        photo.removed_ms = clock.now_ms()
    session.flush()
    return _facts(photo)


def restore(session: Session, seller_id: str, photo_id: str) -> PhotoFacts:
    """Bring back a photo that was taken away, to its old place. Twice changes nothing.

    Raises:
        NotFound: it is not there, or another seller's. PhotoGone: its day is over.
        TooManyPhotos: others have taken its place.
    """
    photo = _own(session, seller_id, photo_id)
    if photo.removed_ms is None:
        return _facts(photo)
    if photo.removed_ms + UNDO_MS <= clock.now_ms():
        raise PhotoGone()
    if len(_rows(session, seller_id, Subject(photo.subject_kind, photo.subject_id))) >= MOST_OF_ONE:
        raise TooManyPhotos(MOST_OF_ONE)
    photo.removed_ms = None
    session.flush()
    return _facts(photo)


def retry(session: Session, seller_id: str, photo_id: str) -> PhotoFacts:
    """Have the copies tried for again of a photo we gave up on; nothing changes of any other.

    Raises:
        NotFound: it is not there, or another seller's.
    """
    photo = _own(session, seller_id, photo_id)
    if photo.state == "failed" and photo.why == StuckPhoto.code:
        photo.state, photo.why = "waiting", ""
        session.flush()
        outbox.publish(session, PhotoSent(photo.id))
    return _facts(photo)


def adopt(session: Session, seller_id: str, draft_id: str, subject: Subject) -> int:
    """Give the photos of a draft to what has become of it, behind its own; returns how many.

    Raises:
        NotFound: the subject is not this seller's. TooManyPhotos: together they would be too many.
    """
    _require_own(session, seller_id, subject)
    coming = _rows(session, seller_id, Subject("draft", draft_id))
    there = _rows(session, seller_id, subject)
    if len(coming) + len(there) > MOST_OF_ONE:
        raise TooManyPhotos(MOST_OF_ONE)
    first = there[-1].position + 1 if there else 0
    for place, photo in enumerate(coming):
        photo.subject_kind, photo.subject_id = subject.kind, subject.id
        photo.position = first + place
    session.flush()
    return len(coming)


def _own(session: Session, seller_id: str, photo_id: str) -> Photo:
    """A photo the seller may change: its own, and no evidence."""
    photo = owned(session, Photo, photo_id, seller_id)
    if photo.subject_kind == _EVIDENCE:
        raise NotFound()
    return photo


def _require_own(session: Session, seller_id: str, subject: Subject) -> None:
    """A draft is whoever's first photo it has; everything else has a row that says so."""
    if subject.kind == "draft":
        if _DRAFT_ID.fullmatch(subject.id) is None:
            raise NotFound()
        other = select(func.count()).where(
            Photo.subject_kind == "draft",
            Photo.subject_id == subject.id,
            Photo.seller_id != seller_id,
        )
        if session.scalar(other):
            raise NotFound()
    elif (table := _TABLES.get(subject.kind)) is not None:
        owned(session, table, subject.id, seller_id)
    else:
        raise NotFound()


def _rows(session: Session, seller_id: str, subject: Subject) -> list[Photo]:
    """The photos of one thing that were not taken away, in order."""
    query = select(Photo).where(
        Photo.subject_kind == subject.kind,
        Photo.subject_id == subject.id,
        Photo.seller_id == seller_id,
        Photo.removed_ms.is_(None),
    )
    return list(session.scalars(query.order_by(Photo.position, Photo.id)))


def _facts(photo: Photo) -> PhotoFacts:
    return PhotoFacts(
        id=photo.id,
        seller_id=photo.seller_id,
        subject=Subject(photo.subject_kind, photo.subject_id),
        position=photo.position,
        state=photo.state,
        why=photo.why,
        width=photo.width,
        height=photo.height,
    )
