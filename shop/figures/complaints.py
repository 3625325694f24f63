"""Complaints about some orders and shows as facts: answered in time, too late, or still within the time."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core import clock
from shop.cases.case_rules import ORDER, STREAM, WITHDRAWN
from shop.cases.models import Case
from shop.figures.sale_facts import LATE, ON_TIME, WAITING, Complaint


def about(
    session: Session, codes: Collection[str], shows: Collection[str], seller_ids: Collection[str]
) -> tuple[Complaint, ...]:
    """The complaints to these sellers about orders `codes` and shows `shows`; withdrawn ones do not count."""
    subject = or_(_of(ORDER, codes), _of(STREAM, shows))
    query = select(Case).where(subject, Case.seller_id.in_(seller_ids), Case.state != WITHDRAWN)
    now_ms = clock.now_ms()
    rows = session.scalars(query.order_by(Case.opened_ms, Case.id))
    return tuple(Complaint(row.seller_id, _answered(row, now_ms)) for row in rows)


def _of(kind: str, ids: Collection[str]) -> ColumnElement[bool]:
    return and_(Case.subject_kind == kind, Case.subject_id.in_(ids))


def _answered(row: Case, now_ms: int) -> str:
    """The seller's first word or its outcome counts; after the time nothing it says does."""
    said = [at for at in (row.answered_ms, row.ended_ms) if at is not None]
    if said and min(said) <= row.due_ms:
        return ON_TIME
    return LATE if now_ms > row.due_ms else WAITING
