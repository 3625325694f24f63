"""How a seller hands goods over: the dated rows, read and added.

What a row costs for a parcel is said by `quote` ◦. Rows are facts of trade: a new fee is a new row from
a date on, an old one is ended and stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import N_, DomainError
from shop.delivery import places, zones
from shop.delivery.models import DeliveryFee, DeliveryWay, DeliveryZone
from shop.delivery.quote import (
    ANYWHERE,
    Destination,
    Parcel,
    WayFacts,
    fee_vnd,
    in_force,
)

PICKUP = "pickup"
OWN_RUN = "own_run"
COACH = "coach"
CARRIER = "carrier"
KINDS = (PICKUP, OWN_RUN, COACH, CARRIER)
TO_THE_DOOR = frozenset({OWN_RUN, CARRIER})
"""The kinds that need the buyer's address."""
TAKES_GOODS = frozenset({OWN_RUN, COACH, CARRIER})
"""The kinds that bring goods to the buyer's part of the country."""

_SMALLEST = Parcel(goods_vnd=0, grams=0)
_MOST_WAYS = 40
_MOST_FEES = 400


class TooManyWays(DomainError):
    """The seller has as many ways or fees as one page can show."""

    code = "too_many_ways"
    status = 409
    message = N_("Đã có quá nhiều cách giao hoặc mức phí. Bạn bỏ bớt dòng cũ trước nhé.")


@dataclass(frozen=True)
class NewFee:
    """What a way costs from now on: to a zone (None: anywhere), in đồng, up to a weight in grams."""

    fee_vnd: int = 0
    zone_id: str | None = None
    up_to_g: int | None = None
    free_from_vnd: int | None = None
    on_arrival: bool = False


@dataclass(frozen=True)
class NewWay:
    """A way a seller begins to offer now, with its first fee; amounts in đồng, weight in grams.

    None means no limit. Of a coach: `plate`, the `driver_phone` (E.164), and the `stop` where buyers
    meet it; `carrier` names whose parcels they become. `by_slot`: orders take places in slots.
    """

    kind: str
    label: str
    when_text: str = ""
    fee_vnd: int = 0
    free_from_vnd: int | None = None
    up_to_g: int | None = None
    zone_id: str | None = None
    on_arrival: bool = False
    by_slot: bool = False
    packing_g: int = 0
    transit_h: int | None = None
    plate: str = ""
    driver_phone: str = ""
    stop: str = ""
    carrier: str = ""


_OF_FEE = frozenset(field.name for field in fields(NewFee))


@dataclass(frozen=True)
class Handling:
    """How staff hand a way's parcels over: the coach's plate, driver and stop, or the carrier's name.

    `transit_h`: how many hours goods are on the road, None where nobody has said.
    """

    kind: str
    label: str
    when_text: str
    by_slot: bool
    packing_g: int
    plate: str
    driver_phone: str
    stop: str
    carrier: str
    transit_h: int | None


@dataclass(frozen=True)
class FeeFacts:
    """A fee row as its seller sees it; `zone` is the zone's name, "" for anywhere."""

    id: str
    way_id: str
    zone: str
    fee_vnd: int
    on_arrival: bool
    up_to_g: int | None
    free_from_vnd: int | None


def offer(session: Session, seller_id: str, way: NewWay) -> str:
    """Add a way of `seller_id` that counts from now on, with its first fee; returns the way's id.

    Raises:
        TooManyWays: there are forty already. NotFound: the zone is not the seller's.
    """
    _check_room(len(_ways_now(session, seller_id)), _MOST_WAYS)
    given = asdict(way)
    now = clock.now_ms()
    row = DeliveryWay(
        seller_id=seller_id,
        valid_from_ms=now,
        **{name: value for name, value in given.items() if name not in _OF_FEE},
    )
    session.add(row)
    session.flush()
    charge(session, seller_id, row.id, NewFee(**{name: given[name] for name in _OF_FEE}))
    return row.id


def charge(session: Session, seller_id: str, way_id: str, fee: NewFee) -> str:
    """Have a way cost so much from now on, to that zone up to that weight; returns the fee's id.

    A fee of the same zone and weight ends at this moment and stays as it was.

    Raises:
        NotFound: the way or the zone is not the seller's. TooManyWays: it has too many fees.
    """
    way = owned(session, DeliveryWay, way_id, seller_id)
    if fee.zone_id is not None:
        owned(session, DeliveryZone, fee.zone_id, seller_id)
    known = _fees_now(session, seller_id)
    _check_room(len(known), _MOST_FEES)
    now = clock.now_ms()
    for row in known:
        if (row.way_id, row.zone_id, row.up_to_g) == (way.id, fee.zone_id, fee.up_to_g):
            row.valid_until_ms = now
    new = DeliveryFee(seller_id=seller_id, way_id=way.id, valid_from_ms=now, **asdict(fee))
    session.add(new)
    session.flush()
    return new.id


def end_fee(session: Session, seller_id: str, fee_id: str) -> None:
    """End a fee now; what was ordered keeps it.

    Raises:
        NotFound: it is not the seller's.
    """
    row = owned(session, DeliveryFee, fee_id, seller_id)
    if row.valid_until_ms is None:
        row.valid_until_ms = clock.now_ms()


def end(session: Session, seller_id: str, way_id: str) -> None:
    """Stop offering a way now; what was ordered for it stays.

    Raises:
        NotFound: it is not the seller's.
    """
    row = owned(session, DeliveryWay, way_id, seller_id)
    if row.valid_until_ms is None:
        row.valid_until_ms = clock.now_ms()


def take_hours(session: Session, seller_id: str, way_id: str, transit_h: int | None) -> None:
    """Say how many hours goods of this way are on the road, from now on; None: nobody knows.

    Raises:
        NotFound: it is not the seller's.
    """
    owned(session, DeliveryWay, way_id, seller_id).transit_h = transit_h


def ways_of(session: Session, seller_id: str) -> tuple[WayFacts, ...]:
    """The rows of `seller_id` that count now, the cheapest first; one for each way, zone and weight."""
    ways = {way.id: way for way in _ways_now(session, seller_id)}
    fees = _fees_now(session, seller_id) if ways else []
    zone_ids = {fee.zone_id for fee in fees if fee.zone_id is not None}
    served = zones.places_in(session, zone_ids) if zone_ids else {}
    rows = [_facts(ways[fee.way_id], fee, served) for fee in fees if fee.way_id in ways]
    known = in_force(rows, clock.now_ms())
    return tuple(sorted(known, key=lambda row: (row.fee_vnd, row.id)))


def fees_of(session: Session, seller_id: str) -> tuple[FeeFacts, ...]:
    """The fees of `seller_id` that count now, by zone's name and weight, for its own page."""
    names = {zone.id: zone.name for zone in zones.of_seller(session, seller_id)}
    found = [_fee_facts(row, names) for row in _fees_now(session, seller_id)]
    return tuple(
        sorted(found, key=lambda fee: (fee.zone, fee.up_to_g is None, fee.up_to_g or 0, fee.id))
    )


def handling(session: Session, way_ids: Iterable[str]) -> Mapping[str, Handling]:
    """How parcels of each way are handed over, ended ways too."""
    query = select(DeliveryWay).where(DeliveryWay.id.in_(set(way_ids)))
    return {row.id: _handling(row) for row in session.scalars(query)}


def offered(session: Session, seller_id: str) -> Mapping[str, Handling]:
    """The ways `seller_id` offers now, in the order they were added."""
    rows = sorted(_ways_now(session, seller_id), key=lambda row: (row.valid_from_ms, row.id))
    return {row.id: _handling(row) for row in rows}


def destination(commune_code: str) -> Destination:
    """The place of a commune's code for a quote; anywhere for an unknown one."""
    province = places.province_of(commune_code)
    return Destination(commune_code, province) if province else ANYWHERE


def ship_from_vnd(session: Session, seller_id: str) -> int | None:
    """The least a delivery to the door costs today ("ship từ …"), or None where one only picks up."""
    return least_fee_vnd(ways_of(session, seller_id))


def least_fee_vnd(ways: Sequence[WayFacts]) -> int | None:
    """The least fee among `ways` that go to the buyer's door, for the smallest parcel; None without one."""
    return min((fee_vnd(way, _SMALLEST) for way in ways if way.kind in TO_THE_DOOR), default=None)


def _check_room(number: int, most: int) -> None:
    if number >= most:
        raise TooManyWays()


def _ways_now(session: Session, seller_id: str) -> list[DeliveryWay]:
    query = select(DeliveryWay).where(
        DeliveryWay.seller_id == seller_id, DeliveryWay.valid_until_ms.is_(None)
    )
    return list(session.scalars(query))


def _fees_now(session: Session, seller_id: str) -> list[DeliveryFee]:
    query = select(DeliveryFee).where(
        DeliveryFee.seller_id == seller_id, DeliveryFee.valid_until_ms.is_(None)
    )
    return list(session.scalars(query))


def _handling(row: DeliveryWay) -> Handling:
    return Handling(**{field.name: getattr(row, field.name) for field in fields(Handling)})


def _facts(way: DeliveryWay, fee: DeliveryFee, served: Mapping[str, frozenset[str]]) -> WayFacts:
    return WayFacts(
        id=way.id,
        kind=way.kind,
        label=way.label,
        when_text=way.when_text,
        fee_vnd=fee.fee_vnd,
        free_from_vnd=fee.free_from_vnd,
        up_to_g=fee.up_to_g,
        valid_from_ms=max(way.valid_from_ms, fee.valid_from_ms),
        valid_until_ms=fee.valid_until_ms,
        zone=None if fee.zone_id is None else served.get(fee.zone_id, frozenset()),
        on_arrival=fee.on_arrival,
        packing_g=way.packing_g,
        by_slot=way.by_slot,
        transit_h=way.transit_h,
    )


def _fee_facts(row: DeliveryFee, zone_names: Mapping[str, str]) -> FeeFacts:
    return FeeFacts(
        id=row.id,
        way_id=row.way_id,
        zone=zone_names.get(row.zone_id, "") if row.zone_id else "",
        fee_vnd=row.fee_vnd,
        on_arrival=row.on_arrival,
        up_to_g=row.up_to_g,
        free_from_vnd=row.free_from_vnd,
    )
