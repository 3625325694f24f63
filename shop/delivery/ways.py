"""How a seller hands goods over: the dated rows, read and added.

What a row costs for a parcel is said by `quote` ◦. Rows are facts of trade: a new fee is a new row from
a date on, an old one is ended and stays.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from shop.delivery.quote import Parcel, WayFacts, fee_vnd, in_force
from shop.models import DeliveryWay

PICKUP = "pickup"
OWN_RUN = "own_run"
TO_THE_DOOR = frozenset({OWN_RUN})
"""The kinds that need the buyer's address."""

_SMALLEST = Parcel(goods_vnd=0, grams=0)


@dataclass(frozen=True)
class NewWay:
    """A way a seller begins to offer now; amounts in đồng, weight in grams, None means no limit."""

    kind: str
    label: str
    when_text: str = ""
    fee_vnd: int = 0
    free_from_vnd: int | None = None
    up_to_g: int | None = None


def offer(session: Session, seller_id: str, way: NewWay) -> str:
    """Add a row of `seller_id` that counts from now on; returns its id."""
    row = DeliveryWay(seller_id=seller_id, valid_from_ms=clock.now_ms(), **asdict(way))
    session.add(row)
    session.flush()
    return row.id


def ways_of(session: Session, seller_id: str) -> tuple[WayFacts, ...]:
    """The rows of `seller_id` that count now, the cheapest first."""
    rows = session.scalars(select(DeliveryWay).where(DeliveryWay.seller_id == seller_id))
    known = in_force([_facts(row) for row in rows], clock.now_ms())
    return tuple(sorted(known, key=lambda way: (way.fee_vnd, way.id)))


def ship_from_vnd(session: Session, seller_id: str) -> int | None:
    """The least a delivery to the door costs today ("ship từ …"), or None where one only picks up."""
    return least_fee_vnd(ways_of(session, seller_id))


def least_fee_vnd(ways: Sequence[WayFacts]) -> int | None:
    """The least fee among `ways` that go to the buyer's door, for the smallest parcel; None without one."""
    return min((fee_vnd(way, _SMALLEST) for way in ways if way.kind in TO_THE_DOOR), default=None)


def _facts(row: DeliveryWay) -> WayFacts:
    return WayFacts(
        id=row.id,
        kind=row.kind,
        label=row.label,
        when_text=row.when_text,
        fee_vnd=row.fee_vnd,
        free_from_vnd=row.free_from_vnd,
        up_to_g=row.up_to_g,
        valid_from_ms=row.valid_from_ms,
        valid_until_ms=row.valid_until_ms,
    )
