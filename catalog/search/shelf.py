"""Which kinds and communes have something on sale, found by leaps through the index, not by reading it."""

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import SearchRow


def kinds_on_sale(session: Session) -> tuple[str, ...]:
    """The codes of the kinds of which something is on sale; one query, however much there is."""
    return _different(session, SearchRow.kind)


def communes_on_sale(session: Session) -> tuple[str, ...]:
    """The codes of the communes from which something is on sale; one query, however much there is."""
    return _different(session, SearchRow.commune_code)


def _different(session: Session, column: InstrumentedAttribute[str]) -> tuple[str, ...]:
    """Each value but "" once: from each one leap to the next greater."""
    first = select(func.min(column).label("value")).where(SearchRow.on_sale, column > "")
    found = first.cte("found", recursive=True)
    following = select(func.min(column)).where(SearchRow.on_sale, column > found.c.value)
    leap = select(following.scalar_subquery()).where(found.c.value.is_not(None))
    found = found.union_all(leap)
    return tuple(session.scalars(select(found.c.value).where(found.c.value.is_not(None))))
