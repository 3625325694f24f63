"""How goods go out in the market of the flow tests: A's own run with a fee by zone and slots, and B's."""

from functools import partial

from sqlalchemy.orm import Session

from core import clock
from shop.delivery import slots, ways, zones
from shop.delivery.slots import NewSlot
from shop.delivery.ways import COACH, NewFee, NewWay
from tests.factories.catalog import HOUR_MS
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Give both sellers a coach with a fee to a zone, and a slot a day ahead."""
    market.ids["way_kind"] = COACH
    for prefix in ("", "foreign_"):
        market.change(partial(_go_out, market, prefix))


def _go_out(market: Market, prefix: str, session: Session) -> None:
    ids = market.ids
    seller = ids[prefix + "seller"]
    zone = zones.draw(session, seller, "Hà Nội", ["01"])
    spare = zones.draw(session, seller, "Quanh đây", ["05503"])
    way = ways.offer(session, seller, NewWay(COACH, "Xe đi Hà Nội", fee_vnd=50_000, zone_id=zone))
    ids[prefix + "zone"], ids[prefix + "spare_zone"], ids[prefix + "way"] = zone, spare, way
    ids[prefix + "fee"] = ways.charge(session, seller, way, NewFee(70_000, up_to_g=20_000))
    starts_ms = clock.now_ms() + 24 * HOUR_MS
    new = NewSlot(starts_ms, starts_ms + HOUR_MS, starts_ms - HOUR_MS, capacity=5)
    slots.open_slots(session, seller, way, new)
    ids[prefix + "slot"] = slots.ahead(session, seller)[way][0].id
