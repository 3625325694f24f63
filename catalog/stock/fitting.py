"""Before several rows change, and after one was found short: nothing goes on selling what is not there."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.stock.allotments import take_unused
from catalog.stock.ending import ALLOTMENTS, end_expired
from catalog.stock.rows import STOCK, lock_rows


def ready(session: Session, stock_ids: Collection[str]) -> None:
    """End what ran out at these rows and lock them in order: whoever changes several calls this once."""
    end_expired(session, stock_ids=stock_ids)
    lock_rows(session, stock_ids)


def ready_to_lose(session: Session, stock_ids: Collection[str]) -> None:
    """As `ready`, with the open allotments of these rows: before goods go that may be promised (`trim`)."""
    opened = _open_allotments(session, stock_ids)
    end_expired(session, stock_ids=stock_ids, allotment_ids=opened)
    query = select(ALLOTMENTS.c.id).where(ALLOTMENTS.c.id.in_(opened)).order_by(ALLOTMENTS.c.id)
    session.execute(query.with_for_update(key_share=True))
    lock_rows(session, stock_ids)


def trim(session: Session, stock_ids: Collection[str]) -> None:
    """Take back from open allotments what they have promised nobody, as far as their row is short.

    So a live sale cannot go on promising what a count, a spoiling or a recall took away; what buyers
    were promised stays promised and is listed as at risk. `ready_to_lose` was called before.
    """
    for stock_id in sorted(stock_ids):
        query = select(STOCK.c.allocated + STOCK.c.held - STOCK.c.on_hand)
        short = session.scalar(query.where(STOCK.c.id == stock_id)) or 0
        for allotment_id in _open_allotments(session, [stock_id]) if short > 0 else []:
            short -= take_unused(session, allotment_id, short)


def _open_allotments(session: Session, stock_ids: Collection[str]) -> list[str]:
    query = select(ALLOTMENTS.c.id).where(
        ALLOTMENTS.c.stock_id.in_(list(stock_ids)), ALLOTMENTS.c.closed.is_(False)
    )
    return list(session.scalars(query.order_by(ALLOTMENTS.c.id)))
