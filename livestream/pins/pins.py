"""Pins: a listing of a seller who agreed, put into a session under a code, shown, priced, resized, closed.

Each pin has an allotment, granted from the shop's stock, so claims never race with the web shop."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, stock
from catalog.listings import ListingFacts
from core import clock
from core.errors import NotFound
from core.ids import new_id
from core.strict_json import JsonValue
from livestream import log
from livestream.desk import claims, taken, waitlist
from livestream.errors import CodesFull, NotForLive, PinClosed, SessionNotLive, UnknownCode
from livestream.log import Turn
from livestream.models import Claim, Pin
from livestream.pins import pin_codes, pin_views
from livestream.shows import going_live
from livestream.states import MOST_BESIDE, PIN

MOST_PINS = 99
_OPEN_SESSIONS = frozenset({"draft", "checked", "rehearsal", "live", "interrupted"})


@dataclass(frozen=True)
class NewPin:
    """What to pin: `packs` of a listing in all, at `price_vnd` a pack, at most `limit_packs` a buyer.

    `code` is the host's own choice; without one it follows the last pin's (`pin_codes`).
    """

    listing_id: str
    packs: int
    price_vnd: int
    limit_packs: int
    code: str = ""


def add(session: Session, session_id: str, new: NewPin, consenting: Collection[str]) -> str:
    """Pin a listing of one of the `consenting` sellers and grant its allotment; returns the code.

    Raises:
        NotFound: no such session or listing, or its seller has not agreed.
        SessionNotLive: the session is over. CodesFull: it has 99 pins.
        BadRequest, CodeTaken: the code is none, or another pin's.
        OutOfStock: fewer packs are available; `left` is in base units.
        NotForLive: it is a combo, or sells a harvest to come. PracticeOnly: the session is a lesson.
    """
    turn = log.begin(session, session_id)
    if turn.state not in _OPEN_SESSIONS:
        raise SessionNotLive()
    turn.require_sale()
    listing = listings.get(session, new.listing_id)
    if listing.seller_id not in consenting:
        raise NotFound()
    if listing.is_combo or listing.forecast_id is not None:
        raise NotForLive(listing.id)
    pin = _new_row(session, turn, new, listing)
    pin.allotment_id = stock.grant(
        session, listing.product_id, new.packs * listing.pack_size, f"pin:{pin.id}"
    )
    session.add(pin)
    session.flush()
    return pin.code


def show(session: Session, session_id: str, code: str) -> None:
    """Make the pin the main one; the former main pin moves beside it, at most three stand there.

    Raises:
        UnknownCode, PinClosed: there is no such open pin. SessionNotLive: the show is not on.
        NotReady: the pin is blocked by the going-live list.
    """
    turn = log.begin(session, session_id)
    turn.require_running()
    pin = open_one(session, session_id, code)
    if pin.state == "showing":
        return
    going_live.require_clear(session, pin)
    former = _in_state(session, session_id, "showing")
    pin.state = PIN.move(pin.state, "showing")
    for other in former:
        other.state = PIN.move(other.state, "side")
    _log_pinned(session, turn, pin)
    _make_room(session, turn)


def show_beside(session: Session, session_id: str, code: str) -> None:
    """Show the pin beside the main one; if four would stand there, the lowest of them goes.

    Raises:
        UnknownCode, PinClosed: there is no such open pin. SessionNotLive: the show is not on.
        NotReady: the pin is blocked by the going-live list.
    """
    turn = log.begin(session, session_id)
    turn.require_running()
    pin = open_one(session, session_id, code)
    if pin.state == "side":
        return
    going_live.require_clear(session, pin)
    pin.state = PIN.move(pin.state, "side")
    _log_pinned(session, turn, pin)
    _make_room(session, turn, but=pin.code)


def show_first(session: Session, turn: Turn) -> None:
    """Show the first pin of a session that starts and the next three beside it; blocked ones are left out."""
    queued = _in_state(session, turn.session_id, "queued")
    blocked = going_live.blocks(session, queued)
    clear = [pin for pin in queued if pin.id not in blocked]
    for place, pin in enumerate(clear[: MOST_BESIDE + 1]):
        pin.state = PIN.move(pin.state, "side" if place else "showing")
        _log_pinned(session, turn, pin)


def close(session: Session, session_id: str, code: str) -> None:
    """Sell nothing more under this code: waiting ends, what is unused goes back to the shop.

    What is held stays held. Closing twice does nothing more.

    Raises:
        UnknownCode: there is no such pin.
    """
    turn = log.begin(session, session_id)
    pin = one(session, session_id, code)
    if pin.state == "closed":
        return
    waitlist.settle_pins(session, turn, [pin.id])
    waiting_ended = shut(session, pin)
    data: JsonValue = {"code": pin.code, "state": "closed", "waiting_ended": waiting_ended}
    log.append(session, turn, "unpinned", data)


def shut(session: Session, pin: Pin) -> int:
    """Close the pin and its allotment without a word in the log; returns the packs that had waited."""
    query = select(Claim).where(
        Claim.pin_id == pin.id, Claim.wait_state.in_(["waiting", "offered"])
    )
    waiting_ended = 0
    for claim in session.scalars(query.execution_options(populate_existing=True)):
        waiting_ended += claims.stop_waiting(claim, "ended")
    pin.state = PIN.move(pin.state, "closed")
    stock.close(session, pin.allotment_id)
    return waiting_ended


def change_price(session: Session, session_id: str, code: str, price_vnd: int) -> None:
    """Ask `price_vnd` a pack from now on; claims received before, and all made ones, keep theirs.

    Raises:
        UnknownCode, PinClosed: there is no such open pin.
    """
    turn = log.begin(session, session_id)
    pin = open_one(session, session_id, code)
    if pin.price_vnd == price_vnd:
        return
    pin.previous_price_vnd, pin.price_vnd = pin.price_vnd, price_vnd
    pin.price_since_ms = clock.now_ms()
    log.append(session, turn, "price_changed", {"code": pin.code, "price_vnd": price_vnd})
    _end_dearer_flash(session, turn, pin)


def change_shop_price(session: Session, session_id: str, code: str, shop_price_vnd: int) -> None:
    """Show `shop_price_vnd` as what the shop asks; a live price that was the shop's own follows it.

    A pin that is closed keeps what it showed; the price that is shown already changes nothing.

    Raises:
        UnknownCode: there is no such pin.
    """
    turn = log.begin(session, session_id)
    pin = one(session, session_id, code)
    if pin.state == "closed" or pin.shop_price_vnd == shop_price_vnd:
        return
    if pin.price_vnd == pin.shop_price_vnd:
        pin.previous_price_vnd, pin.price_vnd = pin.price_vnd, shop_price_vnd
        pin.price_since_ms = clock.now_ms()
    pin.shop_price_vnd = shop_price_vnd
    data = {"code": pin.code, "price_vnd": pin.price_vnd, "shop_price_vnd": shop_price_vnd}
    log.append(session, turn, "price_changed", cast(JsonValue, data))
    _end_dearer_flash(session, turn, pin)


def change_allotment(session: Session, session_id: str, code: str, packs: int) -> None:
    """Sell `packs` in all under this code, those sold included; more packs serve the waiting first.

    Raises:
        UnknownCode, PinClosed: there is no such open pin.
        OutOfStock: the shop has not so many more.
        PacksClaimed: more than `packs` are sold or claimed already; by whom is said.
    """
    turn = log.begin(session, session_id)
    pin = open_one(session, session_id, code)
    if pin.packs == packs:
        return
    sale = waitlist.sales(session, [pin.id])[0]
    waitlist.settle(session, turn, sale)
    taken.require_fewer(session, pin, packs)
    stock.resize_by(session, pin.allotment_id, (packs - pin.packs) * pin.pack_size)
    pin.packs = packs
    log.append(session, turn, "allotment_changed", {"code": pin.code, "packs": packs})
    waitlist.promote(session, turn, sale)


def _new_row(session: Session, turn: Turn, new: NewPin, listing: ListingFacts) -> Pin:
    pinned = select(Pin.code).where(Pin.session_id == turn.session_id).order_by(Pin.position)
    codes = session.scalars(pinned).all()
    position = len(codes) + 1
    if position > MOST_PINS:
        raise CodesFull()
    now = clock.now_ms()
    return Pin(
        id=new_id(),
        session_id=turn.session_id,
        seller_id=listing.seller_id,
        consent_ms=now,
        listing_id=listing.id,
        code=pin_codes.chosen(new.code, codes) if new.code else pin_codes.next_after(codes),
        position=position,
        state="queued",
        on_screen=False,
        name=listing.name,
        art=listing.art,
        unit_word=listing.unit_word,
        base_unit=listing.base_unit,
        pack_size=listing.pack_size,
        shop_price_vnd=listing.price_vnd,
        price_vnd=new.price_vnd,
        previous_price_vnd=new.price_vnd,
        price_since_ms=now,
        packs=new.packs,
        limit_packs=new.limit_packs,
    )


def end_flash_window(session: Session, turn: Turn, pin: Pin) -> None:
    """End the window the room sees, if there is one; who claimed before now keeps its price."""
    if pin.flash_ends_ms is None or pin.flash_over:
        return
    pin.flash_ends_ms = min(pin.flash_ends_ms, clock.now_ms())
    pin.flash_over = True
    log.append(session, turn, "flash_ended", {"code": pin.code})


def _end_dearer_flash(session: Session, turn: Turn, pin: Pin) -> None:
    """A flash price is never above what everybody pays."""
    if pin.flash_price_vnd is not None and pin.flash_price_vnd >= pin.price_vnd:
        end_flash_window(session, turn, pin)


def one(session: Session, session_id: str, code: str) -> Pin:
    """The pin of a code as typed, as the database has it now.

    Raises:
        UnknownCode: there is none.
    """
    query = select(Pin).where(Pin.session_id == session_id, Pin.code == code.upper())
    pin = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if pin is None:
        raise UnknownCode(code)
    return pin


def open_one(session: Session, session_id: str, code: str) -> Pin:
    """The pin of a code as typed, if it still sells.

    Raises:
        UnknownCode: there is none. PinClosed: it sells nothing any more.
    """
    pin = one(session, session_id, code)
    if pin.state == "closed":
        raise PinClosed()
    return pin


def _in_state(session: Session, session_id: str, state: str) -> list[Pin]:
    query = select(Pin).where(Pin.session_id == session_id, Pin.state == state)
    return list(session.scalars(query.order_by(Pin.position)))


def _make_room(session: Session, turn: Turn, but: str = "") -> None:
    """Take pins off the screen until at most three stand beside the main one."""
    beside = [pin for pin in _in_state(session, turn.session_id, "side") if pin.code != but]
    allowed = MOST_BESIDE - (1 if but else 0)
    for pin in beside[: max(0, len(beside) - allowed)]:
        pin.state, pin.on_screen = PIN.move(pin.state, "queued"), False
        data: JsonValue = {"code": pin.code, "state": "queued", "waiting_ended": 0}
        log.append(session, turn, "unpinned", data)


def _log_pinned(session: Session, turn: Turn, pin: Pin) -> None:
    pin.on_screen = True
    log.append(session, turn, "pinned", cast(JsonValue, pin_views.views_of(session, [pin])[0]))
