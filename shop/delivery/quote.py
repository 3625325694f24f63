"""What delivery costs, from dated rows: the rule behind "the whole price before paying".

Refuses: to guess. Without a row that fits there is no quote, and without a quote no order and no QR.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import N_, BadRequest, DomainError


class NoService(DomainError):
    """No way of delivery of that name carries such a parcel to that place at this time."""

    code = "no_service"
    status = 409
    message = N_("Người bán chưa giao được theo cách này. Bạn chọn cách nhận khác nhé.")


class TooLongOnTheRoad(NoService):
    """This way takes longer than the goods bear; `hours` is what they do."""

    code = "too_long_on_the_road"
    message = N_(
        "Có món chỉ đi đường được %(hours)s giờ, cách này lâu hơn. Bạn chọn cách nhận khác nhé."
    )

    def __init__(self, hours: int) -> None:
        super().__init__(hours=hours)


class CommuneNeeded(BadRequest):
    """The fee of this way depends on the commune, and none was given."""

    message = N_("Phí giao cách này tính theo xã, phường. Bạn ghi xã, phường nhận hàng giúp nhé.")

    def __init__(self) -> None:
        super().__init__(field="delivery.commune", why="needed for this way")


@dataclass(frozen=True)
class Destination:
    """Where a parcel goes: the codes of a commune and its province; "" while nobody has said."""

    commune: str = ""
    province: str = ""


ANYWHERE = Destination()


@dataclass(frozen=True)
class WayFacts:
    """One dated row of a seller: a way, where to, for how much; amounts in đồng, weight in grams.

    It counts from `valid_from_ms` until before `valid_until_ms`; `free_from_vnd` is the goods' sum from
    which the fee falls away; `up_to_g` the heaviest parcel, `packing_g` of packing included; `zone` the
    codes of provinces and communes it serves; None means no such limit. With `on_arrival` the carrier
    is paid by whoever receives. A way (`id`) may have several rows: by zone and weight. `by_slot`: an
    order takes a place in one of its slots. `transit_h` hours on the road.
    """

    id: str
    kind: str
    label: str
    when_text: str
    fee_vnd: int
    free_from_vnd: int | None
    up_to_g: int | None
    valid_from_ms: int
    valid_until_ms: int | None
    zone: frozenset[str] | None = None
    on_arrival: bool = False
    packing_g: int = 0
    by_slot: bool = False
    transit_h: int | None = None


@dataclass(frozen=True)
class Parcel:
    """What is to be delivered where: the goods' sum in đồng, their weight in grams, the place.

    `most_transit_h`: how many hours its goods bear on the road; None means any.
    """

    goods_vnd: int
    grams: int
    to: Destination = ANYWHERE
    most_transit_h: int | None = None


@dataclass(frozen=True)
class Quote:
    """The answer: which way serves, and its fee for this parcel in đồng.

    With `on_arrival` the fee is 0 here, and the carrier takes its own at the door. With
    `asks_commune` the place is not known yet: the fee is the least there is ("from"). From `free_from_vnd`
    of goods on it falls away.
    """

    way_id: str
    kind: str
    label: str
    when_text: str
    fee_vnd: int
    on_arrival: bool = False
    asks_commune: bool = False
    by_slot: bool = False
    free_from_vnd: int | None = None


def in_force(rows: Sequence[WayFacts], at_ms: int) -> tuple[WayFacts, ...]:
    """The rows that count at `at_ms` (UTC ms): from their first moment until before their last."""
    return tuple(
        row
        for row in rows
        if row.valid_from_ms <= at_ms and (row.valid_until_ms is None or at_ms < row.valid_until_ms)
    )


def quote(rows: Sequence[WayFacts], way: str, parcel: Parcel) -> Quote:
    """The fee of the way `way` for `parcel`, from `rows` that are in force already.

    `way` is a way's id, or a kind (`pickup`, `own_run`) standing for all ways of that kind: then the
    cheapest that asks for no slot serves, of equal fees the earlier. Of a way's rows the one that
    names the place most closely decides (its commune, then its province, then anywhere), of these the
    lightest that carries the parcel.

    Raises:
        NoService: no way of that name carries the parcel to that place. TooLongOnTheRoad: it takes too long.
        CommuneNeeded: it depends on the place, which nobody has said.
    """
    found = [one for one in quotes(rows, parcel) if way in (one.way_id, one.kind)]
    known = [one for one in found if not one.asks_commune]
    hours = parcel.most_transit_h
    if not found and hours is not None and _serves(rows, way, replace(parcel, most_transit_h=None)):
        raise TooLongOnTheRoad(hours)
    if not found:
        raise NoService()
    if not known:
        raise CommuneNeeded()
    return min(known, key=lambda one: (one.by_slot, one.on_arrival, one.fee_vnd))


def _serves(rows: Sequence[WayFacts], way: str, parcel: Parcel) -> bool:
    return any(way in (one.way_id, one.kind) for one in quotes(rows, parcel))


def quotes(rows: Sequence[WayFacts], parcel: Parcel) -> tuple[Quote, ...]:
    """One quote for each way of `rows` that carries `parcel`, in the rows' order: the buyer's choices."""
    by_way: dict[str, list[WayFacts]] = {}
    for row in rows:
        if _carries(row, parcel):
            by_way.setdefault(row.id, []).append(row)
    found = [_of_way(of_way, parcel) for of_way in by_way.values()]
    return tuple(one for one in found if one is not None)


def fee_vnd(row: WayFacts, parcel: Parcel) -> int:
    """The row's fee in đồng; nothing from `free_from_vnd` of goods on."""
    free = row.free_from_vnd is not None and parcel.goods_vnd >= row.free_from_vnd
    return 0 if free else row.fee_vnd


def _of_way(rows: list[WayFacts], parcel: Parcel) -> Quote | None:
    """What the rows of one way, all heavy enough, say for the place of `parcel`."""
    if not parcel.to.commune and any(row.zone is not None for row in rows):
        return _quote(min(rows, key=lambda row: fee_vnd(row, parcel)), parcel, asks_commune=True)
    closest = min(_distance(row, parcel.to) for row in rows)
    if closest == _UNSERVED:
        return None
    near = [row for row in rows if _distance(row, parcel.to) == closest]
    return _quote(min(near, key=lambda row: (_heaviest(row), fee_vnd(row, parcel))), parcel)


def _quote(row: WayFacts, parcel: Parcel, *, asks_commune: bool = False) -> Quote:
    return Quote(
        row.id,
        row.kind,
        row.label,
        row.when_text,
        fee_vnd(row, parcel),
        on_arrival=row.on_arrival,
        asks_commune=asks_commune,
        by_slot=row.by_slot,
        free_from_vnd=row.free_from_vnd,
    )


_UNSERVED = 3


def _distance(row: WayFacts, to: Destination) -> int:
    """How closely a row names a place: 0 its commune, 1 its province, 2 anywhere, 3 not at all."""
    if row.zone is None:
        return 2
    if to.commune in row.zone:
        return 0
    return 1 if to.province in row.zone else _UNSERVED


def _heaviest(row: WayFacts) -> tuple[bool, int]:
    return row.up_to_g is None, row.up_to_g or 0


def _carries(row: WayFacts, parcel: Parcel) -> bool:
    heavy = row.up_to_g is not None and parcel.grams + row.packing_g > row.up_to_g
    bears = parcel.most_transit_h is None or (row.transit_h or 0) <= parcel.most_transit_h
    return bears and not heavy
