"""Demo shows: one that runs, with three pins of a cooperative, and one that comes next."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from core import clock
from core.identity import sellers, staff
from core.identity.sellers import SellerFacts
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import LiveSession
from livestream.pins.pins import NewPin
from livestream.shows import confirmations, sessions
from livestream.shows.confirmations import NewConfirmation
from livestream.shows.sessions import NewSession

_CONFIRMED_DAYS = 365
_PINS = 3
_RUNS_MS = 12 * 60 * MINUTE_MS
_NEXT_MS = 36 * 60 * MINUTE_MS
_LASTS_MS = 2 * 60 * MINUTE_MS
_MOST_PACKS = 20
_LIMIT = 5
_STEP_VND = 1000


def load(session: Session) -> None:
    """Start one show and schedule another, unless there is any session or no demo seller."""
    if session.scalar(select(LiveSession.id).limit(1)) is not None:
        return
    demo = [seller for seller in sellers.all_sellers(session) if seller.demo]
    for seller in demo:
        confirm(session, seller.id)
    cooperatives = [seller for seller in demo if seller.kind == "cooperative"]
    for seller, title, end_ms in zip(
        cooperatives,
        ("Sáng nay hái, chiều nay bán", "Phiên chợ cuối tuần"),
        (_RUNS_MS, _NEXT_MS),
        strict=False,
    ):
        session_id = _show_of(session, seller, title, end_ms)
        if end_ms == _RUNS_MS:
            sessions.start(session, session_id)
            sessions.announce(session, session_id, "Chào cả nhà! Chốt mã A1 để giữ hàng nhé.")


def confirm(session: Session, seller_id: str) -> None:
    """Let a demo seller and those who host for it sell live for a year."""
    until = clock.today() + timedelta(days=_CONFIRMED_DAYS)
    for kind, paper in (("seller", "DEMO · giấy đăng ký"), ("food", "DEMO · an toàn thực phẩm")):
        confirmations.confirm(session, NewConfirmation(kind, seller_id, paper, until), "")
    for host in staff.of_seller(session, seller_id, confirmations.HOSTS):
        new = NewConfirmation("host", seller_id, "DEMO · căn cước", until, host.person_id)
        confirmations.confirm(session, new, "")


def _show_of(session: Session, seller: SellerFacts, title: str, end_ms: int) -> str:
    offered = [one for one in listings.of_seller(session, seller.id) if one.available_packs > 1]
    different = {one.product_id: one for one in offered}
    pinned = [_pin_of(one) for one in list(different.values())[:_PINS]]
    now = clock.now_ms()
    starts_ms = None if end_ms == _RUNS_MS else _evening_after(now)
    ends_ms = now + end_ms if starts_ms is None else starts_ms + _LASTS_MS
    new = NewSession(seller.id, title, ends_ms, planned_start_ms=starts_ms)
    return sessions.create(session, new, pinned)


def _evening_after(now_ms: int) -> int:
    """Eight in the evening of the day after, by Vietnam's clock."""
    tomorrow = clock.in_vietnam(now_ms) + timedelta(days=1)
    evening = tomorrow.replace(hour=20, minute=0, second=0, microsecond=0)
    return int(evening.timestamp()) * 1000


def _pin_of(listing: ListingFacts) -> NewPin:
    """Half of what there is, at most twenty packs, a tenth off to the thousand."""
    packs = min(_MOST_PACKS, listing.available_packs // 2)
    lower_vnd = listing.price_vnd * 9 // 10 // _STEP_VND * _STEP_VND
    return NewPin(listing.id, packs, max(lower_vnd, 1), _LIMIT)
