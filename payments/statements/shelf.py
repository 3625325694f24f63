"""Statements that were sent: kept with their account and the reading of their columns.

The preview is never taken from the browser: it is read anew from what is kept here. Refuses another
account's reading, and to read a file otherwise once it is in the books.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from core.tables import cells
from core.tables.cells import Table
from core.text import clean_line
from payments.models import BankAccount
from payments.statements import layout
from payments.statements.layout import Layout
from payments.statements.models import StatementFile, StatementLayout
from payments.statements.statement_errors import AlreadyTaken

WAITING, TAKING, TAKEN = "waiting", "taking", "taken"
NAME_LENGTH = 120
_MOST_SHOWN = 12


@dataclass(frozen=True)
class NewStatement:
    """What was sent: its name, for which account, the tables read of it, the digest of its bytes."""

    name: str
    account_id: str
    tables: Sequence[Table]
    digest: str


@dataclass(frozen=True)
class StatementFacts:
    """A statement; `state` is WAITING, TAKING or TAKEN, `taken` of its `lines` are in the books so far."""

    id: str
    seller_id: str
    account_id: str
    name: str
    digest: str
    state: str
    lines: int
    taken: int
    new_lines: int
    first_day: int | None
    last_day: int | None
    created_ms: int


@dataclass(frozen=True)
class KeptStatement:
    """A statement with its table and how it is read."""

    facts: StatementFacts
    table: Table
    layout: Layout


def keep(session: Session, seller_id: str, new: NewStatement, actor: str) -> str:
    """Keep a statement to be looked at, its columns as they were read last time or else guessed.

    Raises:
        NoStatementTable: it is none. NotFound: the account is not the seller's.
    """
    account = owned(session, BankAccount, new.account_id, seller_id)
    table, guessed = layout.guess(new.tables)
    known = session.get(StatementLayout, (account.id, layout.fingerprint(table, guessed)))
    read = Layout(guessed.header, layout.loaded(known.mapping).places) if known else guessed
    row = StatementFile(
        id=new_id(),
        seller_id=seller_id,
        account_id=account.id,
        name=clean_line(new.name, NAME_LENGTH),
        digest=new.digest,
        cells=cells.dumped(table),
        mapping=layout.dumped(read),
        state=WAITING,
        lines=0,
        taken=0,
        new_lines=0,
        actor=actor,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def get(session: Session, seller_id: str, file_id: str) -> KeptStatement:
    """A statement of the seller.

    Raises:
        NotFound: there is none, or it is another seller's.
    """
    row = owned(session, StatementFile, file_id, seller_id)
    return KeptStatement(_facts(row), cells.loaded(row.cells), layout.loaded(row.mapping))


def read_otherwise(
    session: Session, seller_id: str, file_id: str, chosen: Mapping[int, str]
) -> None:
    """Read a statement's columns as `chosen` (what each column is), and its likes from now on.

    Raises:
        NotFound. AlreadyTaken: it is in the books. NoDayColumn, NoMoneyColumn: it cannot be read so.
    """
    row = locked(session, seller_id, file_id)
    if row.state != WAITING:
        raise AlreadyTaken()
    table = cells.loaded(row.cells)
    changed = layout.corrected(layout.loaded(row.mapping), chosen)
    row.mapping = layout.dumped(changed)
    key = (row.account_id, layout.fingerprint(table, changed))
    known = session.get(StatementLayout, key)
    if known is None:
        known = StatementLayout(account_id=key[0], fingerprint=key[1], seller_id=seller_id)
        session.add(known)
    known.mapping, known.changed_ms = row.mapping, clock.now_ms()
    session.flush()


def locked(session: Session, seller_id: str, file_id: str) -> StatementFile:
    """The row of a seller's statement, ours until the end of the transaction.

    Raises:
        NotFound: there is none, or it is another seller's.
    """
    query = select(StatementFile).where(
        StatementFile.id == file_id, StatementFile.seller_id == seller_id
    )
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound()
    return row


def recent(session: Session, seller_id: str) -> tuple[StatementFacts, ...]:
    """The seller's statements sent lately, the newest first."""
    query = (
        select(StatementFile)
        .where(StatementFile.seller_id == seller_id)
        .order_by(StatementFile.created_ms.desc(), StatementFile.id)
        .limit(_MOST_SHOWN)
    )
    return tuple(_facts(row) for row in session.scalars(query))


def sent_before(session: Session, facts: StatementFacts) -> int | None:
    """When the very same bytes were taken in for this account before (UTC ms), if they were."""
    query = select(func.max(StatementFile.created_ms)).where(
        StatementFile.account_id == facts.account_id,
        StatementFile.digest == facts.digest,
        StatementFile.id != facts.id,
        StatementFile.state != WAITING,
    )
    return session.scalar(query)


def _facts(row: StatementFile) -> StatementFacts:
    return StatementFacts(
        row.id,
        row.seller_id,
        row.account_id,
        row.name,
        row.digest,
        row.state,
        row.lines,
        row.taken,
        row.new_lines,
        row.first_day,
        row.last_day,
        row.created_ms,
    )
