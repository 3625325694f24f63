"""Zones: lists of provinces and communes that a seller charges alike. Places are kept by their codes.

Refuses to price: fees name a zone, a zone names no fee.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import N_, BadRequest, DomainError
from shop.delivery import addresses, places
from shop.delivery.models import DeliveryFee, DeliveryZone, DeliveryZonePlace

_MOST_ZONES = 40
_MOST_PLACES = 500


class EmptyZone(BadRequest):
    """A zone names at least one place, and not more than five hundred."""

    message = N_(
        "Vùng giao cần ít nhất một tỉnh hoặc xã, nhiều nhất 500. Bạn ghi mỗi nơi một dòng."
    )

    def __init__(self) -> None:
        super().__init__(field="places", why="one to five hundred")


class TooManyZones(DomainError):
    """The seller has as many zones as one page can show."""

    code = "too_many_zones"
    status = 409
    message = N_("Đã có 40 vùng giao. Bạn bỏ vùng không dùng trước nhé.")


class ZoneInUse(DomainError):
    """A fee of today is for this zone."""

    code = "zone_in_use"
    status = 409
    message = N_("Vùng này đang có mức phí. Bạn bỏ mức phí đó trước nhé.")


@dataclass(frozen=True)
class ZoneFacts:
    """A zone with the codes of its provinces and communes."""

    id: str
    name: str
    places: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Its places in words."""
        return tuple(places.name_of(code) for code in self.places)


def draw(session: Session, seller_id: str, name: str, codes: Sequence[str]) -> str:
    """Add a zone of `seller_id` with the places `codes` (as `read_places` gives them); returns its id.

    Raises:
        EmptyZone: no place, or more than five hundred. TooManyZones: there are forty already.
    """
    if len(of_seller(session, seller_id)) >= _MOST_ZONES:
        raise TooManyZones()
    row = DeliveryZone(seller_id=seller_id, name=name)
    session.add(row)
    session.flush()
    _fill(session, row, codes)
    return row.id


def redraw(session: Session, seller_id: str, zone_id: str, name: str, codes: Sequence[str]) -> None:
    """Give a zone another name and other places; orders keep the fee they were placed with.

    Raises:
        NotFound: it is not the seller's. EmptyZone: no place, or more than five hundred.
    """
    row = owned(session, DeliveryZone, zone_id, seller_id)
    row.name = name
    session.execute(delete(DeliveryZonePlace).where(DeliveryZonePlace.zone_id == zone_id))
    _fill(session, row, codes)


def end(session: Session, seller_id: str, zone_id: str) -> None:
    """Take a zone off the seller's page.

    Raises:
        NotFound: it is not the seller's. ZoneInUse: a fee is for it.
    """
    row = owned(session, DeliveryZone, zone_id, seller_id)
    used = select(DeliveryFee.id).where(
        DeliveryFee.zone_id == zone_id, DeliveryFee.valid_until_ms.is_(None)
    )
    if session.scalar(used.limit(1)) is not None:
        raise ZoneInUse()
    row.ended_ms = clock.now_ms()


def of_seller(session: Session, seller_id: str) -> tuple[ZoneFacts, ...]:
    """The zones of `seller_id`, by name."""
    query = select(DeliveryZone).where(
        DeliveryZone.seller_id == seller_id, DeliveryZone.ended_ms.is_(None)
    )
    rows = session.scalars(query.order_by(DeliveryZone.name, DeliveryZone.id)).all()
    served = places_in(session, [row.id for row in rows])
    return tuple(ZoneFacts(row.id, row.name, tuple(sorted(served.get(row.id, ())))) for row in rows)


def places_in(session: Session, zone_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The codes of each zone's places."""
    query = select(DeliveryZonePlace.zone_id, DeliveryZonePlace.place_code)
    found: dict[str, set[str]] = {}
    for zone_id, code in session.execute(query.where(DeliveryZonePlace.zone_id.in_(set(zone_ids)))):
        found.setdefault(zone_id, set()).add(code)
    return {zone_id: frozenset(codes) for zone_id, codes in found.items()}


def read_places(text: str) -> tuple[str, ...]:
    """The codes of the places somebody wrote, one a line: a province's name, or a commune as in an address.

    Raises:
        EmptyZone: no line, or more than five hundred.
        UnknownPlace, UnclearPlace: a line names no place, or several; it is named.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 0 < len(lines) <= _MOST_PLACES:
        raise EmptyZone()
    return tuple(sorted({_code_of(line) for line in lines}))


def _code_of(line: str) -> str:
    province = addresses.province(line)
    return province.code if province else addresses.read(line, field="places").code


def _fill(session: Session, zone: DeliveryZone, codes: Sequence[str]) -> None:
    if not 0 < len(codes) <= _MOST_PLACES:
        raise EmptyZone()
    for code in sorted(set(codes)):
        session.add(DeliveryZonePlace(zone_id=zone.id, place_code=code, seller_id=zone.seller_id))
    session.flush()
