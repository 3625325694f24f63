"""What a seller sees of its own part in somebody else's session: its pins, its money, its buyers.

Refuses everything of the other sellers there, the organiser's included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from core.client_ids import JsonObject
from core.identity import people
from core.ids import new_id
from livestream.delivery import boards
from livestream.models import Claim, Pin
from livestream.together import invitations
from livestream.together.invitations import Invited

_MOST_BUYERS = 200
_COUNTED = ("held", "ordered", "paid")


@dataclass(frozen=True)
class StallPin:
    """One of the seller's pins: packs in all, left and waiting, and the price a pack in đồng."""

    code: str
    name: str
    state: str
    packs: int
    left: int
    waiting: int
    price_vnd: int


@dataclass(frozen=True)
class StallBuyer:
    """Somebody who has packs of this seller here: `phone` (E.164), packs by what became of them."""

    name: str
    phone: str
    codes: str
    held: int
    ordered: int
    paid: int
    waiting: int


@dataclass(frozen=True)
class StallPage:
    """All the template needs; `offered` is what may still be pinned."""

    invited: Invited
    pins: tuple[StallPin, ...]
    totals: dict[str, int]
    buyers: tuple[StallBuyer, ...]
    offered: tuple[ListingFacts, ...]
    client_id: str


def page(session: Session, session_id: str, seller_id: str) -> StallPage:
    """The seller's own part in the session.

    Raises:
        NotFound: it was never asked into it.
    """
    invited = invitations.get(session, session_id, seller_id)
    board = boards.host_view(session, session_id, (seller_id,))
    return StallPage(
        invited=invited,
        pins=_pins(session, session_id, cast(list[JsonObject], board["pins"])),
        totals=cast(dict[str, int], board["totals"]),
        buyers=_buyers(session, session_id, seller_id),
        offered=sellable(session, seller_id) if invited.agreed and invited.open else (),
        client_id=new_id(),
    )


def sellable(session: Session, seller_id: str) -> tuple[ListingFacts, ...]:
    """What of a seller can be pinned now: on sale, in stock, neither a combo nor a harvest to come."""
    return tuple(one for one in listings.of_seller(session, seller_id) if _is_here(one))


def _is_here(listing: ListingFacts) -> bool:
    ahead = listing.is_combo or listing.forecast_id
    return listing.on_sale and not ahead and listing.available_packs > 0


def _pins(session: Session, session_id: str, told: Sequence[JsonObject]) -> tuple[StallPin, ...]:
    query = select(Pin.code, Pin.price_vnd).where(Pin.session_id == session_id)
    prices = {row.code: row.price_vnd for row in session.execute(query)}
    return tuple(
        StallPin(
            code=str(pin["code"]),
            name=str(pin["name"]),
            state=str(pin["state"]),
            packs=cast(int, pin["packs"]),
            left=cast(int, pin["left"]),
            waiting=cast(int, pin["waiting"]),
            price_vnd=prices[str(pin["code"])],
        )
        for pin in told
    )


def _buyers(session: Session, session_id: str, seller_id: str) -> tuple[StallBuyer, ...]:
    """Who has or waits for packs of the seller, in the order in which they first claimed."""
    query = (
        select(Claim, Pin.code)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == session_id, Claim.seller_id == seller_id)
        .where((Claim.held > 0) | (Claim.waiting > 0))
        .order_by(Claim.number)
    )
    claims: dict[str, list[tuple[Claim, str]]] = {}
    for claim, code in session.execute(query):
        claims.setdefault(claim.person_id, []).append((claim, code))
    shown = list(claims)[:_MOST_BUYERS]
    known = people.facts_of(session, shown)
    return tuple(_buyer(known[person], claims[person]) for person in shown)


def _buyer(person: people.PersonFacts, claims: Sequence[tuple[Claim, str]]) -> StallBuyer:
    packs = {
        state: sum(claim.held for claim, _code in claims if claim.state == state)
        for state in _COUNTED
    }
    return StallBuyer(
        name=person.name,
        phone=person.phone,
        codes=", ".join(dict.fromkeys(code for _claim, code in claims)),
        waiting=sum(claim.waiting for claim, _code in claims),
        **packs,
    )
