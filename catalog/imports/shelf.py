"""Files that wait to be looked at: kept as they were read, for a day, seen by their seller's people only.

The preview is never taken from the browser: it is planned from what is kept here, and planned again when
rows are applied.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.imports import columns
from catalog.imports.columns import Kind
from catalog.models import ImportFile
from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from core.tables import cells
from core.tables.cells import Table
from core.text import clean_line

KEPT_MS = 24 * 3_600_000
NAME_LENGTH = 120
_MOST_SHOWN = 10
_MOST_KEPT = 30


@dataclass(frozen=True)
class NewFile:
    """What was sent: its name, what it is about, and the tables that were read of it."""

    name: str
    kind: Kind
    tables: Sequence[Table]


@dataclass(frozen=True)
class FileFacts:
    """A file that waits; `applied` rows of it are written down."""

    id: str
    seller_id: str
    kind: Kind
    name: str
    digest: str
    applied: int
    created_ms: int


@dataclass(frozen=True)
class KeptFile:
    """A file with its table."""

    facts: FileFacts
    table: Table


def digest_of(raw: bytes) -> str:
    """The digest by which the same file is known again."""
    return hashlib.sha256(raw).hexdigest()


def keep(session: Session, seller_id: str, new: NewFile, digest: str, actor: str) -> str:
    """Keep the sheet that has the columns asked for; returns the file's id.

    Files older than a day go, and so do all but the newest thirty.

    Raises:
        FileRefused: no sheet has the columns, or the table is empty.
    """
    header = columns.find_header(new.kind, new.tables)
    now = clock.now_ms()
    old = delete(ImportFile).where(ImportFile.seller_id == seller_id)
    session.execute(old.where(ImportFile.created_ms < now - KEPT_MS))
    row = ImportFile(
        id=new_id(),
        seller_id=seller_id,
        kind=new.kind,
        name=clean_line(new.name, NAME_LENGTH),
        digest=digest,
        cells=cells.dumped(header.table),
        applied=0,
        actor=actor,
        created_ms=now,
    )
    session.add(row)
    session.flush()
    _drop_oldest(session, seller_id)
    return row.id


def _drop_oldest(session: Session, seller_id: str) -> None:
    mine = select(ImportFile.id).where(ImportFile.seller_id == seller_id)
    newest = mine.order_by(ImportFile.created_ms.desc(), ImportFile.id.desc())
    old = session.scalars(newest.offset(_MOST_KEPT)).all()
    session.execute(delete(ImportFile).where(ImportFile.id.in_(old)))


def get(session: Session, seller_id: str, file_id: str) -> KeptFile:
    """A file of the seller.

    Raises:
        NotFound: there is none, it is another seller's, or it was sent more than a day ago.
    """
    row = owned(session, ImportFile, file_id, seller_id)
    if row.created_ms < clock.now_ms() - KEPT_MS:
        raise NotFound()
    return KeptFile(_facts(row), cells.loaded(row.cells))


def lock(session: Session, seller_id: str) -> None:
    """Let one file of the seller be applied at a time: what the second does is planned after the first."""
    mine = select(ImportFile.id).where(ImportFile.seller_id == seller_id)
    session.execute(mine.order_by(ImportFile.id).with_for_update())


def count_applied(session: Session, file_id: str, rows: int) -> None:
    """Note that so many rows more of a file are written down."""
    session.get_one(ImportFile, file_id).applied += rows


def recent(session: Session, seller_id: str) -> tuple[FileFacts, ...]:
    """The seller's files of the last day, the newest first."""
    query = select(ImportFile).where(
        ImportFile.seller_id == seller_id, ImportFile.created_ms >= clock.now_ms() - KEPT_MS
    )
    newest = query.order_by(ImportFile.created_ms.desc(), ImportFile.id).limit(_MOST_SHOWN)
    return tuple(_facts(row) for row in session.scalars(newest))


def _facts(row: ImportFile) -> FileFacts:
    return FileFacts(
        row.id, row.seller_id, Kind(row.kind), row.name, row.digest, row.applied, row.created_ms
    )
