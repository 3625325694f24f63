"""Who wanted something when the show was over: kept with the goods they meant, answered with today's price.

Refuses to hold or promise anything: the shop's page says what there is now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.cards import unit_of
from core import clock
from core.errors import NotFound
from core.ids import new_id
from livestream import log
from livestream.models import Pin
from livestream.outside.channels import Source
from livestream.outside.outside_models import Lead
from livestream.reader.claim_reader import Item

_MOST = 200


@dataclass(frozen=True)
class LeadFacts:
    """An open lead: what they meant and what it costs in the shop now (`path` leads there).

    `price_vnd` per pack; `is_there` says whether the shop has any.
    """

    id: str
    source: str
    nick: str
    packs: int
    name: str
    unit: str
    price_vnd: int
    is_there: bool
    path: str


def note(
    session: Session, session_id: str, source: Source, nick: str, items: Sequence[Item]
) -> int:
    """Keep a lead for each item of an order that came too late; returns how many.

    Precondition: the session's lock is held, and it is over.
    """
    codes = {item.code: item.packs for item in items}
    query = select(Pin).where(Pin.session_id == session_id, Pin.code.in_(codes))
    rows = [
        Lead(
            id=new_id(),
            session_id=session_id,
            pin_id=pin.id,
            source=source,
            nick=nick,
            packs=codes[pin.code],
            created_ms=clock.now_ms(),
        )
        for pin in session.scalars(query.order_by(Pin.position))
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def waiting(session: Session, session_id: str) -> tuple[LeadFacts, ...]:
    """The leads nobody has answered, the oldest first."""
    query = (
        select(Lead, Pin.listing_id)
        .join(Pin, Pin.id == Lead.pin_id)
        .where(Lead.session_id == session_id, Lead.handled_ms.is_(None))
        .where(Pin.listing_id.is_not(None))
    )
    rows = session.execute(query.order_by(Lead.created_ms, Lead.id).limit(_MOST)).all()
    found = listings.facts(session, {str(listing_id) for _, listing_id in rows})
    return tuple(
        LeadFacts(
            id=lead.id,
            source=lead.source,
            nick=lead.nick,
            packs=lead.packs,
            name=item.name,
            unit=unit_of(item),
            price_vnd=item.price_vnd,
            is_there=item.on_sale and item.available_packs > 0,
            path=f"/products/{item.id}",
        )
        for lead, listing_id in rows
        if (item := found.get(str(listing_id))) is not None
    )


def handle(session: Session, session_id: str, lead_id: str) -> None:
    """Take a lead off the list; one that is off already stays so.

    Raises:
        NotFound: no such lead in the session.
    """
    log.begin(session, session_id)
    row = session.get(Lead, lead_id)
    if row is None or row.session_id != session_id:
        raise NotFound()
    row.handled_ms = row.handled_ms or clock.now_ms()
