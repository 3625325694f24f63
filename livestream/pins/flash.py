"""Flash windows: a lower price for a pin, from a moment to a moment, for so many packs and buyers' shares.

Who gets the price is decided where claims are judged (`flash_caps`); here windows are set and ended. A
window that ends before its time keeps its row, because a claim received while it was on still has its
price. Refuses windows below thirty seconds: whoever sees it late must have a chance.
"""

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from core import clock
from core.strict_json import JsonValue
from livestream import log
from livestream.log import Turn
from livestream.models import Pin
from livestream.pins import pin_views, pins
from livestream.pins.pin_errors import FlashNotLower, FlashTooShort
from livestream.pins.pin_views import FlashSale

LEAST_MS = 30_000
"""The shortest window."""

GRACE_MS = 2000
"""For so long after the last pack who still sees the flash price is refused, not charged the other one."""

_PINS = cast(Table, Pin.__table__)


def start(session: Session, session_id: str, code: str, flash: FlashSale) -> None:
    """Set the pin's flash window, perhaps one that begins later; a former one is replaced.

    Raises:
        UnknownCode, PinClosed: there is no such open pin.
        FlashTooShort: it is below thirty seconds. FlashNotLower: the pin costs no more anyway.
    """
    turn = log.begin(session, session_id)
    pin = pins.open_one(session, session_id, code)
    if flash.ends_ms - flash.starts_ms < LEAST_MS:
        raise FlashTooShort()
    if flash.price_vnd >= pin.price_vnd:
        raise FlashNotLower()
    pin.flash_price_vnd = flash.price_vnd
    pin.flash_starts_ms, pin.flash_ends_ms = flash.starts_ms, flash.ends_ms
    pin.flash_packs, pin.flash_limit_packs = flash.packs, flash.limit_packs
    pin.flash_over = False
    data = {"code": pin.code, **pin_views.flash_data(flash)}
    log.append(session, turn, "flash_started", cast(JsonValue, data))


def end(session: Session, session_id: str, code: str) -> None:
    """End the pin's flash window now, or call it off; claims received before keep its price.

    Without a window that the room sees it does nothing.

    Raises:
        UnknownCode: there is no such pin.
    """
    turn = log.begin(session, session_id)
    pin = pins.one(session, session_id, code)
    pins.end_flash_window(session, turn, pin)


def end_sold_out(session: Session, turn: Turn, pin_ids: Collection[str]) -> None:
    """End the windows of pins whose last flash pack was just claimed; what is freed later is not flash."""
    if not pin_ids:
        return
    open_windows = select(Pin.id, Pin.code, Pin.flash_ends_ms).where(
        Pin.id.in_(list(pin_ids)), ~Pin.flash_over
    )
    until_ms = clock.now_ms() + GRACE_MS
    for pin_id, code, ends_ms in session.execute(open_windows.order_by(Pin.position)).all():
        ended = {"flash_over": True, "flash_ends_ms": min(ends_ms or 0, until_ms)}
        session.execute(update(_PINS).where(_PINS.c.id == pin_id).values(**ended))
        log.append(session, turn, "flash_ended", {"code": code})
