"""Demo ways of delivery: each demo seller has a pick-up point, an own run, a carrier, a coach, a fair."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity import sellers
from core.identity.sellers import SellerFacts
from shop.delivery import slots, ways, zones
from shop.delivery.models import DeliveryWay
from shop.delivery.slots import NewSlot
from shop.delivery.ways import CARRIER, COACH, OWN_RUN, PICKUP, NewFee, NewWay

_RUN_FEES_VND = (20_000, 25_000, 15_000)
_FREE_FROM_VND = 500_000
_MOST_G = 30_000
_LIGHT_G, _HEAVY_G = 5_000, 20_000
_HOUR_MS = 3_600_000


def load(session: Session) -> None:
    """Give every demo seller its ways, unless there are any ways."""
    if session.scalar(select(DeliveryWay.id).limit(1)) is not None:
        return
    demo_sellers = [seller for seller in sellers.all_sellers(session) if seller.demo]
    for at, seller in enumerate(demo_sellers):
        for way in _ways(seller, _RUN_FEES_VND[at % len(_RUN_FEES_VND)]):
            ways.offer(session, seller.id, way)
        _go_far(session, seller.id)


def _go_far(session: Session, seller_id: str) -> None:
    """A carrier with fees by zone and weight, a coach paid on arrival, and a market gate with slots."""
    near = zones.draw(session, seller_id, "Trong tỉnh", ["19"])
    hanoi = zones.draw(session, seller_id, "Hà Nội", ["01"])
    post = NewWay(CARRIER, "Chuyển phát, 2–4 ngày", fee_vnd=25_000, zone_id=near, up_to_g=_LIGHT_G)
    way = ways.offer(session, seller_id, post)
    for zone, fee_vnd, up_to_g in (
        (near, 45_000, _HEAVY_G),
        (hanoi, 32_000, _LIGHT_G),
        (hanoi, 60_000, _HEAVY_G),
        (None, 40_000, _LIGHT_G),
    ):
        ways.charge(session, seller_id, way, NewFee(fee_vnd, zone_id=zone, up_to_g=up_to_g))
    coach = NewWay(
        COACH,
        "Xe khách Thái Nguyên – Hà Nội",
        "xe chạy 5:30 và 13:00",
        zone_id=hanoi,
        on_arrival=True,
        plate="20B-000.00",
        stop="Bến xe Mỹ Đình",
    )
    ways.offer(session, seller_id, coach)
    gate = ways.offer(session, seller_id, NewWay(PICKUP, "Hội chợ cuối tuần, cổng số 2"))
    for day in (3, 4):
        at = datetime.combine(clock.today() + timedelta(days=day), time(8), clock.VIETNAM)
        starts_ms = int(at.timestamp()) * 1000
        new = NewSlot(starts_ms, starts_ms + 2 * _HOUR_MS, starts_ms - 12 * _HOUR_MS, 20, weeks=2)
        slots.open_slots(session, seller_id, gate, new)


def _ways(seller: SellerFacts, fee_vnd: int) -> tuple[NewWay, NewWay]:
    point = NewWay(PICKUP, f"{seller.address}, {seller.commune}"[:120], "7:00–17:00 hằng ngày")
    run = NewWay(
        OWN_RUN,
        "Nội thành Thái Nguyên, xe của người bán",
        "chiều thứ tư và thứ bảy",
        fee_vnd=fee_vnd,
        free_from_vnd=_FREE_FROM_VND,
        up_to_g=_MOST_G,
    )
    return point, run
