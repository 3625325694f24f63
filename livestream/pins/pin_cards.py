"""Pins as cards: the pack and the unit price in words, the price of this moment, what is left, the ship fee.

Refuses to decide anything: what a claim costs is for the desk to say.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.units import pack_label
from core import clock
from core.money import format_vnd
from core.quantity import unit_price_vnd
from livestream.delivery import boards
from livestream.models import Pin
from livestream.pins import pin_views
from livestream.room.snapshot import Flash, PinView, Snapshot
from livestream.states import RUNNING, SHOWN
from shop.delivery import ways

_LOW = 5


@dataclass(frozen=True)
class ShownPin:
    """A pin as the card shows it: sums in đồng per pack, `left` packs, `ship_vnd` None for pick-up only.

    Goods that are not `for_sale` are for practice, in a lesson.
    """

    code: str
    name: str
    seller: str
    art: str
    product: str
    label: str
    per: str
    now_vnd: int
    shop_price_vnd: int
    packs: int
    left: int
    limit: int
    ship_vnd: int | None
    open: bool
    flash: str = ""
    by_weight: bool = False
    for_sale: bool = True

    @property
    def low(self) -> bool:
        """Whether so little is left that it should be said loudly."""
        return self.left <= _LOW or self.left * 5 <= self.packs


BLANK = ShownPin(
    code="",
    name="",
    seller="",
    art="tea",
    product="",
    label="",
    per="",
    now_vnd=0,
    shop_price_vnd=0,
    packs=0,
    left=0,
    limit=1,
    ship_vnd=None,
    open=True,
)
"""An empty card, which the script fills when the first pin is shown."""


@dataclass(frozen=True)
class Cards:
    """The pins of a session for its page; `left` by code and `ship` by seller go to the script too."""

    main: ShownPin | None
    beside: tuple[ShownPin, ...]
    coming: tuple[ShownPin, ...]
    left: dict[str, int]
    ship: dict[str, int | None]


def cards(session: Session, snapshot: Snapshot, code: str) -> Cards:
    """The cards of a session: the pin `code` as the main one if it is on the screen, else the host's."""
    left = boards.left(session, snapshot["session"])
    coming = _coming(session, snapshot)
    ship = _ship_by_seller(session, [*snapshot["pins"], *coming])
    pins = [pin for pin in snapshot["pins"] if pin["state"] in SHOWN]
    main = _main(pins, code)
    shown = {pin["code"]: _shown(pin, snapshot["state"], left, ship) for pin in pins}
    return Cards(
        main=shown.get(main),
        beside=tuple(card for key, card in shown.items() if key != main),
        coming=tuple(_shown(pin, snapshot["state"], left, ship) for pin in coming),
        left=left,
        ship=ship,
    )


def _main(shown: Sequence[PinView], code: str) -> str:
    """The code on the card: the one asked for, else the one that is showing, else the first beside."""
    asked = [pin["code"] for pin in shown if pin["code"] == code.upper()]
    showing = [pin["code"] for pin in shown if pin["state"] == "showing"]
    return next(iter([*asked, *showing, *(pin["code"] for pin in shown)]), "")


def _ship_by_seller(session: Session, pins: Sequence[PinView]) -> dict[str, int | None]:
    sellers = {pin["seller"] for pin in pins if pin["listing"]}  # practice goods go nowhere
    return {seller: ways.ship_from_vnd(session, seller) for seller in sellers}


def _shown(pin: PinView, state: str, left: dict[str, int], ship: dict[str, int | None]) -> ShownPin:
    now_vnd = price_now(pin)
    return ShownPin(
        code=pin["code"],
        name=pin["name"],
        seller=pin["seller_name"],
        art=pin["art"],
        product=pin["product"],
        label=pack_label(pin["unit_word"], pin["pack_size"], pin["base_unit"]),
        per=_unit_price(pin, now_vnd),
        now_vnd=now_vnd,
        shop_price_vnd=pin["shop_price_vnd"],
        packs=pin["packs"],
        left=left.get(pin["code"], pin["packs"]),
        limit=pin["limit"],
        ship_vnd=ship.get(pin["seller"]),
        open=state in RUNNING and pin["state"] in SHOWN,
        flash=_flash_words(pin["flash"]),
        by_weight=pin.get("by_weight", False),
        for_sale=bool(pin["listing"]),
    )


def _flash_words(flash: Flash | None) -> str:
    """`Giờ vàng đến 20:05`, while a flash price is on or soon; the script counts it down."""
    if flash is None or flash["ends_at"] <= clock.iso(clock.now_ms()):
        return ""
    ends = datetime.datetime.fromisoformat(flash["ends_at"]).astimezone(clock.VIETNAM)
    return _(
        "Giờ vàng %(sum)s, đến %(time)s", sum=format_vnd(flash["price_vnd"]), time=f"{ends:%H:%M}"
    )


def price_now(pin: PinView) -> int:
    """The pin's price of this moment in đồng; the protocol's times compare as text."""
    flash, now = pin["flash"], clock.iso(clock.now_ms())
    on = flash is not None and flash["starts_at"] <= now < flash["ends_at"]
    return flash["price_vnd"] if flash is not None and on else pin["price_vnd"]


def _unit_price(pin: PinView, sum_vnd: int) -> str:
    """`325.000 đ/kg`, or nothing where the pack is one kilo, litre or piece already."""
    per_vnd, unit = unit_price_vnd(sum_vnd, pin["pack_size"], pin["base_unit"])
    return "" if per_vnd == sum_vnd else f"{format_vnd(per_vnd)}/{unit}"


def _coming(session: Session, snapshot: Snapshot) -> list[PinView]:
    """What a session that has not begun will sell."""
    if snapshot["state"] != "checked":
        return []
    query = select(Pin).where(Pin.session_id == snapshot["session"], Pin.state == "queued")
    return pin_views.views_of(session, session.scalars(query).all())
