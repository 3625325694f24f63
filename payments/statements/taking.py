"""A statement looked at, and then taken in exactly as it was shown.

The rows are read anew from what was kept; what they would do is foreseen by the same rule that does it.
A long file goes in some rows at a time, so that nobody waits for it; what was begun is finished by the
outbox also after the server was killed. Refuses to begin if the books moved since the preview.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock, outbox
from core.tables.cells import Table
from core.text import fold
from payments.bank import intake
from payments.bank.accounts import AccountFacts
from payments.bank.intake import Fate, Said
from payments.bank.models import LineTelling
from payments.bank.same_line import STATEMENT
from payments.events import StatementTaking
from payments.statements import alarm, layout, rows, shelf
from payments.statements.models import StatementFile
from payments.statements.rows import Movement, Statement
from payments.statements.shelf import KeptStatement
from payments.statements.statement_errors import BookMoved

AT_ONCE = 25
"""Rows taken in one write, so that no other write waits long."""
_NUMBER = re.compile(r"[0-9][0-9 .]{6,22}[0-9]")
_ACCOUNT_WORDS = ("tai khoan", "account", "stk")


@dataclass(frozen=True)
class Other:
    """A row whose reference stands in the books with another sum: the row, and that sum with its sign."""

    movement: Movement
    known_vnd: int


@dataclass(frozen=True)
class Preview:
    """What a statement says and would do; `shown` is the digest of all that, to be sent back.

    `new` are lines nobody told of yet, `known` those some road told, `differing` rows whose reference
    stands in the books with another sum (they are new lines). `other_number` is an account number the
    file names that is not this account's.
    """

    statement: Statement
    new: tuple[Movement, ...]
    known: tuple[Movement, ...]
    differing: tuple[Other, ...]
    other_number: str
    shown: str

    @property
    def in_vnd(self) -> int:
        """All that came, in đồng."""
        return sum(one.amount_vnd for one in self.statement.movements if one.incoming)

    @property
    def out_vnd(self) -> int:
        """All that left, in đồng."""
        return sum(one.amount_vnd for one in self.statement.movements if not one.incoming)


def read(kept: KeptStatement) -> Statement:
    """What a kept statement says; a day may be tomorrow's, for banks book ahead at night."""
    return rows.read(kept.table, kept.layout, clock.today() + timedelta(days=1))


def preview(session: Session, account: AccountFacts, kept: KeptStatement) -> Preview:
    """What taking in a statement would do now; nothing is written.

    Raises:
        NoDayColumn, NoMoneyColumn: movements cannot be read by its layout.
    """
    kept.layout.check()
    statement = read(kept)
    fates = intake.foresee(session, account.id, _said(kept, statement))
    fated = list(zip(statement.movements, fates, strict=True))
    return Preview(
        statement,
        new=tuple(one for one, fate in fated if _is_new(fate)),
        known=tuple(one for one, fate in fated if not _is_new(fate)),
        differing=_differing(session, account.id, [one for one, fate in fated if _is_new(fate)]),
        other_number=_other_number(kept.table, kept.layout.header, account.number),
        shown=_digest(kept, fates),
    )


def begin(session: Session, account: AccountFacts, file_id: str, shown: str) -> None:
    """Begin to take in a statement as it was shown; begun or done already, it is nothing.

    Raises:
        NotFound. BookMoved: it would do something else by now than what was shown.
    """
    row = shelf.locked(session, account.seller_id, file_id)
    if row.state != shelf.WAITING:
        return
    made = preview(session, account, shelf.get(session, account.seller_id, file_id))
    if made.shown != shown:
        raise BookMoved()
    days = [one.at.date().toordinal() for one in made.statement.movements]
    row.lines, row.state = len(days), shelf.TAKING
    row.first_day, row.last_day = min(days, default=None), max(days, default=None)
    if not days:
        row.state = shelf.TAKEN
        return
    outbox.publish(session, StatementTaking(file_id, 0))


def take_some(session: Session, event: StatementTaking) -> None:
    """Take in the next rows of a statement, and ask to be called again until all are in."""
    row = session.get_one(
        StatementFile, event.statement_id, with_for_update=True, populate_existing=True
    )
    if row.state != shelf.TAKING or row.taken != event.taken:
        return
    kept = shelf.get(session, row.seller_id, row.id)
    said = _said(kept, read(kept))[row.taken : row.taken + AT_ONCE]
    fates = intake.take_in(session, row.account_id, said)
    row.new_lines += sum(fate.is_new for fate in fates)
    row.taken += len(said)
    if row.taken >= row.lines:
        row.state = shelf.TAKEN
        if row.new_lines and row.first_day is not None and row.last_day is not None:
            alarm.judge(session, row.account_id, row.first_day, row.last_day)
    else:
        outbox.publish(session, StatementTaking(row.id, row.taken))
    session.flush()


def _said(kept: KeptStatement, statement: Statement) -> list[Said]:
    road = f"{STATEMENT}:{layout.road_of(kept.table, kept.layout)}"
    return [
        Said(
            road=road,
            source=kept.facts.id,
            key=one.key,
            incoming=one.incoming,
            amount_vnd=one.amount_vnd,
            content=one.text,
            reference=one.reference,
            at_ms=int(one.at.timestamp()) * 1000,
            has_time=one.has_time,
            balance_vnd=one.balance_vnd,
            place=place,
        )
        for place, one in enumerate(statement.movements)
    ]


def _is_new(fate: Fate) -> bool:
    return not fate.again and fate.line_id is None


def _differing(session: Session, account_id: str, movements: list[Movement]) -> tuple[Other, ...]:
    """Those whose reference was told before with another sum."""
    by_reference = {one.reference: one for one in movements if one.reference}
    query = select(LineTelling.reference, LineTelling.amount_vnd, LineTelling.direction).where(
        LineTelling.account_id == account_id, LineTelling.reference.in_(by_reference)
    )
    found = {
        reference: amount_vnd if direction == "in" else -amount_vnd
        for reference, amount_vnd, direction in session.execute(query)
    }
    return tuple(
        Other(one, found[reference])
        for reference, one in by_reference.items()
        if reference in found and found[reference] != one.change_vnd
    )


def _other_number(table: Table, header: int, number: str) -> str:
    """The account number above the table, if one is named there and it is not `number`."""
    told: list[str] = []
    for row in table.rows[: header - 1]:
        words = " ".join(cell.text for cell in row)
        if any(word in fold(words) for word in _ACCOUNT_WORDS):
            told += [re.sub(r"[ .]", "", one) for one in _NUMBER.findall(words)]
    return told[0] if told and number not in told else ""


def _digest(kept: KeptStatement, fates: tuple[Fate, ...]) -> str:
    says = (kept.facts.digest, layout.dumped(kept.layout), [_is_new(fate) for fate in fates])
    return hashlib.sha256(repr(says).encode()).hexdigest()[:24]
