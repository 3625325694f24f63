"""Demo ways of delivery: each demo seller has a pick-up point and an own run with one fee."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import sellers
from core.identity.sellers import SellerFacts
from shop.delivery import ways
from shop.delivery.models import DeliveryWay
from shop.delivery.ways import OWN_RUN, PICKUP, NewWay

_RUN_FEES_VND = (20_000, 25_000, 15_000)
_FREE_FROM_VND = 500_000
_MOST_G = 30_000


def load(session: Session) -> None:
    """Give every demo seller its two ways, unless there are any ways."""
    if session.scalar(select(DeliveryWay.id).limit(1)) is not None:
        return
    demo_sellers = [seller for seller in sellers.all_sellers(session) if seller.demo]
    for at, seller in enumerate(demo_sellers):
        for way in _ways(seller, _RUN_FEES_VND[at % len(_RUN_FEES_VND)]):
            ways.offer(session, seller.id, way)


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
