"""The dated terms of keeping: an operator adds the next, everybody reads them. None is changed."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.text import clean_line
from livestream.replay.replay_errors import BadTerm
from livestream.replay.replay_models import RetentionTerm
from livestream.replay.retention import MOST_MONTHS, Term, kept_through, months_for

_SOURCE_LENGTH = 300


def terms(session: Session) -> tuple[Term, ...]:
    """Every term, the oldest first."""
    rows = session.scalars(select(RetentionTerm).order_by(RetentionTerm.from_ms))
    return tuple(Term(row.from_ms, row.months, row.source) for row in rows)


def add(session: Session, term: Term, actor: str) -> None:
    """Keep recordings so long from `from_ms` on.

    Raises:
        BadTerm: `field` is in the past, no number of months from 1 to 600, empty, or that moment has a term.
    """
    source = clean_line(term.source, _SOURCE_LENGTH)
    wrong = {
        "from": term.from_ms < clock.now_ms(),
        "months": not 1 <= term.months <= MOST_MONTHS,
        "source": not source,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise BadTerm(field)
    values: dict[str, object] = {
        "from_ms": term.from_ms,
        "months": term.months,
        "source": source,
        "made_by": actor,
    }
    if not insert_new(session, RetentionTerm, values):
        raise BadTerm("from")


def kept_until_ms(all_of: tuple[Term, ...], ended_ms: int, now_ms: int) -> int | None:
    """The moment from which a recording may be deleted (UTC ms), as things stand now; None: never.

    It is the midnight after the last day, in Vietnam.
    """
    months = months_for(all_of, ended_ms, now_ms)
    if months is None:
        return None
    last = kept_through(clock.day_of(ended_ms), months)
    return clock.midnight_ms(last + timedelta(days=1))
