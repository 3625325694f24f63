"""Which lines stand on a person's word alone: told by hand, by no feed and no statement, not taken back.

Kept apart from the services (`payments.desk.seen`), because receipts, balances and the pairing of tellings
ask it too. Refuses to count what was taken back: such a line and the one against it are both out.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from payments.bank.models import LineTelling
from payments.bank.same_line import MANUAL
from payments.bank.seen_rules import BACK


def tails(session: Session, line_ids: Collection[str]) -> dict[str, str]:
    """Those of these lines that only people told of, each with the last four of its reference."""
    query = only_seen().where(LineTelling.line_id.in_(line_ids))
    return {row.line_id: row.tail for row in session.scalars(query) if row.line_id is not None}


def only_seen() -> Select[LineTelling]:
    """The tellings by hand of money that no feed and no statement told of, none taken back."""
    return select(LineTelling).where(
        LineTelling.road == MANUAL,
        LineTelling.line_id.not_in(taken_back_lines()),
        ~told_by_bank(LineTelling.line_id),
    )


def told_by_bank(line_id: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Whether a feed or a statement tells of the line."""
    other = aliased(LineTelling)
    return exists().where(other.line_id == line_id, other.road != MANUAL)


def taken_back_lines() -> Select[str | None]:
    """The lines whose telling was taken back, and those that stand against them."""
    said, back = aliased(LineTelling), aliased(LineTelling)
    is_back = exists().where(
        back.account_id == said.account_id,
        back.road == MANUAL,
        back.key == literal(BACK) + said.key,
    )
    return select(said.line_id).where(
        said.road == MANUAL,
        said.line_id.is_not(None),
        or_(said.key.startswith(BACK), is_back),
    )


def is_taken_back(session: Session, line_id: str) -> bool:
    """Whether the word for the line was taken back, or it is the line against such a one."""
    lines = taken_back_lines().subquery()
    query = select(lines.c.line_id).where(lines.c.line_id == line_id)
    return session.scalars(query.limit(1)).first() is not None
