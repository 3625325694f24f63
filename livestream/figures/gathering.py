"""The facts of a session or campaign, gathered for some sellers: what `fold` counts.

Claims come from the day's sheet, orders and complaints from the shop. Refuses to decide whose facts may be
read: the caller names the sellers.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity import sellers
from livestream.figures import viewers
from livestream.figures.models import DeclaredSale
from livestream.figures.report_facts import Claimed, Declared, Facts
from livestream.room.view import SessionFacts
from livestream.shows import day_sheet
from livestream.shows.day_sheet import Sums
from shop.figures import complaints, sold
from shop.figures.sale_facts import SoldOrder


def of_shows(session: Session, shows: Sequence[SessionFacts], seller_ids: Collection[str]) -> Facts:
    """All that these sessions brought these sellers, and how many devices watched any of them."""
    orders = [order for show in shows for order in _orders(session, show, seller_ids)]
    ids = [show.id for show in shows]
    codes = [order.code for order in orders]
    names = sellers.facts_of(session, seller_ids)
    return Facts(
        sellers=tuple(sorted(((id_, one.name) for id_, one in names.items()), key=lambda x: x[1])),
        viewers=viewers.count(session, ids),
        claimed=tuple(one for id_ in ids for one in _claimed(session, id_, seller_ids)),
        orders=tuple(orders),
        complaints=complaints.about(session, codes, ids, seller_ids),
        declared=declared(session, ids, seller_ids),
    )


def declared(
    session: Session, session_ids: Collection[str], seller_ids: Collection[str]
) -> tuple[Declared, ...]:
    """What these sellers say they sold outside around these sessions, the first said first."""
    query = (
        select(DeclaredSale)
        .where(DeclaredSale.session_id.in_(session_ids), DeclaredSale.seller_id.in_(seller_ids))
        .where(DeclaredSale.withdrawn_ms.is_(None))
        .order_by(DeclaredSale.at_ms, DeclaredSale.id)
    )
    return tuple(
        Declared(row.id, row.seller_id, row.what, row.vnd) for row in session.scalars(query)
    )


def _orders(
    session: Session, show: SessionFacts, seller_ids: Collection[str]
) -> tuple[SoldOrder, ...]:
    """Its orders; papers are judged by the day it ended."""
    on = clock.day_of(show.ended_ms or clock.now_ms())
    return sold.of_sources(session, [f"live:{show.id}"], seller_ids, on)


def _claimed(session: Session, session_id: str, seller_ids: Collection[str]) -> tuple[Claimed, ...]:
    sums: dict[str, Sums] = {}
    for row in day_sheet.of_sellers(session, session_id, seller_ids).rows:
        sums[row.seller_id] = sums.get(row.seller_id, Sums()) + row.sums
    return tuple(
        Claimed(seller_id, one.claims, one.claimed, one.claimed_vnd)
        for seller_id, one in sums.items()
    )
