"""What nobody can see any more goes for good: originals, photos taken away a day ago, orphans.

Rows go in a write, files after it as errands, so a file outlives its row and never the other way round.
Orphans are originals that were stored but whose row was never committed (the power went, the form was
refused): looked for every hour among `incoming/` alone, which holds only what still waits for copies.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Photo
from catalog.photos.album import UNDO_MS
from catalog.photos.events import OriginalDone, PhotoDropped, SweepDue
from catalog.photos.facts import all_keys, original_key
from core import clock, outbox
from core.db import db
from core.storage import storage

DROP_EVERY_S = 600.0
SWEEP_EVERY_S = 3600.0
_ORPHAN_AGE_MS = 24 * 3_600_000
_DRAFT_AGE_MS = 30 * 24 * 3_600_000
_AT_ONCE = 100


def drop_removed(session: Session) -> None:
    """Drop photos that can no longer be brought back, and those of forms never sent."""
    now = clock.now_ms()
    taken_away = select(Photo).where(Photo.removed_ms <= now - UNDO_MS)
    forgotten = select(Photo).where(
        Photo.subject_kind == "draft", Photo.created_ms <= now - _DRAFT_AGE_MS
    )
    for query in (taken_away, forgotten):
        for photo in session.scalars(query.order_by(Photo.id).limit(_AT_ONCE)):
            session.delete(photo)
            outbox.publish(session, PhotoDropped(photo.id))
        session.flush()


def ask_for_sweep(session: Session) -> None:
    """Have orphans looked for."""
    outbox.publish(session, SweepDue(clock.now_ms() - _ORPHAN_AGE_MS))


def delete_original(event: OriginalDone) -> None:
    """What was sent, with the place it was taken at, is nobody's business any more."""
    storage().delete([original_key(event.photo_id)])


def delete_files(event: PhotoDropped) -> None:
    """All there is of a photo."""
    storage().delete(all_keys(event.photo_id))


def sweep(event: SweepDue) -> None:
    """Delete old originals that no row knows."""
    stored = storage().keys("incoming", event.before_ms)
    ids = {key.rpartition("/")[2]: key for key in stored}
    known: set[str] = set()
    names = sorted(ids)
    for first in range(0, len(names), _AT_ONCE):
        query = select(Photo.id).where(Photo.id.in_(names[first : first + _AT_ONCE]))
        known |= set(db.session.scalars(query))
    storage().delete(key for photo_id, key in ids.items() if photo_id not in known)
