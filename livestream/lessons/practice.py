"""The practice shop: three goods nobody sells, with an allotment no stock row stands behind.

Claims of them go the same road as real ones, so that learners feel the same thing. Refuses listings.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.ids import new_id
from livestream.log import Turn
from livestream.models import Pin

PACKS, LIMIT = 20, 5


@dataclass(frozen=True)
class PracticeGood:
    """What learners practise with: a name, its drawing, a pack, a price in đồng for it."""

    name: str
    art: str
    unit_word: str
    base_unit: str
    pack_size: int
    price_vnd: int


GOODS = (
    PracticeGood("Chè móc câu (hàng tập)", "tea", "gói", "g", 200, 65_000),
    PracticeGood("Mật ong (hàng tập)", "honey", "chai", "ml", 500, 120_000),
    PracticeGood("Miến dong (hàng tập)", "glass-noodles", "bó", "g", 500, 45_000),
)
"""The practice shop; their names say what they are wherever they are shown."""


def stock_up(session: Session, turn: Turn) -> None:
    """Pin every practice good as A1, A2, A3 in a lesson that has no pins yet."""
    for place, good in enumerate(GOODS, start=1):
        session.add(_pin(session, turn, place, good))
    session.flush()


def _pin(session: Session, turn: Turn, place: int, good: PracticeGood) -> Pin:
    pin_id, now = new_id(), clock.now_ms()
    units = PACKS * good.pack_size
    return Pin(
        id=pin_id,
        session_id=turn.session_id,
        seller_id=turn.seller_id,
        consent_ms=now,
        listing_id=None,
        allotment_id=stock.grant_practice(session, turn.seller_id, units, f"pin:{pin_id}"),
        code=f"A{place}",
        position=place,
        state="queued",
        on_screen=False,
        name=good.name,
        art=good.art,
        unit_word=good.unit_word,
        base_unit=good.base_unit,
        pack_size=good.pack_size,
        shop_price_vnd=good.price_vnd,
        price_vnd=good.price_vnd,
        previous_price_vnd=good.price_vnd,
        price_since_ms=now,
        packs=PACKS,
        limit_packs=LIMIT,
    )
